"""Texts with known results, made from templates, values and slips of our own; the same for the same seed.

Each template speaks as patients do: results in any order and spelling, among numbers that are no results, several
dates and people, plans, questions and hypotheses. Truth is written down as the text is put together.
"""

# ruff: noqa: E501 - a template is easier to read on one line
from __future__ import annotations

from assistant.evaluation.generated.parts import Sample
from assistant.evaluation.generated.phrases import QUESTIONS, RELATIONS, SIGNS
from assistant.evaluation.generated.situations import Situations


class Maker(Situations):
    """Makes samples from one seed."""

    def make(self, count: int) -> list[Sample]:
        """Return ``count`` samples, the kinds in turn."""
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
            self.columns,
            self.relatives,
            self.other_units,
            self.denied,
        ]
        return [kinds[place % len(kinds)]() for place in range(count)]

    def plain(self) -> Sample:
        """Age and sex, then results."""
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
        """A relative's results."""
        sample = Sample("another person")
        relation, sex = self.dice.choice(RELATIONS)
        age = self.dice.randint(3, 80)
        sample.truth["sex"] = (sex, None, None, None)
        he, his = ("he", "his") if sex == "male" else ("she", "her")
        lead = (
            f"my {relation} is {age} years old" if self.chance(0.6) else f"my {age} year old {relation} has hepatitis B"
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
        """An old value and a new one."""
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
        """Results among numbers that are none."""
        sample = Sample("distractors")
        parts = [*self.results(sample, self.dice.randint(1, 3)), self.noise(), self.noise(), self.noise()]
        self.dice.shuffle(parts)
        return self.wrap(sample, ". ".join([self.me(sample), *parts]) if self.chance(0.7) else ", ".join(parts))

    def question(self) -> Sample:
        """A question, plan or hypothesis, alone or after results."""
        sample = Sample("question or plan")
        asked = self.dice.choice(QUESTIONS).format(n=self.dice.randint(40, 300))
        if self.chance(0.5):
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
        """Return the text with one slip in its longest word."""
        words = text.split()
        longest = max(range(len(words)), key=lambda place: len(words[place]))
        word = words[longest]
        place = self.dice.randint(3, len(word) - 2)
        words[longest] = self.dice.choice([
            word[:place] + word[place + 1 :], word[:place] + word[place] + word[place:], word[:place] + word[place + 1] + word[place] + word[place + 2 :], word[:place] + "q" + word[place + 1 :],
        ])  # fmt: skip
        return " ".join(words)

    def numbers(self) -> Sample:
        """Viral loads and platelets as people write large numbers."""
        sample = Sample("spellings of numbers")
        if self.chance(0.25):
            lakhs = self.dice.randint(11, 45) / 10
            sample.truth["platelets"] = (lakhs * 100000, None, None, None)
            shown = self.dice.choice(
                [f"{lakhs} lakhs", f"{lakhs} lakh", f"{int(lakhs)},{round(lakhs % 1 * 100):02d},000"]
            )
            return self.wrap(sample, f"{self.name('platelets')} {shown}")
        if self.chance(0.3):
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
        """Lines pasted from a report."""
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
        """A sign with the laboratory's index beside it."""
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
