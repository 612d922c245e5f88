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


def test_settings_allow_no_other_origin_unless_named():
    assert read_settings({}).allowed_origins == frozenset()
    named = read_settings({"ALLOWED_ORIGINS": "https://clinic.example, http://127.0.0.1:8080 http://[::1]:80"})
    assert named.allowed_origins == {"https://clinic.example", "http://127.0.0.1:8080", "http://[::1]:80"}


def test_settings_of_the_kiosk():
    assert (read_settings({}).kiosk_warn, read_settings({}).kiosk_wipe) == (60, 90)
    told = read_settings({"KIOSK_WARN_SECONDS": "20", "KIOSK_WIPE_SECONDS": "30.5"})
    assert (told.kiosk_warn, told.kiosk_wipe) == (20, 30.5)
    assert [read_settings({"KIOSK_FILES": text}).kiosk_files for text in ("", "no", "yes")] == [False, False, True]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"), ("PORT", "65536"), ("PORT", "http"), ("PORT", "-1"), ("PORT", "²"), ("ACTION_PORT", "x"),
        ("RETENTION_HOURS", "0"), ("RETENTION_HOURS", "-1"), ("RETENTION_HOURS", "inf"), ("RETENTION_HOURS", "nan"),
        ("ACTION_TIMEOUT", "soon"), ("ALLOWED_ORIGINS", "*"), ("ALLOWED_ORIGINS", "clinic.example"),
        ("ALLOWED_ORIGINS", "https://clinic.example/"), ("ALLOWED_ORIGINS", "https://user@clinic.example"),
        ("ALLOWED_ORIGINS", "null"), ("ALLOWED_ORIGINS", "https://*.example"),
        ("KIOSK_WARN_SECONDS", "0"), ("KIOSK_WIPE_SECONDS", "60"), ("KIOSK_WIPE_SECONDS", "x"),
        ("KIOSK_FILES", "1"),
    ],
)  # fmt: skip
def test_settings_refuse(name, value):
    with pytest.raises(ServerError, match=name) as refused:
        read_settings({name: value})
    assert value in str(refused.value)
