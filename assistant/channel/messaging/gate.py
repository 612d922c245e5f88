"""Who gets in: what is answered to a request before anything of it is believed. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from assistant.channel.messaging.platform import Account, Delivery, Incoming, Platform


@dataclass(frozen=True)
class Passed:
    """The answer to a request, and the messages that it brings. Only a proven request brings any."""

    status: HTTPStatus
    text: str = ""
    messages: tuple[Incoming, ...] = ()


def let_in(platform: Platform, account: Account, delivery: Delivery) -> Passed:
    """Return what a request gets: 413 too large, 401 without a proof, 403 with a wrong one, 400 for no delivery."""
    if len(delivery.body) > platform.largest_body:
        return Passed(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if delivery.method == "GET":
        greeting = platform.greet(delivery, account)
        return Passed(HTTPStatus.FORBIDDEN) if greeting is None else Passed(HTTPStatus.OK, greeting)
    if platform.proof not in delivery.headers and platform.proof not in delivery.query:
        return Passed(HTTPStatus.UNAUTHORIZED)
    if not platform.check(delivery, account):
        return Passed(HTTPStatus.FORBIDDEN)
    return _read(platform, account, delivery)


def _read(platform: Platform, account: Account, delivery: Delivery) -> Passed:
    try:
        greeting = platform.greet(delivery, account)
        if greeting is not None:
            return Passed(HTTPStatus.OK, greeting)
        return Passed(HTTPStatus.OK, platform.thanks, tuple(platform.parse(delivery, account)))
    except (ValueError, RecursionError):
        return Passed(HTTPStatus.BAD_REQUEST)
