from assistant.channel.messaging.memory import Memory
from assistant.channel.messaging.options import Option
from assistant.channel.said import Said
from assistant.channel.tokens import Choice

OPTION = Option(Choice("/choose", "x"), "1")


def test_memory_options_open_until_the_patient_answers():
    memory = Memory()
    assert memory.options("a") is None, "unknown is not the same as none"
    memory.open_options("a", [OPTION])
    assert memory.options("a") == [OPTION]
    assert memory.options("b") is None
    memory.close_options("a")
    assert memory.options("a") == []


def test_memory_holds_a_message_until_it_is_dropped():
    memory = Memory()
    memory.hold("a", Said("x"))
    assert (memory.held("a"), memory.held("b")) == (Said("x"), None)
    memory.hold("a", None)
    assert memory.held("a") is None


def test_memory_owes_the_first_notice_until_it_is_said():
    memory = Memory()
    assert not memory.is_notice_owed("a")
    memory.owe_notice("a", owed=True)
    assert (memory.is_notice_owed("a"), memory.is_notice_owed("b")) == (True, False)
    memory.owe_notice("a", owed=False)
    assert not memory.is_notice_owed("a")


def test_memory_forgets_the_longest_unused():
    memory = Memory(most=2)
    for name in "a", "b":
        memory.open_options(name, [OPTION])
    memory.open_options("a", [OPTION])
    memory.open_options("c", [OPTION])
    assert [memory.options(name) is None for name in "abc"] == [False, True, False]
