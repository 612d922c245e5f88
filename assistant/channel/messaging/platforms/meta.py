"""What WhatsApp and Messenger share: how Meta signs, greets and takes pictures (developers.facebook.com)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assistant.channel.messaging.platform import Account, Delivery
from assistant.channel.signatures import hex_of, is_same

PROOF = "x-hub-signature-256"
GRAPH = "https://graph.facebook.com/v24.0"
"""Versions live for about two years; a newer one is a setting."""


def check_with(secret: str) -> Callable[[Delivery, Account], bool]:
    """Return the check of a body signed with the app secret in this variable."""

    def check(delivery: Delivery, account: Account) -> bool:
        return is_same(f"sha256={hex_of(account[secret], delivery.body)}", delivery.headers.get(PROOF))

    return check


def greet_with(verify: str) -> Callable[[Delivery, Account], str | None]:
    """Return the answer to Meta's question whether the address is ours, by the word in this variable."""

    def greet(delivery: Delivery, account: Account) -> str | None:
        query = delivery.query
        asks = delivery.method == "GET" and query.get("hub.mode") == "subscribe"
        right = asks and is_same(account[verify], query.get("hub.verify_token"))
        return query.get("hub.challenge", "") if right else None

    return greet


def bearer(token: str) -> Mapping[str, str]:
    """Return the header that proves us."""
    return {"Authorization": f"Bearer {token}"}
