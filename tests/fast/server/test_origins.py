"""Which pages may use the server: its own, the allowed ones, and no other."""

import asyncio

import pytest
from sanic.response import HTTPResponse

from assistant.channel.origins import Origins

CLINIC = "https://clinic.example"
ORIGINS = Origins(frozenset({CLINIC}))


class Request:
    """What is looked at of a request."""

    def __init__(self, method="POST", host="assistant.example", **headers):
        self.method = method
        self.host = host
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def check(request):
    return asyncio.run(ORIGINS.check(request))


def headers(request, **given):
    response = HTTPResponse(headers={name.replace("_", "-"): value for name, value in given.items()})
    asyncio.run(ORIGINS.add_headers(request, response))
    return {name.lower(): value for name, value in response.headers.items()}


@pytest.mark.parametrize(
    "request_",
    [
        Request(),
        Request(Origin="http://assistant.example"),
        Request(Origin="https://assistant.example"),
        Request(Origin="https://outside.example", Sec_Fetch_Site="same-origin"),
        Request(Origin=CLINIC),
    ],
)
def test_origins_let_programs_own_pages_and_allowed_pages_in(request_):
    assert check(request_) is None


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example", "null", "", "http://clinic.example", "https://clinic.example:8443",
        "https://clinic.example.evil.example", "https://evil.example/https://clinic.example",
        "HTTPS://CLINIC.EXAMPLE", "*",
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "OPTIONS"])
def test_origins_refuse_every_other_page(origin, method):
    request = Request(method, Origin=origin, Sec_Fetch_Site="cross-site")
    assert check(request).status == 403
    assert not [name for name in headers(request) if name.startswith("access-control")]


def test_origins_answer_the_question_before_a_request():
    request = Request("OPTIONS", Origin=CLINIC)
    assert check(request).status == 204
    answered = headers(request)
    assert answered["access-control-allow-origin"] == CLINIC
    assert "DELETE" in answered["access-control-allow-methods"]
    assert "Idempotency-Key" in answered["access-control-allow-headers"]


def test_origins_name_the_page_and_never_let_credentials_or_all_in():
    answered = headers(Request(Origin=CLINIC), Access_Control_Allow_Origin="*", Access_Control_Allow_Credentials="true")
    assert answered == {"vary": "Origin", "access-control-allow-origin": CLINIC}


def test_origins_take_away_what_rasa_allows():
    answered = headers(Request(Origin="https://evil.example"), Access_Control_Allow_Origin="https://evil.example")
    assert answered == {"vary": "Origin"}
    assert headers(Request()) == {"vary": "Origin"}
