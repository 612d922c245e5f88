"""The names of all responses that some conversation can need, worked out from the knowledge and the actions."""

import ast
import re
from functools import cache

from follow_up_names import answered, follow_up_lines
from written import ROOT

from actions.advice import EXPOSED, HBSAG_LOST, WITHOUT_VIRUS
from actions.alarm import TODAY
from actions.another import ABOUT, OF_ANOTHER, another_names
from actions.answer import _OPEN_BY_ITSELF, _WITHOUT_NUMBER, CALM_BUT_FOR, CALM_PHASES, OPERATORS
from actions.course import PAST_FLARE
from actions.fibrosis import NOT_FOR
from actions.next_steps import ASKED_FOR_SCANS
from actions.questions import question_of
from actions.saying import RESERVED
from actions.serology import NEXT_STEPS, PROTECTING
from actions.understood import LASTING
from assistant.channel.messaging.words import SAID as SAID_BY_MESSAGING
from assistant.handout.content import GUIDELINE_COLUMNS, RESULT_COLUMNS, SAID_PARTS
from assistant.nlu.topics import is_answerable
from assistant.slips.said import SAID as SAID_OF_SLIPS
from hepb.changes import NEVER_CHANGES, ONLY_UP
from hepb.criteria import CHOICES, NUMBERS
from hepb.criteria import tests_in as comparisons_of
from hepb.differences import subject_name
from hepb.knowledge_file import PHASES
from hepb.loader import knowledge
from hepb.panel_file import READINGS
from hepb.printed_result import SEROLOGY
from hepb.questions import catalogue
from hepb.reading.findings import OTHER
from hepb.reading.lexicon import load_lexicon
from hepb.record import COINFECTIONS, CONDITIONS, DETAILS, MARKERS
from hepb.yaml_files import parse_yaml

TOPICS = parse_yaml((ROOT / "assistant/nlu/topics.yaml").read_text(), "topics.yaml")
SAID_BY_RASA = {"utter_default", "utter_restart", "utter_urgent_symptom", "utter_self_harm"}
SAID_BY_CHANNELS = {"utter_too_long", "utter_technical_problem", *SAID_BY_MESSAGING, *SAID_OF_SLIPS.values()}


def quantity_names():
    """The numbers that statements of pathways print."""
    statements = (statement for pathway in knowledge().pathways for statement in pathway.statements)
    return {number.name for statement in statements for number in statement.numbers}


PATIENT_VALUES = {
    "value", "unit", "when", "level", "yours", "months", "weeks", "first", "second", "third", "written",
    "guideline", "guidelines", "citation", "times", "limit", "ALT",
    "bilirubin", "INR", "count", "low", "high", "total", "doi", "question", "mark", "contact", "telephone", "hours",
    "limits", "score", "platform", "page", "kept_hours", "whose", "tests", "test", *quantity_names(),
}  # fmt: skip
WRITTEN_OUT = re.compile(r"utter_\w*[a-zA-Z0-9]")
DECISIONS = ("treat", "consider", "monitor", "unknown", "not_applicable")
SPOKEN_DECISIONS = ("treat", "consider", "monitor")
OPPOSITE = {">": "<=", "<=": ">", ">=": "<", "<": ">="}
NEVER_COUNTED = {
    "HBsAg", "anti_HBs", "anti_HBe", "anti_HBc", "anti_HBc_IgM", "on_treatment", "infection_over_6_months", "alcohol",
    "hepatotoxic_drugs", "alt_cause_excluded",
}  # fmt: skip
"""Subjects that stand before all guidelines or speak against treatment, so that no rule counts them."""
CONTACTS = ("clinic", "emergency", "crisis_line")
DYNAMIC_WARNINGS = {
    "alt_other_cause",
    "at_threshold",
    "old_result",
    "values_apart",
    "conflict",
    "cirrhosis_stage_conflict",
    "index_without_flag",
    "assumed_adult",
    "unit_assumed",
}


def literals():
    """Response names written out in the actions and in the hand-out."""
    for path in (*(ROOT / "actions").glob("*.py"), *(ROOT / "assistant" / "handout").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            value = node.value if isinstance(node, ast.Constant) else None
            if isinstance(value, str) and WRITTEN_OUT.fullmatch(value) and value not in RESERVED:
                yield value


def all_comparisons():
    decided = (subject for subject in NUMBERS if subject not in {"FIB4", "PAGE_B", *DETAILS})
    yield from ((subject, op) for subject in decided for op in OPERATORS)


def comparisons_in_use():
    """Subject and operator of every comparison in a rule, phase or gate, and turned round."""
    what = knowledge()
    criteria = [rule.when for guideline in what.guidelines for rule in guideline.rules()]
    criteria += [group.people for guideline in what.guidelines for group in guideline.groups]
    criteria += [rule.when for rule in (*what.phases, *what.grey_zones, *what.gates)]
    for test in (test for criterion in criteria for test in comparisons_of(criterion)):
        if test.op in OPPOSITE:
            yield from ((test.subject, test.op), (test.subject, OPPOSITE[test.op]))


def reasons(comparisons):
    """The end of the name of every reason that the core can give."""
    for subject, op in comparisons:
        yield f"{'HBsAg' if subject == 'HBsAg_level' else subject}_{OPERATORS[op]}"
        if subject in _WITHOUT_NUMBER:
            low, high = _WITHOUT_NUMBER[subject]
            yield f"{subject}_{low if op in {'<', '<='} else high}"
    yield from ("ALT_above_for", "ALT_at_least_for", "ALT_repeat_below", "HBV_DNA_at")
    for subject, values in CHOICES.items():
        if subject not in {*COINFECTIONS, *DETAILS} or subject in decided_by().intersection(DETAILS):
            yield from (f"{subject}_{value}" for value in values)
    yield from (f"coinfection_{virus}" for virus in ("false", *COINFECTIONS))


def changes(comparisons):
    """The end of the name of every change that the answer can speak of: nothing comes to an end or goes back."""
    for subject, op in comparisons:
        if subject not in NEVER_CHANGES and not (subject in ONLY_UP and op in {"<", "<="}):
            yield f"{'HBsAg' if subject == 'HBsAg_level' else subject}_{OPERATORS[op]}"
    yield from ("HBV_DNA_detected", "HBV_DNA_undetected", "ALT_above_for", "ALT_at_least_for")
    for subject, values in CHOICES.items():
        if subject not in {*COINFECTIONS, *DETAILS, *NEVER_CHANGES}:
            yield from (f"{subject}_{value}" for value in values if value not in {"false", "none"})
    yield from (f"coinfection_{virus}" for virus in COINFECTIONS)


def differing():
    """Every subject on which guidelines can part: what can be known of a person, and all that a rule names."""
    yield "HBV_DNA_detected"
    for subject in (*NUMBERS, *CHOICES):
        if subject not in NEVER_COUNTED and (subject not in DETAILS or subject in decided_by()):
            yield subject_name(subject)


@cache
def decided_by():
    """Every subject that a rule of a guideline names."""
    rules = (rule for guideline in knowledge().guidelines for rule in guideline.rules())
    return {test.subject for rule in rules for test in comparisons_of(rule.when)}


def understood():
    for marker in MARKERS:
        if marker in SEROLOGY:
            yield from (f"{marker}_{sign}" for sign in ("positive", "negative", "unclear"))
        elif marker == "HBV_DNA":
            yield from (
                "HBV_DNA",
                *(f"HBV_DNA_{end}" for end in ("no_unit", "log", "undetectable", "detected", "elevated", "unclear")),
            )
        else:
            yield from (marker, *(f"{marker}_{end}" for end in ("no_unit", "normal", "elevated", "unclear")))
    yield from (f"{name}_since" for name in LASTING)
    ends = ("positive", "negative", "unclear", "normal", "elevated", "detected", "undetectable", "assumed")
    yield from ("older_no_unit", "older_log")
    yield from ("older", *(f"older_{end}" for end in ends))
    yield from (f"{marker}_assumed" for marker in ("ALT", "AST", "platelets", "INR"))
    yield from (
        "age",
        "age_months",
        "sex_male",
        "sex_female",
        "coinfection_none",
        *(f"coinfection_{virus}" for virus in COINFECTIONS),
    )
    for name in CONDITIONS:
        if name in {"fibrosis_stage", "inflammation_grade", "stiffness_kpa", "pregnancy_week"}:
            yield name
        elif name != "coinfection":
            values = CHOICES[name]
            yield from (
                f"{name}_{ {'true': 'yes', 'false': 'no'}.get(value, value) }".replace(" ", "") for value in values
            )


def fibrosis_and_risk(what):
    """Scores, scans, and who is checked for liver cancer."""
    for score in what.scores:
        yield from (f"utter_score_{score.id}_{band.reading}" for band in score.bands)
        limits = {limit.id.split(".", 1)[1] for limit in score.limits} - {NOT_FOR}
        yield from (f"utter_score_limit_{limit}" for limit in limits)
    yield from (f"utter_stiffness_limit_{limit.id.split('.', 1)[1]}" for limit in what.stiffness_limits)
    for guideline in what.guidelines:
        yield from (f"utter_stiffness_{band.reading}" for band in guideline.stiffness)
        yield from (f"utter_next_surveillance_{item.reason}" for item in guideline.surveillance)
    yield from (f"utter_next_surveillance_needs_{item}" for item in ASKED_FOR_SCANS)


def said_by_handout():
    """Headings of the hand-out whose names are put together."""
    yield from (f"utter_handout_{part}" for part in SAID_PARTS)
    yield from (f"utter_handout_column_{name}" for name in (*RESULT_COLUMNS, *GUIDELINE_COLUMNS))


def meanings():
    """What each sign of a result means by itself."""
    return (f"utter_means_{name}_{sign}" for name in SEROLOGY for sign in ("positive", "negative"))


def needed():
    """Every response that some conversation can need."""
    what = knowledge()
    yield from (*literals(), *said_by_handout(), *SAID_BY_RASA, *SAID_BY_CHANNELS)
    yield from (f"{name}_today" for name in TODAY)
    yield from (*said_by_rules(), *follow_up_lines())
    for question in catalogue():
        yield from (f"{start}{question.spoken}" for start in ("utter_ask_", "utter_why_ask_"))
        if not set(question.items) <= _OPEN_BY_ITSELF:
            yield f"utter_open_{question.spoken}"
    own = ("hbv_dna_exact", "hbv_dna_found", "alt_exact")
    yield from (f"utter_open_{item}" for item in (*_OPEN_BY_ITSELF, *own))
    yield from ("utter_ask_hbv_dna_copies", "utter_ask_hbv_dna_below", "utter_ask_hbv_dna_unit_log")
    yield from (*(f"utter_understood_{name}" for name in understood()), *meanings())
    yield from (
        f"utter_phase_{phase}"
        for phase in (*PHASES, *(f"{calm}_{doubt}" for calm in CALM_PHASES for doubt in CALM_BUT_FOR))
    )
    gates = {gate.id.removeprefix("gates.").replace("-", "_") for gate in what.gates if gate.phase == "not_applicable"}
    yield from (f"utter_phase_{gate}" for gate in gates)
    yield from (f"utter_between_{first}_{second}" for first, second in {zone.between for zone in what.grey_zones})
    for phase in ("immune_active_hbeag_positive", "immune_active_hbeag_negative"):
        yield from (f"utter_likely_{phase}_{doubt}" for doubt in ("repeat", "cause", "both"))
    yield from (f"utter_advice_{decision}" for decision in (*DECISIONS, "differ", "under_six_months", "on_treatment"))
    yield from (f"utter_advice_so_far_{decision}" for decision in (*SPOKEN_DECISIONS, "differ"))
    few = [f"{decision}{end}" for decision in SPOKEN_DECISIONS for end in ("_one", "_two")]
    yield from (f"utter_advice_{start}{name}" for start in ("", "so_far_") for name in few)
    yield from ("utter_advice_monitor_apart", "utter_advice_partly")
    yield from (f"utter_advice_{decision}_count" for decision in (*SPOKEN_DECISIONS, WITHOUT_VIRUS, "unknown"))
    yield from (f"utter_line_cirrhosis_without_virus{end}" for end in ("", "_unverified"))
    for decision in DECISIONS:
        yield from (f"utter_line_{decision}", f"utter_line_{decision}_unverified")
    for decision in (*SPOKEN_DECISIONS, "not_applicable"):
        yield from (f"utter_line_so_far_{decision}", f"utter_line_so_far_{decision}_unverified")
    yield from (f"utter_source_text_{phase.advice}" for phase in what.phases if phase.advice)
    yield from (f"utter_next_{step.id.split('.', 1)[1]}" for step in what.next_steps)
    yield "utter_confirm_cirrhosis"  # the one condition that the reading may doubt
    yield from (f"utter_next_{decision}" for decision in (*SPOKEN_DECISIONS, "differ", "unknown", "resolved"))
    for start in ("every", "at_least", "first_year", "weeks"):
        yield from (f"utter_next_test_{start}{end}" for end in ("", "_many", "_unverified"))
    yield from fibrosis_and_risk(what)
    yield from (f"utter_warning_{warning.id.split('.', 1)[1]}" for warning in what.warnings)
    yield from (f"utter_warning_{kind}" for kind in DYNAMIC_WARNINGS)
    yield from (f"utter_differ_counts_{name}" for name in differing())
    yield from (f"utter_advice_leading_{decision}" for decision in DECISIONS)
    yield from (f"utter_contact_{kind}{end}" for kind in CONTACTS for end in ("", "_hours"))
    yield from (f"utter_{part}_{name}" for part in ("phase", "advice") for name in (EXPOSED, HBSAG_LOST))
    for pathway in what.pathways:
        yield from (f"utter_situation_{pathway.id}_{statement.says}" for statement in pathway.statements)
        yield from (f"utter_situation_{pathway.id}_needs_{item}" for item in pathway.asks)
    yield from (f"utter_course_{event.name}" for event in (*what.course.events, what.course.reactivation))
    yield f"utter_course_{PAST_FLARE}"
    yield from (f"utter_moving_{start}_{end}" for start, end in what.course.transitions)
    yield from (f"utter_serology_{reading}" for reading in READINGS)
    yield from (f"utter_serology_{reading}_weakened" for reading in PROTECTING)
    yield from (f"utter_serology_together_{item.id.split('.', 1)[1].replace('-', '_')}" for item in what.panel.together)
    yield from (f"utter_serology_next_{reading}" for reading in NEXT_STEPS)
    yield from (f"utter_alarm_{alarm.id.split('.', 1)[1]}" for alarm in what.alarms)
    yield from (f"utter_because_{reason}" for reason in reasons(comparisons_in_use()))
    yield from (f"utter_change_{reason}" for reason in changes(comparisons_in_use()))


def of_another():
    """Whose results they are, for everybody that the reading tells apart, and headlines in words of their own."""
    relations = {rule.value for rule in load_lexicon("en").rules if rule.category == "relation"} | {OTHER}
    yield from (f"{ABOUT}{person}{sex}" for person in relations for sex in ("", "_male", "_female"))
    yield from (f"{name}{OF_ANOTHER}" for name in needed() if f"{name}{OF_ANOTHER}" in another_names())


def sayable():
    """Beside what is needed now, what rules of further guidelines could need."""
    yield from needed()
    yield from of_another()
    yield from (f"utter_because_{reason}" for reason in reasons(all_comparisons()))
    yield from (f"utter_change_{reason}" for reason in changes(all_comparisons()))


def said_by_rules():
    yield from (question_of(intent) for intents in TOPICS.values() for intent in intents if is_answerable(intent))
    for path in sorted((ROOT / "data" / "rules").glob("*.yml")):
        for rule in parse_yaml(path.read_text(), path.name)["rules"]:
            if rule["steps"][-1]["action"] == "action_answer_question":
                yield from answered(rule["steps"][0]["intent"])
            yield from (step["action"] for step in rule["steps"] if step.get("action", "").startswith("utter_"))
