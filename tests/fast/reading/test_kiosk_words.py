"""What guided entry at the kiosk sends is read as it was meant: every button, unit and kind of number."""

import itertools
import json
import re
from pathlib import Path

from hepb.assays import assays
from hepb.questions import catalogue
from hepb.reading import read_text

KIOSK = Path(__file__).parents[3] / "web" / "kiosk"
STEPS = json.loads((KIOSK / "steps.json").read_text(encoding="utf-8"))
WORDS = json.loads((KIOSK / "strings.en.json").read_text(encoding="utf-8"))
NUMBERS = {"HBV_DNA": [("150", 150), ("3.2×10^8", 320_000_000)], "ALT": [("38", 38), ("0.6", 0.6)], "age": [("41", 41)]}
IN_LOG = [("5.3", 5.3)]


def told():
    """The values that can be entered, each with the finding that it must become: name, value, unit, sign, word."""
    for item, step in STEPS.items():
        for value in step["values"]:
            word = {"not detected": "undetectable"}.get(value, value)
            yield item, value, (item, word, None, None, None) if item == "sex" else (item, None, None, None, word)
        if step["kind"] == "number":
            for unit, sign in itertools.product((*step["units"], ""), ("", *step["signs"])):
                for written, number in IN_LOG if "log" in unit else NUMBERS[item]:
                    wanted = (item, number, unit or None, sign or None, None)
                    yield item, f"{sign}{written} {unit}".strip(), wanted


def read(text):
    """All that is read in a text, and whether one of it is in doubt."""
    found = read_text(text).findings
    # The spelling of a unit is the reader's.
    return [(f.name, f.value, None if f.kind == "age" else f.unit, f.comparator, f.interpretation) for f in found], any(
        f.doubt and f.doubt != "implausible" for f in found
    )


def same(found, wanted):
    units = [item and assays().unit(wanted[0], item) for item in (found[2], wanted[2])] if wanted[2] else []
    return found[:2] + found[3:] == wanted[:2] + wanted[3:] and len(set(units)) < 2


def test_kiosk_words_are_read_as_they_were_meant(every):
    def check(case):
        item, value, wanted = case
        found, doubtful = read(WORDS["steps"][item]["says"].replace("{value}", value))
        assert len(found) == 1, found
        assert same(found[0], wanted), (found, wanted)
        assert not doubtful

    every([(f"{item} {value}", (item, value, wanted)) for item, value, wanted in told()], check)


def test_kiosk_words_of_a_whole_visit_are_read_together():
    visit = {"HBsAg": "positive", "HBeAg": "negative", "HBV_DNA": "<20 IU/mL", "ALT": "0.6 µkat/L", "age": "41",
             "sex": "female"}  # fmt: skip
    text = "\n".join(WORDS["steps"][item]["says"].replace("{value}", value) for item, value in visit.items())
    assert [name for name, *_ in read(text)[0]] == list(visit)


def test_kiosk_steps_are_questions_of_the_assistant():
    assert set(STEPS) <= {item for question in catalogue() for item in question.items if len(question.items) == 1}


def test_kiosk_steps_have_their_words():
    assert set(WORDS["steps"]) == set(STEPS)
    for item, step in STEPS.items():
        assert set(WORDS["steps"][item]["values"]) == set(step["values"])


def test_kiosk_words_all_stand_in_the_page():
    modules = "\n".join(path.read_text(encoding="utf-8") for path in KIOSK.glob("*.js"))
    made = {f"{name}_{part}" for name in ("idle", "choose", "end") for part in ("heading", "text")}
    made |= {f"choose_{name}{part}" for name in ("guided", "chat") for part in ("", "_text")}
    unused = [name for name in WORDS if name not in made and not re.search(rf"\b{name}\b", modules)]
    assert unused == []
