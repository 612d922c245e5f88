"""A scene as SVG: shapes and words only, without style, script or reference."""

from __future__ import annotations

from assistant.pictures.scene import Scene
from assistant.pictures.shapes import Shape, Text
from assistant.pictures.style import FAMILY, ROLES
from assistant.pictures.tree import Node, element, markup

NAMESPACE = "http://www.w3.org/2000/svg"
CLASS = "pic-"
"""Before a role, the class by which a page may colour it."""


def to_svg(scene: Scene) -> str:
    """The SVG document of a scene."""
    name, attributes, *inside = to_tree(scene)
    return markup([name, {"xmlns": NAMESPACE, **attributes}, *inside])


def to_tree(scene: Scene) -> Node:
    """The scene as an SVG element. ``title`` and ``desc`` come first, as its name and description."""
    attributes = {
        "viewBox": f"0 0 {_number(scene.width)} {_number(scene.height)}",
        "width": _number(scene.width),
        "height": _number(scene.height),
        "role": "img",
        "font-family": FAMILY,
    }
    words = (element("title", {}, [_printable(scene.title)]), element("desc", {}, [_printable(scene.description)]))
    return element("svg", attributes, (*words, *map(_element, scene.parts)))


def _element(part: Shape | Text) -> Node:
    style = {"class": CLASS + part.role, **ROLES[part.role]}
    if isinstance(part, Shape):
        at = {key: value if isinstance(value, str) else _number(value) for key, value in part.at.items()}
        return element(part.element, {**style, **at})
    at = {"x": _number(part.x), "y": _number(part.y), "font-size": _number(part.size)}
    if part.anchor != "start":
        at["text-anchor"] = part.anchor
    if part.bold:
        at["font-weight"] = "bold"
    return element("text", {**style, **at}, [_printable(part.text)])


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _printable(text: str) -> str:
    """The text without control characters, which XML forbids."""
    return "".join(character for character in text if character.isprintable())
