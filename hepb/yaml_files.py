"""Reading YAML strictly: a key that stands twice is an error, not a silent loss."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from hepb.errors import KnowledgeError


class _StrictLoader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """The safe loader, with duplicate keys refused."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 (PyYAML's signature)
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            if key_node.tag == "tag:yaml.org,2002:merge":
                continue
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise KnowledgeError("K002", file=self.name, key=key)
            seen.add(key)
        return super().construct_mapping(node, deep)


def parse_yaml(text: str, name: str) -> Any:
    """Parse ``text``; ``name`` is the file name for errors. Raises :class:`KnowledgeError` (K002, K008)."""
    loader = _StrictLoader(text)
    loader.name = name
    try:
        return loader.get_single_data()
    except yaml.YAMLError as error:
        raise KnowledgeError("K008", file=name, reason=str(error).replace("\n", " ")) from None
    finally:
        loader.dispose()


def knowledge_folder() -> Path:
    """The folder of the knowledge that ships with the package."""
    return Path(__file__).parent / "knowledge"


@cache
def read_knowledge(name: str) -> Any:
    """The content of ``hepb/knowledge/<name>``; the caller must not change it."""
    return parse_yaml(knowledge_folder().joinpath(name).read_text("utf8"), name)
