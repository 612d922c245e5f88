"""Templates for tables by date, relatives beside the writer, units of other tests, and what is denied or ordered."""

# ruff: noqa: E501 - a template is easier to read on one line
from __future__ import annotations

from assistant.evaluation.generated.parts import Parts, Sample
from assistant.evaluation.generated.phrases import RELATIONS

OTHER_UNITS = {
    "bilirubin": (["0.6 mg/dL", "1.1 mg/dL", "12 umol/L"], ["bilirubin", "total bilirubin"]),
    "albumin": (["4.2 g/dL", "3.9 g/dL", "44 g/L"], ["albumin", "serum albumin"]),
    "creatinine": (["0.9 mg/dL", "71 umol/L"], ["creatinine", "serum creatinine"]),
    "AFP": (["3.1 ng/mL", "2.4 ng/mL"], ["AFP"]),
}
DENIED = [
    "no cirrhosis, no diabetes",
    "I do not drink",
    "I have no fatty liver and take no medicines",
    "never had a liver biopsy",
    "nobody in my family has liver cancer",
    "no HIV, no hepatitis C",
]
ORDERED = [
    "HBV DNA is ordered",
    "still waiting for the viral load",
    "e antigen not done yet",
    "AFP will be checked in March",
    "no DNA test so far",
    "my doctor wants a fibroscan next month",
]
ILL = ["died of liver cancer", "has cirrhosis", "has hepatitis B too", "takes entecavir for years"]


class Situations(Parts):
    """Makes texts of these kinds from one seed."""

    def columns(self) -> Sample:
        """A table whose columns, or rows, are dates."""
        sample = Sample("table by date")
        years = sorted(self.dice.sample(range(2017, 2026), self.dice.randint(2, 4)))
        months = [f"{self.dice.randint(1, 12):02d}/{year}" for year in years]
        names, rows = ["ALT", "AST"], {}
        for name in names:
            rows[name] = [self.dice.randint(11, 300) for _ in years]
            sample.truth[name] = (float(rows[name][-1]), None, None, None)
        if self.chance(0.5):
            gap = self.dice.choice(["   ", "     "])
            lines = [gap.join(["Test", *months]), *(gap.join([name, *map(str, rows[name])]) for name in names)]
        else:
            gap = self.dice.choice([" | ", "    "])
            days = [f"20{month[-2:]}-{month[:2]}-15" for month in months]
            lines = [gap.join(["Date", *names])]
            lines += [gap.join([day, *(str(rows[name][place]) for name in names)]) for place, day in enumerate(days)]
        sample.text = "\n".join(lines)
        return sample

    def relatives(self) -> Sample:
        """What relatives have, beside the writer's own results."""
        sample = Sample("relatives beside the writer")
        relation, _ = self.dice.choice(RELATIONS)
        told = self.dice.choice([f"my {relation} {self.dice.choice(ILL)}", f"my {relation}'s ALT is 140"])
        sample.truth["age"] = (age := self.dice.randint(20, 70), "years", None, None)
        results = self.join(self.results(sample, 2))
        sample.text = self.dice.choice([
            f"{told}. I am {age} and my results: {results}", f"I am {age}. My results: {results}. {told}", f"{told.capitalize()}. I'm {age}, {results}",
        ])  # fmt: skip
        return sample

    def other_units(self) -> Sample:
        """Units of other tests beside a viral load without one."""
        sample = Sample("units of other tests")
        parts = []
        for marker in self.dice.sample(sorted(OTHER_UNITS), 2):
            shown, names = OTHER_UNITS[marker]
            value, unit = self.dice.choice(shown).split()
            sample.truth[marker] = (float(value), unit, None, None)
            parts.append(f"{self.dice.choice(names)} {value} {unit}")
        load = self.dice.randint(21, 99999)
        sample.truth["HBV_DNA"] = (float(load), None, None, None)
        parts.append(f"{self.name('HBV_DNA')} {self.dice.choice([str(load), f'{load:,}'])}")
        self.dice.shuffle(parts)
        return self.wrap(sample, self.join(parts))

    def denied(self) -> Sample:
        """Results beside what is denied and what is ordered."""
        sample = Sample("denied or ordered")
        marker = self.dice.choice(["HBsAg", "anti_HBe", "anti_HBs"])
        parts = [self.serology(marker, sample), self.dice.choice(DENIED), self.dice.choice(ORDERED)]
        self.dice.shuffle(parts)
        sample.text = ". ".join(parts)
        return sample
