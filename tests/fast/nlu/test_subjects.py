"""Which subjects a sentence names."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.nlu.margins import described
from assistant.nlu.subjects import subjects_of


def named(text: str) -> set[str]:
    return {subject for subject, is_named in subjects_of(text).items() if is_named}


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("can my TOOTH be pulled?", {"other_part"}),
        ("swollen tonsils", {"other_illness", "other_part"}),
        ("is bronchitis catching", {"other_illness"}),
        ("does lisinopril make me cough", {"other_medicine"}),
        ("fatty liver diet", {"other_illness", "ours"}),
        ("HBV and my viral load", {"ours"}),
        ("what is hepatitis B", {"ours"}),
        ("is hep c curable", {"other_illness"}),
        ("what is the diagnosis", set()),
        ("what can I eat", set()),
        ("", set()),
    ],
)
def test_subjects_are_whole_words_rows_and_endings(text, subjects):
    assert named(text) == subjects


def test_subjects_stand_beside_the_vector():
    rows = described(np.zeros((2, 3), dtype=np.float32), ["my dog", "hello"], 0.4)
    assert rows.shape == (2, 3 + len(subjects_of("")))
    assert sorted(set(rows[0])) == pytest.approx([0.0, 0.4])
    assert not rows[1].any()
