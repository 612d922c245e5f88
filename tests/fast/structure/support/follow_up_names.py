"""The names of the responses that follow-ups need."""

from actions.advice import SPOKEN
from actions.answer import NAMED_PHASES
from actions.answering import FROM_THE_RECORD
from actions.follow_ups import VERDICT, follow_ups
from actions.questions import NEXT_TEST, answer_to
from actions.verdict import LEADS
from hepb.usual import usual_limits


def follow_up_lines():
    """How the results look as a whole, and what another value would change."""
    yield from (f"utter_verdict_{lead}" for lead in LEADS)
    yield from (f"utter_unusual_{limit.marker}_{limit.side}{far}" for limit in usual_limits() for far in ("", "_far"))
    yield from (f"utter_what_if_{answer}" for answer in SPOKEN)
    yield from (f"utter_what_if_value{end}" for end in ("", "_lasting"))
    yield from (f"utter_what_if_phase_{phase}" for phase in (*NAMED_PHASES, "indeterminate"))


def answered(intent):
    """The answer to an intent; a follow-up is answered as the questions that it can stand for."""
    stands_for = follow_ups().get(intent)
    for kind in stands_for.values() if stands_for else ({"": intent},):
        intents = [kind] if isinstance(kind, str) else kind.values()
        yield from (answer_to(name) for name in intents if name not in {*FROM_THE_RECORD, NEXT_TEST, VERDICT})
