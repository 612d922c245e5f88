"""The responses that say why a file is not read; their words stand in ``data/responses/slips.yml``."""

from __future__ import annotations

from collections.abc import Mapping

SAID: Mapping[str, str] = {
    "P001": "utter_slip_too_large",
    "P002": "utter_slip_other_kind",
    "P003": "utter_slip_locked",
    "P004": "utter_slip_broken",
    "P005": "utter_slip_too_many_pages",
    "P006": "utter_slip_wrong_size",
    "P007": "utter_slip_too_hard",
    "P008": "utter_slip_not_plain",
    "P009": "utter_slip_no_pictures",
    "P010": "utter_slip_no_results",
    "P011": "utter_slip_busy",
    "P012": "utter_slip_unclear",
    "P013": "utter_slip_several_people",
    "P014": "utter_slip_no_resource",
}
"""By the code of :class:`hepb.errors.SlipError`."""
