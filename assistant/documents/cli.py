"""``hepb docs``: write the generated pages, or say which of them are stale."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence

from assistant.documents.guidelines_page import guidelines_page
from assistant.documents.review_page import review_page
from assistant.documents.spoken import in_plain_words
from assistant.settings import ROOT
from hepb.loader import load_knowledge
from hepb.yaml_files import knowledge_folder, parse_yaml

STALE = 1
DOCS = ROOT / "docs"
RESPONSES = ROOT / "data" / "responses"


def main(argv: Sequence[str] | None = None) -> int:
    """``hepb docs``: generate docs/guidelines.md and docs/review.md. With --check exit status 1 when one is stale."""
    parser = argparse.ArgumentParser(prog="hepb docs", description=main.__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, only compare")
    options = parser.parse_args(argv)
    stale = stale_pages()
    for name, text in stale.items():
        if options.check:
            print(f"docs/{name} is stale: run `make docs`", file=sys.stderr)
        else:
            (DOCS / name).write_text(text, encoding="utf-8")
    return STALE if options.check and stale else 0


def stale_pages() -> Mapping[str, str]:
    """The pages whose file differs from what the knowledge says today, with the text that they should have."""
    return {name: text for name, text in pages().items() if _written(name) != text}


def pages() -> Mapping[str, str]:
    """Every generated page by its file name; of the knowledge as it ships, whatever a clinic sets."""
    what = load_knowledge(knowledge_folder())
    return {
        "guidelines.md": guidelines_page(what, _responses()),
        "review.md": review_page(knowledge_folder(), RESPONSES, in_plain_words(what, _responses()), what),
    }


def _written(name: str) -> str:
    file = DOCS / name
    return file.read_text("utf8") if file.is_file() else ""


def _responses() -> Mapping[str, str]:
    return {
        name: variations[0].get("text", "")
        for path in sorted(RESPONSES.glob("*.yml"))
        for name, variations in parse_yaml(path.read_text("utf8"), path.name)["responses"].items()
    }
