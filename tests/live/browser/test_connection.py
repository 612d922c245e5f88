"""A connection that breaks: no message is lost and none is doubled."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
import urllib.parse
import urllib.request

import pytest
from selenium.webdriver.common.keys import Keys

pytestmark = [pytest.mark.live, pytest.mark.browser]

WORDS = "My HBsAg is positive and my ALT is 31"


class CuttingProxy:
    """Passes bytes to the server and back. The first answer with events is cut after ``allowed`` bytes."""

    def __init__(self, server, allowed):
        self.server = server
        self.allowed = allowed
        self.cuts = 0
        self.port = None
        self._connections = set()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()))

    def __enter__(self):
        self._thread.start()
        assert self._ready.wait(5)
        return self

    def __exit__(self, *_):
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(5)

    async def _run(self):
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        async with await asyncio.start_server(self._connect, "127.0.0.1", 0) as listener:
            self.port = listener.sockets[0].getsockname()[1]
            self._ready.set()
            await self._stop.wait()
            await asyncio.gather(*self._connections)

    async def _connect(self, reader, writer):
        self._connections.add(asyncio.current_task())
        upstream_reader, upstream_writer = await asyncio.open_connection(*self.server)
        directions = {
            asyncio.create_task(_pass(reader, upstream_writer)),
            asyncio.create_task(self._pass_back(upstream_reader, writer)),
        }
        stopped = asyncio.create_task(self._stop.wait())
        await asyncio.wait({*directions, stopped}, return_when=asyncio.FIRST_COMPLETED)
        for task in (*directions, stopped):
            task.cancel()
        await asyncio.wait({*directions, stopped})
        for end in (writer, upstream_writer):
            end.close()
            with contextlib.suppress(OSError):
                await end.wait_closed()

    async def _pass_back(self, reader, writer):
        while chunk := await reader.read(65536):
            last = b"text/event-stream" in chunk and not self.cuts
            writer.write(chunk[: self.allowed] if last else chunk)
            await writer.drain()
            if last:
                self.cuts += 1
                return


async def _pass(reader, writer):
    while chunk := await reader.read(65536):
        writer.write(chunk)
        await writer.drain()


# Chromium itself repeats a POST whose reused connection closed before the first byte of an answer.
@pytest.fixture(params=[pytest.param(0, id="before the answer"), pytest.param(900, id="in the middle of the answer")])
def cutting_proxy(request, stack):
    address = urllib.parse.urlsplit(stack.address)
    with CuttingProxy((address.hostname, address.port), request.param) as proxy:
        yield proxy


def test_connection_cut_during_an_answer_loses_and_doubles_nothing(open_page, stack, cutting_proxy):
    page = open_page(f"http://127.0.0.1:{cutting_proxy.port}")
    page.say(WORDS)
    assert cutting_proxy.cuts == 1
    address = f"{stack.address}/api/conversations/{page.conversation()}"
    with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own server on loopback
        kept = json.load(answer)["messages"]
    assert [message["text"] for message in kept if message["from"] == "patient"] == [WORDS]
    shown = page.texts(".group")
    assert page.all(".assistant"), "the answer is there"
    page.reload()
    assert page.texts(".group") == shown


def test_connection_lost_before_sending_is_told_and_the_message_sent_later(page):
    page.say("hello")
    with page.offline():
        page.all("#message")[0].send_keys(WORDS, Keys.ENTER)
        page.wait_until(lambda: "connection" in page.all("#status")[0].text)
    page.answered()
    page.reload()
    assert page.texts(".patient .bubble") == ["hello", WORDS]
