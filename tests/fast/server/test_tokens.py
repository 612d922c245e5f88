"""Signed choices: nothing but our own buttons, in their own conversation, gets through."""

import pytest

from assistant.channel.tokens import Choice, Signer, join, read_key, split_payload

SIGNER = Signer(b"k" * 32)
YES = Choice('/choose{"cirrhosis": "none"}', "No, 没有")


def test_tokens_open_what_was_signed():
    assert SIGNER.open("a", SIGNER.sign("a", YES)) == YES


@pytest.mark.parametrize(
    "forge",
    [
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: "x" + token,
        lambda token: token.partition(".")[0],
        lambda token: token.partition(".")[0] + ".",
        lambda token: "." + token.partition(".")[2],
        lambda _: "",
        lambda _: YES.payload,
        lambda _: "é.é",
    ],
)
def test_tokens_refuse_forged(forge):
    assert SIGNER.open("a", forge(SIGNER.sign("a", YES))) is None


def test_tokens_refuse_other_conversation_and_other_key():
    assert SIGNER.open("b", SIGNER.sign("a", YES)) is None
    assert Signer(b"z" * 32).open("a", SIGNER.sign("a", YES)) is None


def test_tokens_join_checklist():
    joined = join([Choice('/choose{"a": true}', "A"), Choice('/choose{"b": "x"}', "B")])
    assert joined == Choice('/choose{"a": true, "b": "x"}', "A, B")


def test_tokens_join_refuses_different_intents():
    assert join([Choice("/restart", "Restart"), Choice('/choose{"a": true}', "A")]) is None
    assert join([]) is None


@pytest.mark.parametrize("payload", ["", "restart", "/", "/x[1]{", '/x{"a"}', "/{}"])
def test_tokens_split_payload_refuses(payload):
    with pytest.raises(ValueError, match=r"payload|Expecting|delimiter"):
        split_payload(payload)


def test_tokens_key_is_made_once_and_private(tmp_path):
    path = tmp_path / "signing.key"
    key = read_key(path)
    assert len(key) == 32
    assert read_key(path) == key
    assert path.stat().st_mode & 0o077 == 0
