"""Whatever is drawn can be read: nothing small, nothing outside, no text over another, words and a table behind it."""

import re
from itertools import combinations, product
from xml.etree import ElementTree as ET

import pytest
from picture_cases import CASES, CHARTS, STRIPS, chart, exactly, point, row, series

from assistant.pictures import guidelines
from assistant.pictures.chart import spread
from assistant.pictures.examples import stale_examples
from assistant.pictures.lettering import SMALLEST, text_width, wrap
from assistant.pictures.picture import KINDS, NARROW, WIDE, as_text, card, drawn, png, svg
from assistant.pictures.scene import Canvas
from assistant.pictures.shapes import Text
from assistant.pictures.words import words

SHAPES = {"svg", "title", "desc", "rect", "line", "circle", "path", "text"}
EACH = [(f"{name}, {width:g} wide", (CASES[name], width)) for name, width in product(CASES, (NARROW, WIDE))]


def scene_of(picture, width):
    return KINDS[picture["kind"]].paint(picture, words(), width)


def elements(source):
    """Name and attributes of every element, without the namespace."""
    return [(node.tag.split("}")[1], node) for node in ET.fromstring(source).iter()]  # noqa: S314 (our own)


def test_picture_text_is_large_and_inside_and_over_no_other_text(every):
    def is_readable(case):
        scene = scene_of(*case)
        boxes = [(text.text, text.box) for text in scene.texts]
        assert boxes
        assert [text.text for text in scene.texts if text.size < SMALLEST] == []
        outside = [text for text, (left, top, right, bottom) in boxes
                   if left < 0 or top < 0 or right > scene.width or bottom > scene.height]  # fmt: skip
        assert outside == []
        over = [(one, other) for (one, a), (other, b) in combinations(boxes, 2)
                if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]]  # fmt: skip
        assert over == []

    every(EACH, is_readable)


def test_picture_overlap_and_overflow_would_be_seen():
    one, other = Text(0, 20, "one"), Text(5, 25, "other")
    assert one.box[2] > other.box[0]
    assert one.box[3] > other.box[1]
    assert Text(10, 20, "wide", anchor="end").box[0] < 0


def test_picture_is_shapes_and_words_only(every):
    def is_plain(case):
        found = elements(svg(*case))
        assert {name for name, _ in found} <= SHAPES
        assert [name for name, _ in found[:3]] == ["svg", "title", "desc"]
        assert all(node.text for name, node in found if name in {"title", "desc", "text"})
        assert found[0][1].get("role") == "img"
        attributes = {key for _, node in found for key in node.attrib}
        assert [key for key in attributes if key.startswith("on") or key in {"style", "href", "id"}] == []

    every(EACH, is_plain)


def test_picture_takes_no_text_for_markup():
    hostile = '<script>alert(1)</script>" onload="x" & ]]>\x00'
    picture = {"kind": "guidelines", "rows": [row(hostile, "treat")]}
    found = elements(svg(picture, WIDE))
    assert {name for name, _ in found} <= SHAPES
    assert "<script>" in "".join(node.text for name, node in found if name == "text")
    assert "\x00" not in svg(picture, WIDE)


def test_picture_as_png_has_the_size_that_was_asked_for():
    image = png(CASES["strip one"], WIDE, zoom=2)
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(image[16:20], "big") == 2 * WIDE


def test_picture_png_paints_its_text():
    with_text, without = ({"kind": "guidelines", "rows": [row(title, "treat")]} for title in ("MMMMMMMMMM", "."))
    assert png(with_text) != png(without)


def test_picture_that_cannot_be_drawn_is_left_out_and_nothing_of_it_is_logged(caplog):
    broken = {"kind": "chart", "series": [series("ALT", [{"value": "58301"}])]}
    assert drawn(broken) is None
    assert drawn({"kind": "nothing"}) is None
    assert "a picture failed: KeyError" in caplog.text
    assert "58301" not in caplog.text


def test_picture_card_holds_drawings_words_and_a_table(every):
    def is_whole(picture):
        made = card(picture)
        assert made["card"] == "picture"
        assert made["title"]
        assert len(made["alt"].split()) >= 3
        assert set(made["drawings"]) == {"narrow", "wide"}
        assert {tree[0] for tree in made["drawings"].values()} == {"svg"}
        assert made["table"]["rows"]
        assert {len(line) for line in made["table"]["rows"]} == {len(made["table"]["columns"])}
        assert all(cell for line in made["table"]["rows"] for cell in line)

    every(CASES.items(), is_whole)


def test_phase_map_says_the_place_in_words_and_in_its_table():
    assert as_text(CASES["map immune_tolerant"]).endswith("Your results fit Immune tolerance.")
    between = CASES["map inactive_carrier immune_active_hbeag_negative"]
    assert "grey zone between Inactive carrier and Reactivation" in as_text(between)
    assert [cells[1] for cells in card(between)["table"]["rows"]] == ["–", "–", *["The grey zone beside it"] * 2]
    assert "not known yet" in as_text(CASES["map unknown"])
    assert {cells[1] for cells in card(CASES["map unknown"])["table"]["rows"]} == {"Not known yet"}


def marked(picture):
    """The middles of what marks the place, from left to right."""
    middles = [
        (float(node.get("x")) + float(node.get("width")) / 2) / WIDE
        for name, node in elements(svg(picture, WIDE))
        if name == "rect" and node.get("class") in {"pic-here", "pic-between"}
    ]
    return sorted(middles)


def test_phase_map_marks_the_place_from_left_to_right():
    places = [
        marked(picture) for name, picture in CASES.items() if name.startswith("map imm") and "unknown" not in name
    ]
    assert all(len(place) == 1 for place in places)
    order = ("immune_tolerant", "immune_active_hbeag_positive", "inactive_carrier", "immune_active_hbeag_negative")
    named = [marked(CASES[f"map {phase}"])[0] for phase in order]
    assert named == sorted(named)
    assert named[2] < marked(CASES["map inactive_carrier immune_active_hbeag_negative"])[0] < named[3]
    assert marked(CASES["map unknown"]) == []


def test_guidelines_answers_differ_in_shape_not_in_colour_alone():
    shapes = {
        answer: tuple(
            (type(part).__name__, getattr(part, "element", ""), part.role in {"treat", "consider-half"})
            for part in guidelines.sign(answer, 0, 0)
        )
        for answer in guidelines.ANSWERS
    }
    assert len(set(shapes.values())) == len(shapes), "an empty circle with a broken line counts by its own sign"


def test_guidelines_say_who_answers_what_and_what_is_so_far():
    text = as_text(STRIPS["strip all answers"])
    assert text.startswith("Treat: WHO 2024. Consider treatment: Guideline of")
    assert "Cannot say yet: EASL 2025. No rule for this case: China 2022." in text
    assert text.endswith("* From what is known so far.")
    assert as_text(STRIPS["strip many"]).endswith("Guideline 13. From what is known so far.")
    assert "so far" not in as_text(STRIPS["strip one"])
    cells = dict(card(STRIPS["strip all answers"])["table"]["rows"])
    assert cells["WHO 2024"] == "Treat"
    assert cells["China 2022 (older)"] == "No rule for this case"


def test_chart_table_holds_every_result_as_it_was_given():
    rows = card(CHARTS["chart bounds"])["table"]["rows"]
    assert [cells[2] for cells in rows] == [
        "> 170,000,000 IU/mL", "500,000 copies/mL", "< 20 IU/mL", "4,000, unit not given",
        "detected, number not given", "not detected",
    ]  # fmt: skip
    assert rows[-1][0] == "no date given, counted as today"


def places(picture, role):
    """Left and top of the points of a role."""
    return [
        tuple(map(float, re.findall(r"-?\d+\.?\d*", node.get("d"))[:2])) if name == "path"
        else (float(node.get("cx") or node.get("x")), float(node.get("cy") or node.get("y")))
        for name, node in elements(svg(picture, WIDE))
        if node.get("class") == f"pic-{role}"
    ]  # fmt: skip


def test_chart_draws_time_to_the_right_and_more_upwards():
    ascending = chart(series("HBV_DNA", [exactly(f"202{n}-01-01", 10.0 ** (n + 2)) for n in range(5)]))
    found = places(ascending, "point-HBV_DNA")
    assert found == sorted(found)
    assert [y for _, y in found] == sorted((y for _, y in found), reverse=True)
    steps = [round(found[n][1] - found[n + 1][1]) for n in range(4)]
    assert len(set(steps)) == 1, "each power of ten is as far as any other"


def test_chart_draws_a_bound_as_an_open_triangle_and_none_below_the_scale():
    assert len(places(CHARTS["chart bounds"], "bound-HBV_DNA")) == 2
    [(_, none)] = [place for place in places(CHARTS["chart bounds"], "point-HBV_DNA") if place[1] > 0][-1:]
    [(_, bound)] = places(CHARTS["chart bounds"], "bound-HBV_DNA")[-1:]
    assert none > bound, "not detected lies below every number"


def test_chart_draws_nothing_for_a_result_without_a_unit_and_says_so():
    alone = chart(
        series("HBV_DNA", [point("2024-01-01", None, value="4,000", form="no_unit"), exactly("2024-02-01", 9)])
    )
    assert len(places(alone, "point-HBV_DNA")) == 1
    assert any("not drawn" in text.text for text in scene_of(alone, WIDE).texts)
    assert not any("not drawn" in text.text for text in scene_of(CHARTS["chart two days"], WIDE).texts)


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        ([], []),
        ([50], [50]),
        ([95, 90], [95, 75]),
        ([100, 100, 100], [100, 80, 60]),
        ([10, 5, 4], [45, 25, 5]),
        ([100, 60, 10], [100, 60, 10]),
    ],
)
def test_chart_moves_labels_apart_within_the_panel(wanted, places):
    assert spread(wanted, 20, 5, 100) == places


def test_scene_wraps_at_spaces_and_breaks_what_is_too_long():
    lines = wrap("one two three", 14, text_width("one two", 14) + 1)
    assert lines == ["one two", "three"]
    broken = wrap("x" * 100, 14, 50)
    assert "".join(broken) == "x" * 100
    assert max(text_width(line, 14) for line in broken) <= 50
    assert wrap("W", 14, 1) == ["W"], "one letter is never broken"


def test_scene_paragraph_takes_the_room_of_its_lines():
    canvas = Canvas(100, margin=5, y=10)
    canvas.paragraph("some words that need several lines")
    assert len(canvas.parts) > 1
    assert canvas.y >= max(part.box[3] for part in canvas.parts)


def test_examples_in_the_documentation_are_not_stale():
    assert sorted(stale_examples()) == [], "run `make docs`"
