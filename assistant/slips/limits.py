"""How large a slip may be and what reading it may cost."""

from __future__ import annotations

LARGEST_FILE = 10_000_000
"""Bytes of a file."""

MOST_PAGES = 5
"""Pages of a PDF."""

MOST_OBJECTS = 20_000
"""Objects of a PDF; a slip has some hundreds."""

LARGEST_PAGE = 3000
"""Points (1/72 inch) of the longer side of a page: A3 has 1191."""

MOST_PIXELS = 50_000_000
"""Pixels of a photo; telephones make 12 to 50 million."""

SMALLEST_SIDE = 200
"""Pixels of a side; on a smaller picture no letter can be read."""

BEST_SIDE = 2600
"""Pixels of the longer side that a picture is brought to: small letters stay readable, and recognition stays quick."""

MOST_WORDS = 6000
"""Words of a file; a page full of small print has a thousand."""

MEMORY = 1_000_000_000
"""Bytes of address space of one process."""

SECONDS = 15
"""Time of one process by the clock, and of the processor."""

LARGEST_ANSWER = 20_000_000
"""Bytes that a process may print: words, or a grey picture."""

AT_ONCE = 2
"""Files that are read at the same time; more have to wait."""

LONGEST_QUEUE = 8
"""Files that wait; more are sent away with a kind word."""
