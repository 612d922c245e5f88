"""The result of every case in ``tests/cases`` fits its schema; the fast tests look at the first of each file."""

from __future__ import annotations

import pytest
from case_files import case_files, cases_of, record_of

from hepb.assess import assess
from hepb.record import parse_record


@pytest.mark.parametrize("file", case_files())
def test_cases_all_give_a_valid_result(file, valid_result):
    for case in cases_of(file):
        valid_result(assess(parse_record(record_of(case))))
