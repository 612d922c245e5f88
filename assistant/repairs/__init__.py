"""Small repairs of Rasa 3.6.21, one module a defect, each with its reason and a test that fails without it.

Rasa Open Source 3.6.21 is its last release, so its defects are ours to mend. Each module has one function
``apply()``; calling it twice does no harm.
"""

from __future__ import annotations

from assistant.repairs import without_tensorflow


def apply_all() -> None:
    """Apply every repair. Call it before anything else of Rasa is imported, so that TensorFlow stays out."""
    without_tensorflow.apply()
    from assistant.repairs import (  # noqa: PLC0415 - they import Rasa
        action_call,
        graph_runner,
        kept_answers,
        placeholders,
        rule_lookup,
        store_errors,
    )

    for repair in (graph_runner, kept_answers, rule_lookup, action_call, placeholders, store_errors):
        repair.apply()
