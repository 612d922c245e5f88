"""Conversations are named by keyed hashes: nobody finds a telephone number out of the database."""

import hashlib
import stat

import pytest

from assistant.channel.identity import Identity, read_identity
from assistant.channel.tokens import Choice
from assistant.settings import Settings, read_settings
from hepb.errors import ServerError

NUMBER = "4915112345678"
KEY = "k" * 32


@pytest.fixture
def identity():
    return Identity(b"a key of this test")


def test_identity_names_no_person(identity):
    name = identity.conversation("whatsapp", NUMBER)
    plain = {getattr(hashlib, kind)(NUMBER.encode()).hexdigest() for kind in ("md5", "sha1", "sha256")}
    assert NUMBER not in name
    assert name not in plain
    assert len(name.removeprefix("whatsapp-")) >= 43
    assert repr(identity) == "Identity()", "a key in a log line would be no key"


def test_identity_is_the_same_person_again_and_nobody_else(identity):
    assert identity.conversation("whatsapp", NUMBER) == identity.conversation("whatsapp", NUMBER)
    others = {
        identity.conversation("whatsapp", NUMBER + "0"),
        identity.conversation("telegram", NUMBER),
        Identity(b"another key").conversation("whatsapp", NUMBER),
        identity.delivery("whatsapp", NUMBER),
    }
    assert identity.conversation("whatsapp", NUMBER) not in others
    assert len(others) == 4


def test_identity_parts_do_not_run_together(identity):
    assert identity.conversation("a", "bc") != identity.conversation("ab", "c")


def test_identity_mark_belongs_to_one_button_of_one_conversation(identity):
    choice = Choice('/choose{"HBsAg": "positive"}', "Yes")
    marks = {
        identity.mark("a", choice),
        identity.mark("b", choice),
        identity.mark("a", Choice(choice.payload, "No")),
        identity.mark("a", Choice("/restart", "Yes")),
    }
    assert len(marks) == 4
    assert {len(mark) for mark in marks} == {22}


def test_identity_key_file_is_made_once_and_for_its_owner_only(tmp_path):
    settings = Settings(data=tmp_path / "new")
    first = read_identity(settings)
    assert read_identity(settings) == first
    assert stat.S_IMODE(settings.identity_file.stat().st_mode) == 0o600
    assert len(first.key) == 32


def test_identity_key_from_the_environment_comes_first(tmp_path):
    settings = read_settings({"IDENTITY_KEY": KEY, "DATA_DIR": str(tmp_path)})
    assert read_identity(settings).key == KEY.encode()
    assert list(tmp_path.iterdir()) == []
    assert KEY not in repr(settings)


def test_identity_short_key_is_refused_and_not_shown():
    with pytest.raises(ServerError, match="IDENTITY_KEY") as refused:
        read_settings({"IDENTITY_KEY": "too short"})
    assert "too short" not in str(refused.value)
