"""Settings out of the environment."""

from pathlib import Path

import pytest

from assistant.settings import Settings, read_settings
from hepb.errors import ServerError


def test_settings_defaults():
    assert read_settings({}) == Settings()
    assert read_settings({"PORT": "", "HOST": ""}) == Settings()
    assert read_settings({}).host == "127.0.0.1"


def test_settings_read():
    settings = read_settings(
        {"PORT": "80", "ACTION_PORT": "81", "ACTION_TIMEOUT": "2.5", "RETENTION_HOURS": "1", "DATA_DIR": "/srv/x"}
    )
    assert (settings.port, settings.action_port, settings.action_timeout) == (80, 81, 2.5)
    assert settings.retention_hours == 1
    assert settings.database == Path("/srv/x/conversations.db")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"), ("PORT", "65536"), ("PORT", "http"), ("PORT", "-1"), ("PORT", "²"), ("ACTION_PORT", "x"),
        ("RETENTION_HOURS", "0"), ("RETENTION_HOURS", "-1"), ("RETENTION_HOURS", "inf"), ("RETENTION_HOURS", "nan"),
        ("ACTION_TIMEOUT", "soon"),
    ],
)  # fmt: skip
def test_settings_refuse(name, value):
    with pytest.raises(ServerError, match=name) as refused:
        read_settings({name: value})
    assert value in str(refused.value)
