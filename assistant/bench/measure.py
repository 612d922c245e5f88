"""One bot's whole measurement, in this order: training, starts, turns alone and at once, a long conversation."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from assistant.bench import load, machine
from assistant.bench.bots import Bot
from assistant.bench.figures import MILLISECONDS, median, times_of, window_medians
from assistant.bench.processes import cpu_seconds_of, memory_of
from assistant.bench.serving import Server, serving
from assistant.bench.training_time import measure_training

TURNS = 10
"""Of a usual conversation: one cycle of the script."""
WINDOWS = {5: (1, 10), 50: (46, 55), 150: (146, 155), 300: (296, 305)}
"""Turns of the long conversation, each with the turns taken together: one cycle, so that every window says the same."""
LONG_TURNS = 305


@dataclass(frozen=True)
class Plan:
    """How much is measured; every loop has an end."""

    starts: int = 3
    warm_up: int = 3
    """Conversations before anything counts."""
    crowds: tuple[tuple[int, int], ...] = ((1, 40), (10, 6), (32, 3))
    """Patients at once, and conversations of each."""
    long_conversations: int = 3
    long_seconds: float = 60.0
    """No further long conversation begins after this time."""
    long_limit: float = 240.0
    """A long conversation is broken off after this time."""


QUICK = Plan(starts=1, warm_up=1, crowds=((1, 3), (10, 1), (32, 1)), long_conversations=1, long_limit=20.0)
"""Enough to see that the bench works; its figures mean little."""

Tell = Callable[[str], None]


def measure_bot(bot: Bot, plan: Plan, tell: Tell) -> dict[str, Any]:
    """Measure everything of one bot and return it as JSON. Raises BenchError when the bot does not do its work."""
    before, load_before = machine.now(), machine.load_average()
    tell(f"{bot.name}: training")
    training = measure_training(bot)
    starts = []
    for number in range(1, plan.starts):
        tell(f"{bot.name}: start {number} of {plan.starts}")
        with serving(bot) as server:
            starts.append(server.first_answer_seconds)
    tell(f"{bot.name}: start {plan.starts} of {plan.starts}")
    with serving(bot) as server:
        starts.append(server.first_answer_seconds)
        turns = _measure_turns(server, plan, tell)
    return {
        "load_average_before": round(load_before, 2),
        "cores_busy_with_others": round(machine.cores_of_others(before, machine.now()), 2),
        "training": {**asdict(training), "own_seconds": training.own_seconds},
        "start_to_first_answer_seconds": {"median": median(starts), "all": starts},
        **turns,
    }


def _measure_turns(server: Server, plan: Plan, tell: Tell) -> dict[str, Any]:
    bot, address = server.bot, server.address
    said = 1 + plan.warm_up * TURNS
    asyncio.run(load.talk(bot, address, patients=1, conversations=plan.warm_up, turns=TURNS))
    memory_idle = memory_of(server.pid)
    crowds = {}
    for patients, conversations in plan.crowds:
        tell(f"{bot.name}: {patients} at once")
        cpu = cpu_seconds_of(server.pid)
        done = asyncio.run(load.talk(bot, address, patients=patients, conversations=conversations, turns=TURNS))
        cpu = cpu_seconds_of(server.pid) - cpu
        said += len(done.turns)
        crowds[str(patients)] = {
            **asdict(times_of(done.turns)),
            "turns_per_second": done.turns_per_second,
            "cpu_ms_per_turn": cpu / len(done.turns) * MILLISECONDS,
            "unanswered": done.unanswered,
        }
    memory = memory_of(server.pid)
    tell(f"{bot.name}: long conversations")
    long = _long_conversations(bot, address, plan)
    return {
        "patients_at_once": crowds,
        "long_conversation": {
            "conversations": len(long),
            "median_ms_at_turn": {str(turn): ms for turn, ms in window_medians(long, WINDOWS).items()},
        },
        "memory": {
            "after_warm_up": asdict(memory_idle),
            "after_load": asdict(memory),
            "after_long_conversations": asdict(memory_of(server.pid)),
        },
        "stored": bot.check_stored(server.data, said + sum(len(times) for times in long)),
    }


def _long_conversations(bot: Bot, address: str, plan: Plan) -> list[list[float]]:
    begin = time.perf_counter()
    held: list[list[float]] = []
    while len(held) < plan.long_conversations and (not held or time.perf_counter() - begin < plan.long_seconds):
        held.append(asyncio.run(load.talk_long(bot, address, turns=LONG_TURNS, limit=plan.long_limit)))
    return held
