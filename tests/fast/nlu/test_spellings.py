import pytest

from assistant.nlu.spellings import written_out


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("Is HBV deadly?", "Is hepatitis B deadly?"),
        ("hep b dna 500", "hepatitis B viral load 500"),
        ("hbv  DNA is high", "viral load is high"),
        ("my SGPT, pls", "my ALT, please"),
        ("what is HBsAg", "what is surface antigen HBsAg"),
    ],
)
def test_spellings_write_out_whole_words_in_any_case(text, full):
    assert written_out(text) == full


@pytest.mark.parametrize("text", ["the vly road", "hepbark", "HBV_DNA", ""])
def test_spellings_leave_parts_of_words_alone(text):
    assert written_out(text) == text
