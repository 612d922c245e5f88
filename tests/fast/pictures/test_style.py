"""Colours of pictures can be told apart from what lies behind them, in the light and in the dark."""

import re

import pytest
from picture_cases import CASES

from assistant.pictures.picture import KINDS, NARROW, WIDE
from assistant.pictures.style import ROLES
from assistant.pictures.words import words
from assistant.settings import ROOT

CSS = (ROOT / "web" / "cards.css").read_text()
DARK = dict(re.findall(r'\.root\[data-scheme="dark"\] \.picture ([^{]+) \{ ([^}]+) \}', CSS))
TEXT, LINES = 4.5, 3.0
DECORATION = {"card", "grid"}
ON_OTHER_GROUND = {"on-pill"}


def luminance(colour):
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(share * c for share, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def page_colours():
    """The dark values of the page's own colours."""
    css = (ROOT / "web" / "assistant.css").read_text()
    dark = css[css.index('.root[data-scheme="dark"]') : css.index("*, *::before")]
    return dict(re.findall(r"--([\w-]+): (?:var\(--[\w-]+, )?(#[0-9a-f]{6})\)?;", dark))


def in_the_dark():
    """The roles with the colours that the page gives them in the dark; those of the light where it gives none."""
    named = page_colours()
    roles = {role: dict(style) for role, style in ROLES.items()}
    for selectors, body in DARK.items():
        for role in re.findall(r"\.pic-([\w-]+)", selectors):
            roles[role] |= {key: named[value] for key, value in re.findall(r"(fill|stroke): var\(--([\w-]+)\)", body)}
    return roles


def test_contrast_knows_black_from_white():
    assert round(contrast("#000000", "#ffffff")) == 21
    assert contrast("#777777", "#777777") == 1


@pytest.mark.parametrize("roles", [ROLES, in_the_dark()], ids=["light", "dark"])
def test_style_text_stands_out_from_its_ground(roles):
    pairs = {
        (text.role, text.ground)
        for picture in CASES.values()
        for width in (NARROW, WIDE)
        for text in KINDS[picture["kind"]].paint(picture, words(), width).texts
    }
    assert ("on-pill", "pill") in pairs
    found = {pair: contrast(roles[pair[0]]["fill"], roles[pair[1]]["fill"]) for pair in pairs}
    assert {pair: ratio for pair, ratio in found.items() if ratio < TEXT} == {}


@pytest.mark.parametrize("roles", [ROLES, in_the_dark()], ids=["light", "dark"])
def test_style_lines_stand_out_from_the_card(roles):
    card = roles["card"]["fill"]
    meaning = {role: style for role, style in roles.items() if role not in DECORATION | ON_OTHER_GROUND}
    seen = {
        role: max(contrast(style[part], card) for part in ("fill", "stroke") if style.get(part, "none") != "none")
        for role, style in meaning.items()
    }
    assert {role: ratio for role, ratio in seen.items() if ratio < LINES} == {}


def test_style_every_role_has_a_colour_of_its_own_in_the_dark():
    used = set(re.findall(r"\.pic-([\w-]+)", " ".join(DARK)))
    assert used == set(ROLES)


def test_style_names_no_role_that_nothing_has():
    painted = {
        part.role
        for picture in CASES.values()
        for width in (NARROW, WIDE)
        for part in KINDS[picture["kind"]].paint(picture, words(), width).parts
    }
    assert painted == set(ROLES)


def test_style_words_hold_no_number():
    def strings(part):
        if isinstance(part, str):
            yield part
        else:
            for inner in part.values() if isinstance(part, dict) else part:
                yield from strings(inner)

    assert [text for text in strings(words()) if re.search(r"\d", re.sub(r"{\w+}", "", text))] == []
