"""Texts with known results, made from templates, values and slips of our own; the same for the same seed.

Each template speaks as patients do: results in any order and spelling, among numbers that are no results, several
dates and people, plans, questions and hypotheses. Truth is written down as the text is put together.
"""

# ruff: noqa: E501 - a template is easier to read on one line
from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

NAMES = {
    "HBsAg": [
        "HBsAg",
        "hbsag",
        "HBs Ag",
        "hepatitis B surface antigen",
        "surface antigen",
        "Hep B surface antigen",
        "HBSAG",
    ],
    "HBeAg": ["HBeAg", "hbeag", "e antigen", "HBe Ag", "hepatitis B e antigen", "e-antigen"],
    "anti_HBe": ["anti-HBe", "HBeAb", "e antibody", "anti HBe", "hepatitis B e antibody"],
    "anti_HBs": ["anti-HBs", "HBsAb", "surface antibody", "anti HBs"],
    "anti_HBc": ["anti-HBc", "HBcAb", "core antibody", "anti-HBc total", "hepatitis B core antibody"],
    "HBV_DNA": ["HBV DNA", "HBV-DNA", "viral load", "hep B DNA", "HBV PCR", "DNA level", "HBV viral load"],
    "ALT": ["ALT", "SGPT", "alt", "GPT", "ALT (SGPT)", "sgpt", "ALAT"],
    "AST": ["AST", "SGOT", "ast", "AST (SGOT)"],
    "platelets": ["platelets", "PLT", "platelet count", "Platelets"],
    "AFP": ["AFP", "alpha fetoprotein"],
}
SIGNS = {
    "positive": ["positive", "+ve", "(+)", "reactive", "POSITIVE", "pos", "Reactive", "+"],
    "negative": [
        "negative",
        "-ve",
        "(-)",
        "non-reactive",
        "NEGATIVE",
        "neg",
        "nonreactive",
        "non reactive",
        "not reactive",
    ],
}
UNDETECTED = [
    "not detected",
    "undetectable",
    "TND",
    "target not detected",
    "negative",
    "below detection limit",
    "Not Detected",
    "not detectable",
]
NOISE = [
    "I weigh {w} kg and I am 172 cm tall",
    "my blood pressure is 130/85",
    "vitamin D was {w}.4",
    "I take 2 tablets of vitamins",
    "hemoglobin 13.{d}",
    "cholesterol {n}",
    "fasting sugar {w}",
    "HbA1c 5.{d}",
    "I sleep 6 hours",
    "GGT {w}",
    "creatinine clearance {w}",
    "TSH 2.{d}",
    "my appointment is on 15/12/2026",
    "ultrasound showed a liver of 14.{d} cm",
    "uric acid 6.{d}",
    "WBC 6.{d}",
    "anti-HCV negative",
    "HIV negative",
]
OPENERS = [
    "Hello doctor, ",
    "Hi, ",
    "",
    "",
    "",
    "Good morning. ",
    "Please help me understand my report. ",
    "I got my results today: ",
    "dear all ",
]
CLOSERS = [
    "",
    "",
    ".",
    ". What should I do?",
    ". Do I need treatment?",
    ". Please advise",
    ". Is it dangerous?",
    ". thanks",
    "?",
]
QUESTIONS = [
    "What does HBeAg negative mean?",
    "Can a person with HBsAg positive get married?",
    "How can I become HBsAg negative?",
    "what is a normal ALT?",
    "What if my viral load is above 20000 IU/ml?",
    "If my ALT were {n}, would I need tablets?",
    "I will do the HBV DNA test next month",
    "When does HBeAg turn negative?",
    "my doctor ordered HBeAg and HBV DNA",
    "Is HBsAg positive contagious?",
    "does ALT change with exercise?",
    "Should I check AFP every 6 months?",
    "what is the meaning of anti-HBs positive",
    "I am waiting for my viral load result",
    "People with DNA over 2000 should be treated, right?",
    "Suppose ALT is {n}, is it bad?",
]
RELATIONS = [
    ("mother", "female"),
    ("father", "male"),
    ("wife", "female"),
    ("husband", "male"),
    ("son", "male"),
    ("daughter", "female"),
    ("brother", "male"),
    ("sister", "female"),
]


@dataclass
class Sample:
    """A text and what it says: marker to (value, unit, comparator, interpretation)."""

    kind: str
    text: str = ""
    truth: dict[str, tuple[Any, str | None, str | None, str | None]] = field(default_factory=dict)


class Maker:
    """Makes samples from one seed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - the same texts every time are what is wanted

    def make(self, count: int) -> list[Sample]:
        kinds = [
            self.plain,
            self.report,
            self.person,
            self.dated,
            self.noisy,
            self.question,
            self.slips,
            self.numbers,
            self.table,
            self.indexed,
        ]
        return [kinds[place % len(kinds)]() for place in range(count)]

    # --- parts

    def name(self, marker: str) -> str:
        return self.dice.choice(NAMES[marker])

    def serology(self, marker: str, sample: Sample, joint: str | None = None) -> str:
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
        value = {
            "ALT": self.dice.randint(9, 900),
            "AST": self.dice.randint(9, 600),
            "platelets": self.dice.randint(60, 420),
            "AFP": self.dice.randint(10, 200) / 10,
        }[marker]
        return str(value), float(value)

    def enzyme(self, marker: str, sample: Sample) -> str:
        text, value = self.amount(marker)
        unit, comparator, lead = None, None, ""
        units = {
            "ALT": ["U/L", "IU/L", "u/l"],
            "AST": ["U/L", "IU/L"],
            "platelets": [("x10^9/L", "10^9/L"), ("K/uL", "10^3/uL")],
            "AFP": ["ng/mL", "ng/ml"],
        }[marker]
        tail = ""
        if self.dice.random() < 0.5:
            unit = self.dice.choice(units)
            shown, unit = unit if isinstance(unit, tuple) else (unit, {"u/l": "U/L", "ng/ml": "ng/mL"}.get(unit, unit))
            tail = f" {shown}"
        elif self.dice.random() < 0.25:
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
        if comparator is None and marker in {"ALT", "AST"} and self.dice.random() < 0.3:
            tail += self.dice.choice(
                [" (0-40)", " (ref 7-56)", " [5 - 45] H", " (normal < 40)", " (H)", " High (0-41)"]
            )
            if "High" in tail:
                sample.truth[marker] = (value, unit, comparator, "elevated")
        return f"{self.name(marker)}{self.dice.choice([' ', ': ', ' is ', ' = ', ' was ', ' of ', '-'] if not lead else [' ', ' is ', ' was ', ': '])}{lead}{text}{tail}"

    def load(self, sample: Sample) -> str:
        if self.dice.random() < 0.2:
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
        power, mantissa = self.dice.randint(2, 9), self.dice.randint(11, 99) / 10
        value = float(f"{mantissa}e{power}")
        whole = int(value)
        forms = [
            f"{mantissa} x 10^{power}", f"{mantissa}x10^{power}", f"{mantissa}*10^{power}", f"{mantissa} × 10^{power}", f"{mantissa}e{power}", f"{mantissa}E+00{power}",
            f"{mantissa}×10{'⁰¹²³⁴⁵⁶⁷⁸⁹'[power]}", f"{whole:,}", str(whole), f"{mantissa} x10e{power}", f"{mantissa} X 10 E{power}", f"{mantissa}*10**{power}", f"{mantissa} * 10 ^ {power}",
            f"{mantissa}x10 to the power of {power}",
        ]  # fmt: skip
        if power > 6:
            forms += [f"{mantissa * 10 ** (power - 6):g} million"] * 3
        comparator = None
        shown = self.dice.choice(forms)
        if self.dice.random() < 0.2:
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
        if self.dice.random() < 0.7:
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
        return self.dice.choice(NOISE).format(
            w=self.dice.randint(51, 98), d=self.dice.randint(1, 9), n=self.dice.randint(120, 240)
        )

    def results(self, sample: Sample, count: int) -> list[str]:
        markers = self.dice.sample(
            ["HBsAg", "HBeAg", "anti_HBe", "anti_HBs", "anti_HBc", "HBV_DNA", "ALT", "AST", "platelets", "AFP"], count
        )
        return [self.one(marker, sample) for marker in markers]

    def one(self, marker: str, sample: Sample) -> str:
        if marker == "HBV_DNA":
            return self.load(sample)
        return (
            self.enzyme(marker, sample)
            if marker in {"ALT", "AST", "platelets", "AFP"}
            else self.serology(marker, sample)
        )

    def join(self, parts: list[str]) -> str:
        joint = self.dice.choice([", ", "; ", ", ", ". ", "\n", " , "])
        text = joint.join(parts)
        return (
            text
            if joint != ", " or len(parts) < 3 or self.dice.random() < 0.6
            else ", ".join(parts[:-1]) + " and " + parts[-1]
        )

    def wrap(self, sample: Sample, text: str) -> Sample:
        sample.text = self.dice.choice(OPENERS) + text + self.dice.choice(CLOSERS)
        return sample

    # --- kinds of text

    def plain(self) -> Sample:
        sample = Sample("plain")
        return self.wrap(sample, f"{self.me(sample)}. {self.join(self.results(sample, self.dice.randint(2, 5)))}")

    def report(self) -> Sample:
        """Signs joined over several names, and signs before their names."""
        sample = Sample("joined signs")
        sign, other = self.dice.sample(["positive", "negative"], 2)
        first, second, third = self.dice.sample(["HBsAg", "HBeAg", "anti_HBe", "anti_HBs", "anti_HBc"], 3)
        for marker, said in ((first, sign), (second, sign), (third, other)):
            sample.truth[marker] = (None, None, None, said)
        one, two, three = self.name(first), self.name(second), self.name(third)
        return self.wrap(sample, self.dice.choice([
            f"I am {sign} for {one} and {two} and {other} for {three}", f"{one} and {two} are {sign}, {three} is {other}", f"{sign} {one}, {sign} {two}, {other} {three}",
            f"tested {sign} for {one} and {two}, {other} for {three}", f"both {one} and {two} came back {sign} but {three} was {other}", f"{one}, {two} {sign}; {three} {other}",
            f"My {one} is {sign} with {sign} {two} and {other} {three}",
        ]))  # fmt: skip

    def person(self) -> Sample:
        sample = Sample("another person")
        relation, sex = self.dice.choice(RELATIONS)
        age = self.dice.randint(3, 80)
        sample.truth["sex"] = (sex, None, None, None)
        he, his = ("he", "his") if sex == "male" else ("she", "her")
        lead = (
            f"my {relation} is {age} years old"
            if self.dice.random() < 0.6
            else f"my {age} year old {relation} has hepatitis B"
        )
        sample.truth["age"] = (age, "years", None, None)
        results = self.results(sample, self.dice.randint(1, 3))
        return self.wrap(
            sample,
            self.dice.choice(
                [
                    f"{lead}. {his.title()} results: {self.join(results)}",
                    f"{lead} and {his} {' and '.join(results)}",
                    f"{lead}. {he.title()} was tested last week. {self.join(results)}",
                ]
            ),
        )

    def dated(self) -> Sample:
        sample = Sample("several dates")
        marker = self.dice.choice(["ALT", "AST"])
        name, (old, new) = self.name(marker), self.dice.sample(range(12, 400), 2)
        sample.truth[marker] = (float(new), None, None, None)
        year = self.dice.randint(2012, 2024)
        return self.wrap(sample, self.dice.choice([
            f"in {year} my {name} was {old}, now it is {new}", f"{name} {new} now, {old} in {year}", f"{name} was {old} two years ago and {new} last month", f"{name} went from {old} to {new}",
            f"{name} {old} (March {year}), {new} (June 2026)", f"my {name} is {new}. It was {old} in {year}", f"{year}: {name} {old}. 2026: {name} {new}", f"{name} rose from {old} in {year} to {new} today",
            f"On 2024-02-11 {name} {old}; on 2026-03-05 {name} {new}", f"last year {name} was {old} and this week {new}", f"{name} dropped from {old} to {new}", f"{name}: {new} (previously {old})",
            f"Before treatment {name} was {old}. Currently {name} {new}", f"6 months ago my {name} was {old} but today it is {new}", f"{name} is {old}. Sorry, {name} is {new}",
        ]))  # fmt: skip

    def noisy(self) -> Sample:
        sample = Sample("distractors")
        parts = [*self.results(sample, self.dice.randint(1, 3)), self.noise(), self.noise(), self.noise()]
        self.dice.shuffle(parts)
        return self.wrap(sample, ". ".join([self.me(sample), *parts]) if self.dice.random() < 0.7 else ", ".join(parts))

    def question(self) -> Sample:
        sample = Sample("question or plan")
        asked = self.dice.choice(QUESTIONS).format(n=self.dice.randint(40, 300))
        if self.dice.random() < 0.5:
            return self.wrap(sample, f"{self.join(self.results(sample, 2))}. {asked}")
        sample.text = asked
        return sample

    def slips(self) -> Sample:
        """One letter wrong in a long word, or everything in lower case without stops."""
        sample = Sample("typing errors")
        markers = self.dice.sample(["HBsAg", "HBeAg", "anti_HBs"], 2)
        long_names = {
            "HBsAg": "hepatitis b surface antigen",
            "HBeAg": "hepatitis b e antigen",
            "anti_HBs": "surface antibody",
        }
        parts = []
        for marker in markers:
            sign = self.dice.choice(["positive", "negative"])
            sample.truth[marker] = (None, None, None, sign)
            parts.append(f"{self.slip(long_names[marker])} {self.slip(sign)}")
        _, value = self.amount("ALT")
        sample.truth["ALT"] = (value, None, None, None)
        return self.wrap(sample, f"{' '.join(parts)} alt {value:g}")

    def slip(self, text: str) -> str:
        words = text.split()
        longest = max(range(len(words)), key=lambda place: len(words[place]))
        word = words[longest]
        place = self.dice.randint(3, len(word) - 2)
        words[longest] = self.dice.choice([
            word[:place] + word[place + 1 :], word[:place] + word[place] + word[place:], word[:place] + word[place + 1] + word[place] + word[place + 2 :], word[:place] + "q" + word[place + 1 :],
        ])  # fmt: skip
        return " ".join(words)

    def numbers(self) -> Sample:
        sample = Sample("spellings of numbers")
        if self.dice.random() < 0.25:
            lakhs = self.dice.randint(11, 45) / 10
            sample.truth["platelets"] = (lakhs * 100000, None, None, None)
            shown = self.dice.choice(
                [f"{lakhs} lakhs", f"{lakhs} lakh", f"{int(lakhs)},{round(lakhs % 1 * 100):02d},000"]
            )
            return self.wrap(sample, f"{self.name('platelets')} {shown}")
        if self.dice.random() < 0.3:
            log, unit = self.dice.randint(20, 89) / 10, self.dice.choice(["log10 IU/mL", "log10 copies/mL", "log10"])
            shown = {
                "log10 IU/mL": [f"{log} log IU/mL", f"{log} log10 IU/ml", f"log10 {log} IU/mL"],
                "log10 copies/mL": [f"{log} log copies/ml", f"{log} log10 copies/mL"],
                "log10": [f"{log} log", f"log {log}"],
            }[unit]
            sample.truth["HBV_DNA"] = (log, unit, None, None)
            return self.wrap(sample, f"{self.name('HBV_DNA')} {self.dice.choice(shown)}")
        return self.wrap(sample, self.load(sample))

    def table(self) -> Sample:
        sample = Sample("pasted table")
        rows, separator = [], self.dice.choice(["\t", " | ", "   ", "  "])
        for marker in self.dice.sample(["ALT", "AST", "platelets", "AFP"], 2):
            text, value = self.amount(marker)
            unit = {"ALT": "U/L", "AST": "U/L", "platelets": "10^9/L", "AFP": "ng/mL"}[marker]
            limit = {"ALT": "0-40", "AST": "0 - 40", "platelets": "150-400", "AFP": "0-8.8"}[marker]
            sample.truth[marker] = (value, unit, None, None)
            rows.append(separator.join([self.name(marker), text, unit, limit]))
        for marker in self.dice.sample(["HBsAg", "HBeAg", "anti_HBe"], 2):
            sign = self.dice.choice(["positive", "negative"])
            sample.truth[marker] = (None, None, None, sign)
            rows.append(
                separator.join(
                    [self.name(marker), self.dice.choice([word for word in SIGNS[sign] if word[0].isalpha()]).title()]
                )
            )
        rows.insert(self.dice.randint(0, 4), separator.join(["GGT", "33", "U/L", "0-60"]))
        sample.text = "\n".join(
            [self.dice.choice(["Test Result Unit Range", "LIVER PROFILE", "Date: 2026-10-02", "Name: X"]), *rows]
        )
        return sample

    def indexed(self) -> Sample:
        sample = Sample("index with sign")
        parts = []
        for marker in self.dice.sample(["HBsAg", "HBeAg", "anti_HBe", "anti_HBc"], 2):
            sign = self.dice.choice(["positive", "negative"])
            value = self.dice.randint(1, 99999) / 100
            unit = self.dice.choice(["S/CO", "COI", None])
            sample.truth[marker] = (value, unit, None, sign)
            word = self.dice.choice(
                ["REACTIVE", "Positive", "positive", "POS"]
                if sign == "positive"
                else ["NON-REACTIVE", "Negative", "negative", "NEG", "nonreactive"]
            )
            shown = f"{value} {unit}" if unit else f"{value}"
            parts.append(
                self.dice.choice(
                    [
                        f"{self.name(marker)} {word} ({shown})",
                        f"{self.name(marker)} {shown} {word}",
                        f"{self.name(marker)}: {shown} ({word})",
                        f"{self.name(marker)} - {word.lower()} ({shown})",
                        f"{self.name(marker)}: {word}, {shown}",
                    ]
                )
            )
        return self.wrap(sample, self.join(parts))
