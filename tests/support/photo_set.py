"""How well photos of slips are read: own slips, each as several photos, every value held against what is printed.

Run as a program it prints the table of docs/slips.md.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import date

from slip_files import HEADS, photo, slip

from assistant.slips.reading import SlipReader
from hepb.errors import SlipError

SLIPS = (
    {
        HEADS: None,
        ("HBsAg", "3456.2", "Reactive", "S/CO", "<1.0"): "HBsAg 3456.2 S/CO positive",
        ("HBeAg", "0.31", "Non-reactive", "S/CO", "<1.0"): "HBeAg 0.31 S/CO negative",
        ("Anti-HBe", "0.02", "Reactive", "S/CO", ">1.0"): "anti-HBe 0.02 S/CO positive",
        ("HBV DNA", "32000", "", "IU/mL", "Not detected"): "HBV DNA 32000 IU/mL",
        ("ALT (SGPT)", "67", "H", "U/L", "7 - 35"): "ALT 67 U/L",
        ("AST (SGOT)", "41", "H", "U/L", "8 - 33"): "AST 41 U/L",
    },
    {
        HEADS: None,
        ("HBsAg", "Positive", "", "", "Negative"): "HBsAg positive",
        ("HBeAg", "Positive", "", "", "Negative"): "HBeAg positive",
        ("Anti-HBc", "Positive", "", "", "Negative"): "anti-HBc positive",
        ("HBV DNA", "320000000", "", "IU/mL", "<20"): "HBV DNA 320000000 IU/mL",
        ("ALT", "22", "", "U/L", "7 - 35"): "ALT 22 U/L",
        ("Bilirubin", "0.8", "", "mg/dL", "0.2 - 1.2"): "bilirubin 0.8 mg/dL",
    },
    {
        HEADS: None,
        ("HBsAg", "Negative", "", "", "Negative"): "HBsAg negative",
        ("Anti-HBs", "154.7", "", "mIU/mL", "10 - 1000"): "anti-HBs 154.7 mIU/mL",
        ("Anti-HBc", "Negative", "", "", "Negative"): "anti-HBc negative",
        ("ALT", "19", "", "U/L", "7 - 35"): "ALT 19 U/L",
        ("Albumin", "4.2", "", "g/dL", "3.5 - 5.0"): "albumin 4.2 g/dL",
        ("AFP", "<1.3", "", "ng/mL", "<8.1"): "AFP <1.3 ng/mL",
    },
    {
        HEADS: None,
        ("HBsAg", "0.03", "", "IU/mL", "<0.05"): "HBsAg 0.03 IU/mL (limit 0.05)",
        ("HBV DNA", "<20", "Detected", "IU/mL", "Not detected"): "HBV DNA <20 IU/mL detected",
        ("ALT", "1.35", "H", "ukat/L", "0.1 - 0.75"): "ALT 1.35 ukat/L",
        ("Platelet count", "198", "", "10^9/L", "150 - 400"): "platelets 198 10^9/L",
        ("INR", "1.1", "", "", "0.9 - 1.2"): "INR 1.1",
        ("Anti-HCV", "Non-reactive", "", "", "Non-reactive"): "anti-HCV negative",
    },
)
PHOTOS = {
    "screenshot": {"kind": "PNG"},
    "scan": {"scale": 2.5, "angle": 0.5},
    "good photo": {"scale": 3, "angle": 2, "blur": 0.6, "shade": 0.3},
    "leaning, in shadow": {"scale": 3, "angle": -6, "blur": 1.0, "shade": 0.5, "quality": 60},
    "leaning much": {"scale": 3, "angle": 10, "blur": 1.0, "shade": 0.4, "quality": 60},
    "on its side": {"scale": 3, "angle": 2, "blur": 0.6, "shade": 0.3, "lies": 90},
    "upside down": {"scale": 3, "angle": 2, "blur": 0.6, "shade": 0.3, "lies": 180},
    "out of focus": {"scale": 3, "angle": 2, "blur": 2.5, "shade": 0.4, "quality": 60},
    "small": {"scale": 1.3, "angle": 1, "blur": 0.5, "shade": 0.3, "quality": 60},
    "hopeless": {"scale": 1.5, "angle": 5, "blur": 2.0, "shade": 0.6, "quality": 30},
}


async def _read(content):
    try:
        return (await SlipReader().read(content, date(2026, 11, 28))).values
    except SlipError as error:
        return error.code


def measure(name):
    """What became of every value on all slips in one kind of photo; ``refused`` counts photos, the rest values."""
    found = Counter()
    for rows in SLIPS:
        content = photo(slip(lines=tuple(rows)), **PHOTOS[name])
        values = asyncio.run(_read(content))
        wanted = [words for words in rows.values() if words]
        if isinstance(values, str):
            found["refused"] += 1
            found["missed"] += len(wanted)
            continue
        words = [value.words for value in values]
        found["right"] += sum(one in words for one in wanted)
        found["to be typed"] += sum(value.words is None for value in values)
        bare = {" ".join(one.split()[:-1]) for one in wanted} & set(words) - set(wanted)
        found["without unit"] += len(bare)
        wrong = [one for one in words if one is not None and one not in wanted and one not in bare]
        found["wrong"] += len(wrong)
        found["wrong and marked"] += sum(value.is_doubtful for value in values if value.words in wrong)
        found["missed"] += max(0, len(wanted) - len(words))
    return found


if __name__ == "__main__":
    total = sum(len(rows) - 1 for rows in SLIPS)
    heads = (
        "photo",
        f"of {total} values right",
        "right without the unit",
        "to be typed",
        "wrong (of them marked)",
        "missed",
    )
    print("|", " | ".join((*heads, "photos refused")), "|\n" + "|---" * (len(heads) + 1) + "|")
    for name in PHOTOS:
        of = measure(name)
        wrong = f"{of['wrong']} ({of['wrong and marked']})"
        counts = (of["right"], of["without unit"], of["to be typed"], wrong, of["missed"], of["refused"])
        print("|", " | ".join(map(str, (name, *counts))), "|")
