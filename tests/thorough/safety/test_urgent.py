"""The time that urgent signs take on every message we have; the fast tests measure one in ten."""

from __future__ import annotations

import time

from assistant.evaluation.sets import urgent_held_out, urgent_seen
from hepb.safety.urgent import find_urgent

MOST_CPU_MS = 2.0


def test_urgent_takes_little_time_on_every_message():
    texts = [*urgent_seen().ordinary, *urgent_held_out().ordinary]
    find_urgent("my eyes are yellow")
    start = time.process_time()
    for text in texts:
        find_urgent(text)
    assert (time.process_time() - start) / len(texts) * 1000 < MOST_CPU_MS
