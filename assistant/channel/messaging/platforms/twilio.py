"""WhatsApp through Twilio (twilio.com/docs/whatsapp, twilio.com/docs/usage/security)."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence

from assistant.channel.calls import Caller
from assistant.channel.messaging.batches import each
from assistant.channel.messaging.cutting import utf16_length
from assistant.channel.messaging.platform import Account, Delivery, Incoming, Limits, Platform, Reply
from assistant.channel.signatures import base64_of, is_same

SID, TOKEN, FROM, URL = "TWILIO_SID", "TWILIO_TOKEN", "TWILIO_FROM", "TWILIO_WEBHOOK_URL"
API = "TWILIO_API_URL"
PROOF = "x-twilio-signature"


def check(delivery: Delivery, account: Account) -> bool:
    """Tell whether address and sorted fields are signed with the account's token.

    The address is the one told to Twilio: what a proxy makes of it is not what was signed.
    """
    try:
        fields = sorted(delivery.form().items())
    except ValueError:
        return False
    signed = account[URL] + "".join(name + value for name, value in fields)
    return is_same(
        base64_of(account[TOKEN], signed.encode("utf-8", "surrogatepass"), "sha1"), delivery.headers.get(PROOF)
    )


def parse(delivery: Delivery, account: Account) -> list[Incoming]:  # noqa: ARG001 - the shape of all
    """Return the message of a form; reports of what became of ours say nothing."""
    return each([delivery.form()], _read)


def _read(form: Mapping[str, str]) -> Incoming | None:
    if "MessageStatus" in form or "Body" not in form:
        return None
    text, attached = form["Body"], form.get("NumMedia", "0") != "0"
    if not (text or attached):
        attached = True  # a place, a contact: nothing that can be read
    # Twilio tells no time of writing; deliveries of one person come one after another.
    return Incoming(form["MessageSid"], form["From"], {"to": form["From"]}, 0.0, text, attachment=attached)


async def send(caller: Caller, account: Account, address: Mapping[str, str], replies: Sequence[Reply]) -> None:
    """Send each text; buttons would need templates that WhatsApp approved before, so there are lists."""
    url = f"{account[API]}/2010-04-01/Accounts/{account[SID]}/Messages.json"
    pair = base64.b64encode(f"{account[SID]}:{account[TOKEN]}".encode()).decode()
    for reply in replies:
        form = {"From": account[FROM], "To": address["to"], "Body": reply.text}
        await caller.post(url, {"Authorization": f"Basic {pair}"}, data=form)


TWILIO = Platform(
    name="twilio",
    title="WhatsApp",
    secrets=(SID, TOKEN, FROM, URL),
    settings={API: "https://api.twilio.com"},
    limits=Limits(text=1600, measure=utf16_length),
    proof=PROOF,
    check=check,
    parse=parse,
    send=send,
    thanks="<Response/>",
    thanks_type="text/xml",
)
