"""Rasa loads TensorFlow for every assistant, also for one without a TensorFlow component.

Defects: (1) ``rasa.nlu.extractors.extractor`` imports ``rasa.utils.train_utils`` for a helper of DIET, and that module
imports TensorFlow; (2) loading a model also builds the graph that it was trained with, whose validator imports DIET.
Together: two to ten seconds and 340 MB at each start, for nothing.
Repair: (1) until one of its names is used, a stand-in takes the place of ``rasa.utils.train_utils``; the first use of
a name loads the real module; (2) a served model is loaded without the graph of its training, which only training
reads. For the process that serves; ``rasa train`` runs without this.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from types import ModuleType
from typing import Any

MODULE = "rasa.utils.train_utils"
TRAINING_GRAPH = "train_schema"


def apply() -> None:
    """Put the stand-in in place, unless the real module was imported already, and leave out training graphs."""
    if MODULE not in sys.modules:
        sys.modules[MODULE] = _stand_in()
    _leave_out_training_graph()


def _stand_in() -> ModuleType:
    stand_in = ModuleType(MODULE)
    stand_in.__spec__ = importlib.util.find_spec(MODULE)

    def load(name: str) -> Any:
        if name.startswith("__"):  # asked by the import system itself, not by a user of the module
            raise AttributeError(name)
        if sys.modules.get(MODULE) is stand_in:
            del sys.modules[MODULE]
        return getattr(importlib.import_module(MODULE), name)

    stand_in.__getattr__ = load  # type: ignore[method-assign]  # PEP 562: a module's own __getattr__
    return stand_in


def _leave_out_training_graph() -> None:
    from rasa.engine.storage.storage import ModelMetadata  # noqa: PLC0415 - after the stand-in is in place

    class ServedModelMetadata(ModelMetadata):
        """Metadata of a model that is served, not trained further."""

        @classmethod
        def from_dict(cls, serialized: dict[str, Any]) -> ModelMetadata:
            return ModelMetadata.from_dict({**serialized, TRAINING_GRAPH: {"nodes": {}}})

    import rasa.engine.storage.local_model_storage as storage  # noqa: PLC0415 - as above

    storage.ModelMetadata = ServedModelMetadata
