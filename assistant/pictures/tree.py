"""Elements as plain data, ``[name, attributes, *inside]``: for pages that build them one by one, and as markup.

A page that forbids reading markup (Trusted Types) can still build them, and no text in them can become markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

Node = list[Any]


def element(name: str, attributes: Mapping[str, str] | None = None, inside: Iterable[Node | str] = ()) -> Node:
    """An element; what is inside it are elements and texts."""
    return [name, dict(attributes or {}), *inside]


def markup(node: Node) -> str:
    """The element as HTML or XML. Every text and every value is escaped."""
    name, attributes, *inside = node
    given = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return (
        f"<{name}{given}>{''.join(escape(part) if isinstance(part, str) else markup(part) for part in inside)}</{name}>"
    )
