"""The responses that only messaging channels say; their words stand in ``data/responses/messaging.yml``."""

from __future__ import annotations

HEADED = ("understood", "phase", "advice", "situation", "why", "change", "next", "differ", "sources")
"""Sections that get a heading."""
LISTED = frozenset({"understood", "situation", "why", "change", "next", "differ", "sources"})
"""Sections whose messages are the points of one list."""

HEADING = "utter_heading_"
PICK_NUMBER, PICK_LETTER, PICK_MANY = (
    "utter_pick_number", "utter_pick_letter", "utter_pick_many",
)  # fmt: skip
COMPOSING = (*(HEADING + section for section in HEADED), PICK_NUMBER, PICK_LETTER, PICK_MANY)
"""What every turn may need."""

FIRST_NOTICE = "utter_first_notice"
RESULTS_ELSEWHERE, RESULTS_AT_PAGE = "utter_results_elsewhere", "utter_results_at_page"
ASK_CONSENT, CONSENT_YES, CONSENT_NO = "utter_ask_consent", "utter_consent_yes", "utter_consent_no"
CONSENT_GIVEN, CONSENT_REFUSED = "utter_consent_given", "utter_consent_refused"
NOT_IN_PUBLIC, CANNOT_SEE, CLOSED = "utter_not_in_public", "utter_cannot_see", "utter_choice_closed"
STILL_WORKING = "utter_still_working"

GENERAL = "_general"
"""End of the name of what is said in place of a response where results are never read."""
HERE = "_messaging"
"""End of the name of what is said in place of a response on any messaging platform."""
IN_OTHER_WORDS = (
    "utter_greet_general", "utter_help_general", "utter_answer_who_are_you_general", "utter_cannot_help_general",
    "utter_out_of_scope_general", "utter_answer_other_disease_general", "utter_after_urgent_general",
    "utter_kept_for_later_general", "utter_restart_messaging", "utter_answer_privacy_messaging",
    "utter_help_messaging",
)  # fmt: skip

SAID = (
    *COMPOSING, FIRST_NOTICE, RESULTS_ELSEWHERE, RESULTS_AT_PAGE, ASK_CONSENT, CONSENT_YES, CONSENT_NO, CONSENT_GIVEN,
    CONSENT_REFUSED, NOT_IN_PUBLIC, CANNOT_SEE, STILL_WORKING, *IN_OTHER_WORDS,
)  # fmt: skip
"""Every response of this package."""
