"""``hepb votes``: which answers patients found helpful."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from assistant.settings import read_settings
from assistant.store.votes import Votes


def main(argv: Sequence[str] | None = None) -> int:
    """``hepb votes``: print the thumbs on each response as JSON Lines, the least liked first."""
    parser = argparse.ArgumentParser(prog="hepb votes", description=main.__doc__)
    parser.add_argument(
        "--since", type=date.fromisoformat, default=date.min, metavar="YYYY-MM-DD", help="from this day on"
    )
    options = parser.parse_args(argv)
    for tally in Votes(read_settings().votes).tally(options.since):
        print(json.dumps(asdict(tally)))
    return 0
