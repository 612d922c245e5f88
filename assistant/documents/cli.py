"""``hepb docs``: write the generated pages, or say which of them are stale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.documents.guidelines_page import guidelines_page
from assistant.documents.review_page import review_page
from assistant.documents.spoken import in_plain_words
from assistant.generated_files import renew, stale_in, wants_check
from assistant.responses import FOLDER, all_responses
from assistant.settings import ROOT
from hepb.loader import load_knowledge
from hepb.yaml_files import knowledge_folder

DOCS = ROOT / "docs"


def main(argv: Sequence[str] | None = None) -> int:
    """``hepb docs``: generate docs/guidelines.md and docs/review.md. With --check exit status 1 when one is stale."""
    check = wants_check("hepb docs", main.__doc__, argv)
    return renew(DOCS, stale_pages(), check=check)


def stale_pages() -> Mapping[str, str]:
    """The pages whose file differs from what the knowledge says today, with the text that they should have."""
    return stale_in(DOCS, pages())


def pages() -> Mapping[str, str]:
    """Every generated page by its file name; of the knowledge as it ships, whatever a clinic sets."""
    what = load_knowledge(knowledge_folder())
    return {
        "guidelines.md": guidelines_page(what, _texts()),
        "review.md": review_page(knowledge_folder(), FOLDER, in_plain_words(what, _texts()), what),
    }


def _texts() -> Mapping[str, str]:
    """The words of the first variation of each response."""
    return {name: variations[0].get("text", "") for name, variations in all_responses().items()}
