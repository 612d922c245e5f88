"""A platform opens when its variables are set, and is absent otherwise."""

import pytest

from assistant.channel.messaging.accounts import opened
from assistant.channel.messaging.platforms import PLATFORMS
from assistant.channel.messaging.privacy import Results
from hepb.errors import ServerError


def whole(platform, **more):
    values = {name: f"https://secret.example/{name}" for name in platform.secrets}
    return values | {f"{platform.name.upper()}_{name}": value for name, value in more.items()}


def test_accounts_nothing_is_open_by_default():
    assert opened(PLATFORMS, {}) == []
    assert opened(PLATFORMS, {"TELEGRAM_RESULTS": "after_consent"}) == []


def test_accounts_open_with_their_variables_and_read_no_results_by_default():
    for platform in PLATFORMS:
        (account,) = opened(PLATFORMS, whole(platform))
        assert account.platform is platform
        assert account.results is Results.NEVER
        assert "secret.example" not in repr(account)


def test_accounts_results_are_a_setting():
    for platform in PLATFORMS:
        assert opened(PLATFORMS, whole(platform, RESULTS="after_consent"))[0].results is Results.AFTER_CONSENT
        with pytest.raises(ServerError, match="RESULTS=always"):
            opened(PLATFORMS, whole(platform, RESULTS="always"))


def test_accounts_refuse_one_that_is_set_up_in_part():
    for platform in (platform for platform in PLATFORMS if len(platform.secrets) > 1):
        for name in platform.secrets:
            values = whole(platform)
            del values[name]
            with pytest.raises(ServerError, match=f"{platform.name}.*{name}") as refused:
                opened(PLATFORMS, values)
            assert "secret.example" not in str(refused.value)


def test_accounts_refuse_an_address_that_is_none():
    with pytest.raises(ServerError, match="TELEGRAM_API_URL"):
        opened(PLATFORMS, whole(PLATFORMS[0], API_URL="api.example"))


def test_accounts_have_names_and_variables_of_their_own():
    names = [platform.name for platform in PLATFORMS]
    variables = [name for platform in PLATFORMS for name in (*platform.secrets, *platform.settings)]
    assert len(set(names)) == len(names)
    assert len(set(variables)) == len(variables)
    for platform in PLATFORMS:
        start = f"{platform.name.upper()}_"
        assert [name for name in (*platform.secrets, *platform.settings) if not name.startswith(start)] == []
