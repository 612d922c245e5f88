"""People on the platforms, where results are read after consent and where they never are."""

import pytest
from players import PAGE, Player
from said import words_of
from shapes import SHAPES

TELEGRAM = SHAPES[0]


@pytest.fixture(params=SHAPES, ids=lambda shape: shape.NAME)
def person(request, stack, platforms):
    return Player(request.param, stack.port, platforms)


@pytest.fixture
def stranger(stack, platforms):
    """Somebody on Telegram whom nobody knows yet."""
    return Player(TELEGRAM, stack.port, platforms)


@pytest.fixture
def ann(stack, platforms):
    """Somebody on Telegram who agreed to share results."""
    ann = Player(TELEGRAM, stack.port, platforms)
    ann.say("which phase am I in?")
    ann.answer(ann.see(words_of("utter_ask_consent"), words_of("utter_first_notice")), "Yes, read them")
    ann.see(words_of("utter_invite_results"))
    return ann


@pytest.fixture(scope="module")
def general(tmp_path_factory, model, platforms, stack):
    """A second server, on which Telegram alone is open and reads no results."""
    settings = {name: value.format(platforms.address) for name, value in TELEGRAM.ENVIRONMENT.items()}
    general = type(stack)(tmp_path_factory.mktemp("general"), model, {**settings, "PAGE_URL": PAGE})
    general.action_port = stack.action_port
    general.start_rasa()
    yield general
    general.stop_rasa()


@pytest.fixture
def bob(general, platforms):
    """Somebody on that Telegram."""
    return Player(TELEGRAM, general.port, platforms)
