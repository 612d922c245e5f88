"""Reading YAML strictly: a key that stands twice is an error, not a silent loss."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Hashable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import fastjsonschema
import yaml

from hepb.errors import KnowledgeError

_SCHEMAS = Path(__file__).parent / "schemas"
_TEXT = "tag:yaml.org,2002:str"


class _StrictLoader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """The safe loader, with duplicate keys refused."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: FBT001, FBT002 (PyYAML's signature)
        # Most of our files is text, which needs nothing of what PyYAML does for other values.
        is_text = node.tag == _TEXT and isinstance(node, yaml.ScalarNode)
        return node.value if is_text else super().construct_object(node, deep)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 (PyYAML's signature)
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            if key_node.tag == "tag:yaml.org,2002:merge":
                continue
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable):
                break  # PyYAML itself refuses it below
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


@cache
def _validator(schema: str) -> Callable[[Any], Any]:
    return fastjsonschema.compile(json.loads((_SCHEMAS / f"{schema}.schema.json").read_text("utf8")))


def check_knowledge(data: Any, name: str, schema: str, sources: Collection[str]) -> None:
    """Hold ``data`` of file ``name`` against ``schemas/<schema>.schema.json`` and every source against ``sources``.

    Raises :class:`KnowledgeError` (K006, K011) naming file and key.
    """
    try:
        _validator(schema)(data)
    except fastjsonschema.JsonSchemaValueException as error:
        key = ".".join(str(part) for part in error.path[1:]) or "top level"
        reason = error.message.replace("\n", " ")
        if error.rule == "required":  # a misspelt key is the usual cause: name the keys that are there
            reason += f"; it has {', '.join(map(str, error.value))}"
        raise KnowledgeError("K011", file=name, key=key, reason=reason) from None
    for key, source in _sources_in(data, ""):
        if source not in sources:
            raise KnowledgeError("K006", file=name, key=key, value=source)


def _sources_in(data: Any, where: str) -> Iterator[tuple[str, str]]:
    """Every source named anywhere in ``data`` with the place it stands at; ``unverified`` is none."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        place = f"{where}.{key}" if where else str(key)
        if key == "source" and isinstance(value, list):
            yield from ((place, source) for source in value)
        else:
            yield from _sources_in(value, place)
