"""Calls to a platform that is slow, broken, busy or hostile."""

import asyncio
import logging

import pytest
from aiohttp import web

from assistant.channel.calls import Caller, NotSentError

PLACE = "bot-secret"


def call(*answers, timeout=1.0):
    """Post to a local server that gives these answers in turn; return the answer and how often it was asked."""
    asked = []

    async def answer(request):
        asked.append(await request.json())
        status, body, headers = answers[min(len(asked), len(answers)) - 1]
        if status is None:
            await asyncio.sleep(10)
        return web.Response(status=status or 200, text=body, headers=headers)

    async def scene():
        app = web.Application()
        app.router.add_post("/{path:.*}", answer)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = site._server.sockets[0].getsockname()[1]
        caller = Caller(timeout=timeout, waits=(0.01, 0.02))
        try:
            return await caller.post(f"http://127.0.0.1:{port}/{PLACE}", json={"text": "hello"})
        finally:
            await caller.close()
            await runner.cleanup()

    try:
        return asyncio.run(scene()), len(asked)
    except NotSentError as error:
        return error, len(asked)


OK = (200, '{"ok": true}', {})


def test_calls_return_the_answer():
    assert call(OK) == ({"ok": True}, 1)


@pytest.mark.parametrize("trouble", [(500, "", {}), (503, "", {}), (429, "", {"Retry-After": "0"})])
def test_calls_are_tried_again_when_trouble_may_pass(trouble):
    assert call(trouble, trouble, OK) == ({"ok": True}, 3)


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_calls_are_not_repeated_when_the_platform_refuses(status):
    error, times = call((status, "", {}))
    assert (error.status, times) == (status, 1)


def test_calls_end_after_a_few_tries():
    error, times = call((500, "", {}))
    assert (error.status, times) == (500, 3)


def test_calls_wait_only_so_long_for_an_answer():
    error, times = call((None, "", {}), timeout=0.05)
    assert (error.status, times) == (None, 3)


@pytest.mark.parametrize("body", ["", "no json", "[]", "x" * 200_000, "\ud7ff"])
def test_calls_take_whatever_an_answer_holds(body):
    assert call((200, body, {})) == ({}, 1)


def test_calls_follow_nobody_elsewhere():
    answer, times = call((302, "", {"Location": "http://127.0.0.1:9/elsewhere"}))
    assert (answer, times) == ({}, 1)


def test_calls_tell_no_address_in_errors_and_logs(caplog):
    caplog.set_level(logging.DEBUG, logger="assistant")

    async def scene():
        caller = Caller(timeout=1, waits=(0.0,))
        try:
            await caller.post(f"http://127.0.0.1:1/{PLACE}", json={"text": "my ALT is 73519"})
        finally:
            await caller.close()

    with pytest.raises(NotSentError) as failed:
        asyncio.run(scene())
    said = caplog.text + repr(failed.value) + str(failed.value)
    assert "did not answer" in said
    assert PLACE not in said
    assert "73519" not in said
