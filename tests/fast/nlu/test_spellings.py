import pytest

from assistant.nlu.spellings import FILES, written_out
from hepb.yaml_files import parse_yaml


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("Is HBV deadly?", "Is hepatitis B deadly?"),
        ("hep b dna 500", "hepatitis B viral load 500"),
        ("hbv  DNA is high", "viral load is high"),
        ("my SGPT, pls", "my ALT, please"),
        ("what is HBsAg", "what is surface antigen HBsAg"),
        ("Losartan or dolo 650 with hep b", "blood pressure medicine or paracetamol with hepatitis B"),
    ],
)
def test_spellings_write_out_whole_words_in_any_case(text, full):
    assert written_out(text) == full


@pytest.mark.parametrize("text", ["the vly road", "hepbark", "HBV_DNA", ""])
def test_spellings_leave_parts_of_words_alone(text):
    assert written_out(text) == text


def test_spellings_give_each_form_one_meaning():
    listed = [parse_yaml(file.read_text("utf8"), file.name) for file in FILES]
    forms = [form for table in listed for names in table.values() for form in names]
    assert len(forms) == len(set(forms))
