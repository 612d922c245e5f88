"""WeChat's envelope: XML in XML, encrypted and signed ("safe mode"), which alone proves the body.

In its plain mode WeChat signs a time and a number, not what a person wrote; that mode is not taken.
"""

from __future__ import annotations

import base64
import binascii
import secrets
import struct
import time
from collections.abc import Mapping
from xml.etree.ElementTree import ParseError

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from assistant.channel.messaging.platform import Delivery
from assistant.channel.signatures import is_recent, is_same, sha1_of_sorted

OLDEST = 300.0
"""Seconds; an older request is a replay."""
RANDOM, LENGTH, BLOCK = 16, 4, 32


def is_signed(delivery: Delivery, token: str, *, body: bool) -> bool:
    """Tell whether a recent request is signed with the token; with ``body`` over what it brings, too."""
    query = delivery.query
    parts = [token, query.get("timestamp", ""), query.get("nonce", "")]
    if body:
        try:
            parts.append(fields_of(delivery.body)["Encrypt"])
        except (ValueError, KeyError):
            return False
    given = query.get("msg_signature" if body else "signature")
    return is_recent(query.get("timestamp"), time.time(), OLDEST) and is_same(sha1_of_sorted(*parts), given)


def opened(body: bytes, key: str, app: str) -> Mapping[str, str]:
    """Return the fields of the message inside. Raises ValueError when it is not for this account."""
    try:
        secret = base64.b64decode(key + "=")
        sealed = base64.b64decode(fields_of(body)["Encrypt"], validate=True)
        decryptor = Cipher(AES(secret), CBC(secret[:16])).decryptor()
        plain = decryptor.update(sealed) + decryptor.finalize()
        start = RANDOM + LENGTH
        (length,) = struct.unpack("!I", plain[RANDOM:start])
        content, rest = plain[start : start + length], plain[start + length : -plain[-1]]
    except (KeyError, IndexError, struct.error, binascii.Error) as error:
        raise ValueError("no envelope") from error
    if rest != app.encode() or not 1 <= plain[-1] <= BLOCK:
        raise ValueError("an envelope for another account")
    return fields_of(content)


def sealed(content: Mapping[str, str], token: str, key: str, app: str) -> str:
    """Return an envelope with a message in it, signed, as the answer to a request."""
    now, nonce = str(int(time.time())), secrets.token_hex(8)
    inner = _xml({**content, "CreateTime": now}).encode()
    plain = secrets.token_bytes(RANDOM) + struct.pack("!I", len(inner)) + inner + app.encode()
    missing = BLOCK - len(plain) % BLOCK
    secret = base64.b64decode(key + "=")
    encryptor = Cipher(AES(secret), CBC(secret[:16])).encryptor()
    encrypted = base64.b64encode(encryptor.update(plain + bytes([missing]) * missing) + encryptor.finalize()).decode()
    signature = sha1_of_sorted(token, now, nonce, encrypted)
    return _xml({"Encrypt": encrypted, "MsgSignature": signature, "TimeStamp": now, "Nonce": nonce})


def _xml(fields: Mapping[str, str]) -> str:
    inside = "".join(f"<{name}><![CDATA[{_in_cdata(text)}]]></{name}>" for name, text in fields.items())
    return f"<xml>{inside}</xml>"


def _in_cdata(text: str) -> str:
    """The text without the sign that would end it early, which is cut in two."""
    return text.replace("]]>", "]]]]><![CDATA[>")


def fields_of(xml: bytes) -> dict[str, str]:
    """Return the texts of the elements. Raises ValueError for anything but plain XML: no entity, no document type."""
    try:
        return {element.tag: element.text or "" for element in fromstring(xml, forbid_dtd=True)}
    except (ParseError, DefusedXmlException, LookupError) as error:
        raise ValueError("not plain XML") from error
