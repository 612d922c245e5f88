"""A scene as SVG text. Built as a tree, so that no text in it can become markup; no style, script or reference."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from assistant.pictures.scene import Scene, Shape, Text
from assistant.pictures.style import FAMILY, ROLES

NAMESPACE = "http://www.w3.org/2000/svg"
CLASS = "pic-"
"""Before a role, the class by which a page may colour it."""


def to_svg(scene: Scene) -> str:
    """The SVG document of a scene. ``title`` and ``desc`` come first, as its name and description."""
    root = ET.Element(
        "svg",
        {
            "xmlns": NAMESPACE,
            "viewBox": f"0 0 {_number(scene.width)} {_number(scene.height)}",
            "width": _number(scene.width),
            "height": _number(scene.height),
            "role": "img",
            "font-family": FAMILY,
        },
    )
    ET.SubElement(root, "title").text = _printable(scene.title)
    ET.SubElement(root, "desc").text = _printable(scene.description)
    for part in scene.parts:
        _add(root, part)
    return ET.tostring(root, encoding="unicode")


def _add(root: ET.Element, part: Shape | Text) -> None:
    style = {"class": CLASS + part.role, **ROLES[part.role]}
    if isinstance(part, Shape):
        at = {key: value if isinstance(value, str) else _number(value) for key, value in part.at.items()}
        ET.SubElement(root, part.element, {**style, **at})
        return
    at = {"x": _number(part.x), "y": _number(part.y), "font-size": _number(part.size)}
    if part.anchor != "start":
        at["text-anchor"] = part.anchor
    if part.bold:
        at["font-weight"] = "bold"
    ET.SubElement(root, "text", {**style, **at}).text = _printable(part.text)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _printable(text: str) -> str:
    """The text without control characters, which XML forbids."""
    return "".join(character for character in text if character.isprintable())
