from assistant.channel.repeats import MOST_REMEMBERED, Deliveries


def test_repeats_are_known_within_one_conversation():
    deliveries = Deliveries()
    assert [deliveries.is_repeated("a", "1"), deliveries.is_repeated("a", "1")] == [False, True]
    assert not deliveries.is_repeated("b", "1")


def test_repeats_without_a_key_are_none():
    deliveries = Deliveries()
    assert [deliveries.is_repeated("a", None), deliveries.is_repeated("a", None)] == [False, False]


def test_repeats_forget_the_oldest():
    deliveries = Deliveries()
    for number in range(MOST_REMEMBERED + 1):
        deliveries.is_repeated("a", str(number))
    assert not deliveries.is_repeated("a", "0")
    assert deliveries.is_repeated("a", str(MOST_REMEMBERED))
