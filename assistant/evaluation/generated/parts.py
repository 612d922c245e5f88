"""One sentence or less: a result, a number, an age, put together with its truth."""

# ruff: noqa: E501 - a template is easier to read on one line
from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from assistant.evaluation.generated.phrases import CLOSERS, NAMES, NOISE, OPENERS, SIGNS, UNDETECTED

MILLION = 6
"""Its power of ten."""
ENOUGH_FOR_AND = 3


@dataclass
class Sample:
    """A text and what it says: marker to (value, unit, comparator, interpretation)."""

    kind: str
    text: str = ""
    truth: dict[str, tuple[Any, str | None, str | None, str | None]] = field(default_factory=dict)


class Parts:
    """Makes the parts of a text from one seed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - the same texts every time are what is wanted

    def chance(self, share: float) -> bool:
        """Tell, by the dice, yes in ``share`` (0 to 1) of the cases."""
        return self.dice.random() < share

    def name(self, marker: str) -> str:
        """Return one of the marker's names."""
        return self.dice.choice(NAMES[marker])

    def serology(self, marker: str, sample: Sample, joint: str | None = None) -> str:
        """Return a name with a sign, and write its truth down."""
        sign = self.dice.choice(["positive", "negative"])
        sample.truth[marker] = (None, None, None, sign)
        word = self.dice.choice(SIGNS[sign])
        if joint is None:
            joint = (
                self.dice.choice([" ", ": ", " is ", " - ", " came back "])
                if word[0].isalpha()
                else self.dice.choice(["", " ", ": "])
            )
        return f"{self.name(marker)}{joint}{word}"

    def amount(self, marker: str) -> tuple[str, float]:
        """Return a usual value as text and as number."""
        value = {
            "ALT": self.dice.randint(9, 900),
            "AST": self.dice.randint(9, 600),
            "platelets": self.dice.randint(60, 420),
            "AFP": self.dice.randint(10, 200) / 10,
        }[marker]
        return str(value), float(value)

    def enzyme(self, marker: str, sample: Sample) -> str:
        """Return a name with a value, with or without unit, comparator, reference range and flag."""
        text, value = self.amount(marker)
        unit, comparator, lead = None, None, ""
        units = {
            "ALT": ["U/L", "IU/L", "u/l"],
            "AST": ["U/L", "IU/L"],
            "platelets": [("x10^9/L", "10^9/L"), ("K/uL", "10^3/uL")],
            "AFP": ["ng/mL", "ng/ml"],
        }[marker]
        tail = ""
        if self.chance(0.5):
            unit = self.dice.choice(units)
            shown, unit = unit if isinstance(unit, tuple) else (unit, {"u/l": "U/L", "ng/ml": "ng/mL"}.get(unit, unit))
            tail = f" {shown}"
        elif self.chance(0.25):
            lead, comparator = self.dice.choice(
                [
                    ("around ", "~"),
                    ("about ", "~"),
                    ("over ", ">"),
                    ("less than ", "<"),
                    (">", ">"),
                    ("nearly ", "~"),
                    ("below ", "<"),
                ]
            )
        sample.truth[marker] = (value, unit, comparator, None)
        if comparator is None and marker in {"ALT", "AST"} and self.chance(0.3):
            tail += self.dice.choice(
                [" (0-40)", " (ref 7-56)", " [5 - 45] H", " (normal < 40)", " (H)", " High (0-41)"]
            )
            if "High" in tail:
                sample.truth[marker] = (value, unit, comparator, "elevated")
        return f"{self.name(marker)}{self.dice.choice([' ', ': ', ' is ', ' = ', ' was ', ' of ', '-'] if not lead else [' ', ' is ', ' was ', ': '])}{lead}{text}{tail}"

    def load(self, sample: Sample) -> str:
        """Return a viral load."""
        if self.chance(0.2):
            sample.truth["HBV_DNA"] = (None, None, None, "undetectable")
            return f"{self.name('HBV_DNA')}{self.dice.choice([' ', ': ', ' is ', ' - '])}{self.dice.choice(UNDETECTED)}"
        shown, value, comparator = self.big_number()
        unit = self.dice.choice([None, None, "IU/mL", "copies/mL", "IU/ml", "copies/ml", "copies per ml", "iu/ml"])
        plain = {"IU/ml": "IU/mL", "iu/ml": "IU/mL", "copies/ml": "copies/mL", "copies per ml": "copies/mL"}.get(
            unit, unit
        )
        sample.truth["HBV_DNA"] = (value, plain, comparator, None)
        return f"{self.name('HBV_DNA')}{self.dice.choice([' ', ': ', ' is ', ' = ', ' was '])}{shown}{' ' + unit if unit else ''}"

    def big_number(self) -> tuple[str, float, str | None]:
        """Return a large number as people write it, its value and its comparator."""
        power, mantissa = self.dice.randint(2, 9), self.dice.randint(11, 99) / 10
        value = float(f"{mantissa}e{power}")
        whole = int(value)
        forms = [
            f"{mantissa} x 10^{power}", f"{mantissa}x10^{power}", f"{mantissa}*10^{power}", f"{mantissa} × 10^{power}", f"{mantissa}e{power}", f"{mantissa}E+00{power}",
            f"{mantissa}×10{'⁰¹²³⁴⁵⁶⁷⁸⁹'[power]}", f"{whole:,}", str(whole), f"{mantissa} x10e{power}", f"{mantissa} X 10 E{power}", f"{mantissa}*10**{power}", f"{mantissa} * 10 ^ {power}",
            f"{mantissa}x10 to the power of {power}",
        ]  # fmt: skip
        if power > MILLION:
            forms += [f"{mantissa * 10 ** (power - MILLION):g} million"] * 3
        comparator = None
        shown = self.dice.choice(forms)
        if self.chance(0.2):
            lead, comparator = self.dice.choice(
                [
                    ("<", "<"),
                    ("< ", "<"),
                    (">", ">"),
                    ("more than ", ">"),
                    ("less than ", "<"),
                    ("about ", "~"),
                    ("over ", ">"),
                    ("<_ ", "<="),
                    ("≥", ">="),
                ]
            )
            shown = lead + shown
        return shown, value, comparator

    def me(self, sample: Sample) -> str:
        """Return the patient's age, mostly with the sex."""
        age, sex = self.dice.randint(19, 75), self.dice.choice(["male", "female"])
        sample.truth["age"] = (age, "years", None, None)
        with_sex = [
            f"I am a {age} year old {sex}",
            f"{age} yo {sex}",
            f"I'm {age}, {sex}",
            f"{sex}, {age} years old",
            f"{age}{sex[0].upper()}",
            f"{sex[0].upper()}/{age}",
            f"{age}-year-old {'man' if sex == 'male' else 'woman'}",
            f"Age {age}, sex {sex}",
        ]
        if self.chance(0.7):
            sample.truth["sex"] = (sex, None, None, None)
            return self.dice.choice(with_sex)
        return self.dice.choice(
            [
                f"I am {age}",
                f"I am {age} years old",
                f"I'm {age}",
                f"age: {age}",
                f"aged {age}",
                f"{age} years old here",
            ]
        )

    def noise(self) -> str:
        """Return a sentence with a number that is no result."""
        return self.dice.choice(NOISE).format(
            w=self.dice.randint(51, 98), d=self.dice.randint(1, 9), n=self.dice.randint(120, 240)
        )

    def results(self, sample: Sample, count: int) -> list[str]:
        """Return ``count`` results of different markers."""
        markers = self.dice.sample(
            ["HBsAg", "HBeAg", "anti_HBe", "anti_HBs", "anti_HBc", "HBV_DNA", "ALT", "AST", "platelets", "AFP"], count
        )
        return [self.one(marker, sample) for marker in markers]

    def one(self, marker: str, sample: Sample) -> str:
        """Return one result."""
        if marker == "HBV_DNA":
            return self.load(sample)
        return (
            self.enzyme(marker, sample)
            if marker in {"ALT", "AST", "platelets", "AFP"}
            else self.serology(marker, sample)
        )

    def join(self, parts: list[str]) -> str:
        """Return the parts as one text."""
        joint = self.dice.choice([", ", "; ", ", ", ". ", "\n", " , "])
        text = joint.join(parts)
        return (
            text
            if joint != ", " or len(parts) < ENOUGH_FOR_AND or self.chance(0.6)
            else ", ".join(parts[:-1]) + " and " + parts[-1]
        )

    def wrap(self, sample: Sample, text: str) -> Sample:
        """Finish a sample: the text between a greeting and an ending."""
        sample.text = self.dice.choice(OPENERS) + text + self.dice.choice(CLOSERS)
        return sample
