"""Texts of about 4000 signs, the longest message that is taken, that could take a careless reader very long."""

HOSTILE = [
    "ALT 45 " * 570,
    "1 " * 2000,
    "-" * 4000,
    "x10^" * 1000,
    "😀" * 4000,
    "ALT, " * 800,
    "in 2019 ALT 45, " * 250,
    "my mother " * 400,
    "ALT 45\n" * 570,
]
