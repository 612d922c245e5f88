"""Messages of one patient are answered in the order in which they were written, patients side by side."""

import asyncio

from assistant.channel.ordering import MOST_WAITING, InOrder

SETTLE = 0.01


def run(play):
    """Run ``play(order, add)``; return what was worked on, in order."""
    worked = []

    async def scene():
        order = InOrder(SETTLE)

        def add(conversation, written, name=None, pause=0.0, error=None):
            async def work():
                await asyncio.sleep(pause)
                worked.append(name or written)
                if error:
                    raise error

            order.add(conversation, written, work)

        await play(order, add)
        await asyncio.gather(*order._runners)

    asyncio.run(scene())
    return worked


def test_ordering_a_message_that_came_too_early_waits_for_the_one_before_it():
    async def play(_, add):
        for written in (3, 1, 2):
            add("a", written)

    assert run(play) == [1, 2, 3]


def test_ordering_equal_times_keep_the_order_of_arrival():
    async def play(_, add):
        for name in "first", "second", "third":
            add("a", 5, name)

    assert run(play) == ["first", "second", "third"]


def test_ordering_what_comes_while_another_runs_waits_for_its_end():
    async def play(_, add):
        add("a", 1, pause=4 * SETTLE)
        await asyncio.sleep(2 * SETTLE)
        add("a", 3)
        add("a", 2)

    assert run(play) == [1, 2, 3]


def test_ordering_a_late_message_is_taken_all_the_same():
    async def play(_, add):
        add("a", 2)
        await asyncio.sleep(3 * SETTLE)
        add("a", 1)

    assert run(play) == [2, 1]


def test_ordering_nobody_waits_for_another_patient():
    async def play(_, add):
        add("slow", 1, "slow", pause=6 * SETTLE)
        add("quick", 2, "quick")

    assert run(play) == ["quick", "slow"]


def test_ordering_work_that_fails_stops_nothing():
    async def play(_, add):
        add("a", 1, error=ValueError("what the patient wrote"))
        add("a", 2)

    assert run(play) == [1, 2]


def test_ordering_is_full_for_the_one_who_floods():
    async def play(order, add):
        for written in range(MOST_WAITING):
            assert not order.is_full("a")
            add("a", written)
        assert order.is_full("a")
        assert not order.is_full("b")

    assert len(run(play)) == MOST_WAITING
