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


def test_spellings_know_the_kind_of_a_medicine_by_the_ending_of_its_name():
    assert written_out("is Quinapril or azilsartan safe with cefroxacycline") == (
        "is blood pressure medicine or blood pressure medicine safe with antibiotic"
    )
    assert written_out("since April I take nystatin") == "since April I take fungus medicine"
    assert written_out("does tenofovir help") == "does tenofovir help"
