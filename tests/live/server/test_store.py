"""The tracker store as Rasa uses it."""

import asyncio
import time

import pytest

# Rasa's imports warn of many things; those are its own.
pytestmark = pytest.mark.filterwarnings("ignore")

DOMAIN = """
version: "3.1"
intents: [greet]
slots:
  record: {type: any, influence_conversation: false, mappings: [{type: custom}]}
  dialogue: {type: any, influence_conversation: false, mappings: [{type: custom}]}
"""


@pytest.fixture
def open_store(tmp_path, monkeypatch):
    """Open the store on the same file, as often as wanted."""
    from rasa.shared.core.domain import Domain

    from assistant.store.tracker_store import ConversationStore

    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    domain = Domain.from_yaml(DOMAIN)
    opened = []

    def open_it():
        opened.append(ConversationStore(domain))
        return opened[-1]

    yield open_it
    for store in opened:
        store.close()


def add_turn(tracker, text, *, heard=True):
    from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered

    tracker.update(UserUttered(text, {"name": "greet"}, []))
    tracker.update(ActionExecuted("action_x"))
    tracker.update(BotUttered(f"answer to {text}"))
    if heard:
        tracker.update(SlotSet("record", {"last": text}))
        tracker.update(SlotSet("dialogue", {"heard_until": tracker.latest_message.timestamp}))
    tracker.update(ActionExecuted("action_listen"))


async def converse(store, texts, *, heard=True):
    await store.open_conversation("a")
    for text in texts:
        tracker = await store.get_or_create_tracker("a", append_action_listen=False)
        add_turn(tracker, text, heard=heard)
        await store.save(tracker)


def texts_of(tracker):
    return [event.text for event in tracker.events if event.type_name == "user"]


def test_store_turn_starts_from_slots_and_the_last_turn(open_store):
    store = open_store()
    asyncio.run(converse(store, [f"text {n}" for n in range(20)]))
    tracker = asyncio.run(store.retrieve("a"))
    assert tracker.get_slot("record") == {"last": "text 19"}
    assert texts_of(tracker) == ["text 19"]
    assert len(tracker.events) < 10
    assert tracker.latest_action_name == "action_listen"
    assert [event["event"] for event in asyncio.run(store.spoken("a"))] == ["user", "bot"] * 20


def test_store_keeps_every_message_that_no_action_heard(open_store):
    store = open_store()
    asyncio.run(converse(store, ["heard"]))
    asyncio.run(converse(store, ["lost 1", "lost 2", "lost 3"], heard=False))
    assert texts_of(asyncio.run(store.retrieve("a"))) == ["lost 1", "lost 2", "lost 3"]


def test_store_restart_erases_and_the_id_lives_on(open_store, tmp_path):
    from rasa.shared.core.events import BotUttered, Restarted

    async def restart(store):
        await converse(store, ["My secret is Quillfeather"])
        tracker = await store.retrieve("a")
        tracker.update_with_events([Restarted(), BotUttered("All gone.")], store.domain)
        await store.save(tracker)
        return await store.retrieve("a"), await store.spoken("a"), await store.exists("a")

    tracker, spoken, exists = asyncio.run(restart(open_store()))
    assert tracker.get_slot("record") is None
    assert [event["text"] for event in spoken] == ["All gone."]
    assert exists
    assert not [file for file in tmp_path.iterdir() if b"Quillfeather" in file.read_bytes()]


def test_store_does_not_revive_what_was_deleted_during_a_turn(open_store):
    async def delete_during_turn(store):
        await converse(store, ["before"])
        tracker = await store.retrieve("a")
        await store.delete_conversation("a")
        add_turn(tracker, "late")
        await store.save(tracker)
        return await store.exists("a"), await store.spoken("a")

    assert asyncio.run(delete_during_turn(open_store())) == (False, [])


def test_store_expires_at_start_and_when_asked(open_store, monkeypatch):
    store = open_store()
    asyncio.run(converse(store, ["old"]))
    assert asyncio.run(store.expire_conversations()) == 0
    monkeypatch.setenv("RETENTION_HOURS", str(0.05 / 3600))
    time.sleep(0.1)
    assert asyncio.run(open_store().exists("a")) is False
    short = open_store()
    asyncio.run(converse(short, ["new"]))
    time.sleep(0.1)
    assert asyncio.run(short.expire_conversations()) == 1
