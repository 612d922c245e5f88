"""Deliveries at a door, without the server behind it."""

from assistant.channel.messaging.accounts import opened
from assistant.channel.messaging.gate import let_in
from assistant.channel.messaging.platform import Delivery
from assistant.channel.messaging.platforms import PLATFORMS

ANN = "4915112345678"
RESULT = "HBV DNA < 20 IU/mL & ALT > 35 \U0001f642 乙肝"


def account_of(shape):
    (account,) = opened(PLATFORMS, {name: value.format("https://played") for name, value in shape.ENVIRONMENT.items()})
    assert account.platform.name == shape.NAME
    return account


def knock(shape, posted, method="POST"):
    account = account_of(shape)
    headers = {name.lower(): value for name, value in posted.headers.items()}
    return let_in(account.platform, account.account, Delivery(method, headers, posted.query, posted.body))


def taken(shape, event):
    passed = knock(shape, shape.request(event))
    assert passed.status == 200
    assert passed.text == account_of(shape).platform.thanks
    return list(passed.messages)
