"""A request that is held open carries the first words, once, and not for long."""

import asyncio

import pytest

from assistant.channel.messaging.cutting import utf8_length
from assistant.channel.messaging.holding import Held, leading
from assistant.channel.messaging.platform import Button, Reply

PICTURE = Reply("", picture=b"png")


def held(seconds, *steps):
    """What a request gets that is held for so long, when words are given after these waits."""

    async def run():
        request = Held()

        async def give():
            for wait, words in steps:
                await asyncio.sleep(wait)
                request.give(words)

        giving = asyncio.create_task(give())
        words = await request.wait(seconds)
        was_open = request.is_open
        await giving
        return words, request.is_late, was_open

    return asyncio.run(run())


def test_holding_carries_the_first_words_and_no_others():
    assert held(5, (0.01, "first"), (0, "second")) == ("first", False, False)


def test_holding_ends_in_time_and_takes_no_words_afterwards():
    assert held(0.01, (0.1, "too late")) == (None, True, False)


def test_holding_ends_at_once_when_there_is_nothing_to_say():
    assert held(5, (0.01, "")) == ("", False, False)


@pytest.mark.parametrize(
    ("replies", "words", "rest"),
    [
        ([Reply("one"), Reply("two")], "one\n\ntwo", 0), ([Reply("one"), Reply("x" * 20)], "one", 1),
        ([PICTURE, Reply("one")], "", 2), ([Reply("one"), PICTURE, Reply("two")], "one", 2),
        ([Reply("one", (Button("Yes", "m"),))], "", 1), ([Reply("é" * 11)], "", 1), ([], "", 0),
    ],
)  # fmt: skip
def test_holding_takes_what_goes_into_one_text(replies, words, rest):
    found, left = leading(replies, 20, utf8_length)
    assert found == words
    assert left == (replies[-rest:] if rest else []), "nothing is lost"
