"""Forged proofs are refused, in constant time and without an exception whatever the header holds."""

import hmac

import pytest

from assistant.channel import signatures

BODY = b'{"text": "hello"}'


def test_signatures_match_only_with_the_same_key_and_body():
    signed = signatures.hex_of("secret", BODY)
    assert signed == hmac.new(b"secret", BODY, "sha256").hexdigest()
    assert signatures.is_same(signed, signatures.hex_of("secret", BODY))
    assert not signatures.is_same(signed, signatures.hex_of("other", BODY))
    assert not signatures.is_same(signed, signatures.hex_of("secret", BODY + b" "))
    assert signatures.base64_of("secret", BODY, "sha1") != signatures.base64_of("secret", BODY)


@pytest.mark.parametrize("given", [None, "", "é", "\udcff", "a" * 10_000, "A" * 64])
def test_signatures_refuse_whatever_a_header_holds(given):
    assert not signatures.is_same(signatures.hex_of("secret", BODY), given)


def test_signatures_secret_that_was_never_set_lets_nobody_in():
    assert not signatures.is_same("", "")


def test_signatures_are_compared_in_constant_time(monkeypatch):
    compared = []
    monkeypatch.setattr(hmac, "compare_digest", lambda *pair: compared.append(pair) or False)
    signatures.is_same("expected", "given")
    assert compared == [(b"expected", b"given")]


def test_signatures_sorted_parts_in_any_order():
    parts = ("token", "1700000000", "nonce")
    assert signatures.sha1_of_sorted(*parts) == signatures.sha1_of_sorted(*reversed(parts))


@pytest.mark.parametrize(
    ("stamp", "recent"),
    [("1000", True), ("1300", True), ("1301", False), ("699", False), (None, False), ("", False), ("1e3", False),
     ("-1000", False), ("²", False), ("9" * 400, False)],
)  # fmt: skip
def test_signatures_old_requests_are_replays(stamp, recent):
    assert signatures.is_recent(stamp, 1000.0, 300.0) is recent
