"""What is urgent is sent at once; a long silence is broken once."""

import asyncio

import pytest

from assistant.channel.messaging.speaking import batches


def spoken(*steps, still_after=10.0, error=None):
    """Run a turn that says or waits; return the batches."""

    async def run(send):
        for step in steps:
            if isinstance(step, float):
                await asyncio.sleep(step)
            else:
                section, text = step.split(": ")
                send({"section": section, "text": text})
        if error:
            raise error

    async def scene():
        return [[message["text"] for message in batch] async for batch in batches(run, still_after)]

    return asyncio.run(scene())


def test_speaking_urgent_first_and_the_rest_together():
    assert spoken("urgent: call", 0.01, "notice: a", 0.01, "answer: b") == [["call"], ["a", "b"]]


def test_speaking_a_long_silence_is_broken_once():
    assert spoken(0.05, "answer: a", 0.05, still_after=0.02) == [[], ["a"]]


def test_speaking_nothing():
    assert spoken() == []
    assert spoken("urgent: call") == [["call"]], "an empty batch would say that it goes on"


def test_speaking_error_comes_after_what_was_said():
    with pytest.raises(ValueError, match="broken"):
        spoken("answer: a", error=ValueError("broken"))
