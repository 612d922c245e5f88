"""A connection that breaks: no message is lost and none is doubled."""

from __future__ import annotations

import contextlib
import json
import socket
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
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            upstream = socket.create_connection(self.server)
            threading.Thread(target=self._pass, args=(client, upstream), daemon=True).start()
            threading.Thread(target=self._pass_back, args=(upstream, client), daemon=True).start()

    def _pass(self, source, target):
        while chunk := _receive(source):
            _send(target, chunk)
        _end(target)

    def _pass_back(self, source, target):
        while chunk := _receive(source):
            if b"text/event-stream" in chunk and not self.cuts:
                self.cuts += 1
                _send(target, chunk[: self.allowed])
                break
            _send(target, chunk)
        _end(target)

    def close(self):
        self.listener.close()


def _receive(source):
    try:
        return source.recv(65536)
    except OSError:
        return b""


def _send(target, chunk):
    with contextlib.suppress(OSError):
        target.sendall(chunk)


def _end(target):
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_RDWR)


@pytest.fixture(params=[0, 900], ids=["before the answer", "in the middle of the answer"])
def cutting_proxy(request, stack):
    address = urllib.parse.urlsplit(stack.address)
    proxy = CuttingProxy((address.hostname, address.port), request.param)
    yield proxy
    proxy.close()


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
    offline = {"offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    page.driver.execute_cdp_cmd("Network.enable", {})
    page.driver.execute_cdp_cmd("Network.emulateNetworkConditions", offline)
    page.all("#message")[0].send_keys(WORDS, Keys.ENTER)
    page.wait_until(lambda: "connection" in page.all("#status")[0].text)
    page.driver.execute_cdp_cmd("Network.emulateNetworkConditions", {**offline, "offline": False})
    page.answered()
    page.reload()
    assert page.texts(".patient .bubble") == ["hello", WORDS]
