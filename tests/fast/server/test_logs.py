"""Nothing of a patient's message reaches a log line once the servers are ready."""

import io
import logging
import warnings

import pytest
import structlog

from assistant import logs

TYPED = "my ALT is 73519"


@pytest.fixture
def written(monkeypatch):
    """Configure this process's logs into a string and put everything back afterwards."""
    root, stream = logging.getLogger(), io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(logging, "lastResort", None)
    level, show = root.level, warnings.showwarning
    names = (*logs.NOT_PROPAGATING, "py.warnings")
    kept = {name: (logging.getLogger(name).handlers[:], logging.getLogger(name).propagate) for name in names}
    levels = {name: logging.getLogger(name).level for name in names}
    formatter = logs.configure(logging.DEBUG)
    yield formatter, stream.getvalue
    logging.captureWarnings(capture=False)
    warnings.showwarning = show
    structlog.reset_defaults()
    root.setLevel(level)
    for name in names:
        logger = logging.getLogger(name)
        logger.handlers[:], logger.propagate = kept[name]
        logger.setLevel(levels[name])


def fail():
    typed = TYPED
    raise ValueError(typed)


def test_logs_sealed_keep_place_and_kind_but_no_text(written):
    formatter, text = written
    formatter.seal()
    try:
        fail()
    except ValueError:
        logging.getLogger("rasa.core.processor").exception(f"Could not handle {TYPED}")  # noqa: G004 - as Rasa does
        logging.getLogger("sanic.error").exception("%s", TYPED)
        structlog.get_logger().exception("processor.message", text=TYPED)
    logging.getLogger("rasa.core").debug("%s", TYPED)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(TYPED, UserWarning, stacklevel=1)
    assert TYPED not in text()
    assert "73519" not in text()
    assert "ValueError" in text()
    assert "in fail" in text()
    assert "rasa.core.processor" in text()


def test_logs_sealed_keep_our_own_words(written):
    formatter, text = written
    formatter.seal()
    logging.getLogger("assistant.channel.base").error("a turn failed: %s", "KeyError")
    assert "a turn failed: KeyError" in text()


def test_logs_before_serving_tell_everything(written):
    _, text = written
    logging.getLogger("rasa.core.agent").error("Could not load model")
    assert "Could not load model" in text()
