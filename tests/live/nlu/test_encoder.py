"""The sentence encoder with its real weights."""

import numpy as np
import pytest

pytestmark = pytest.mark.live

TEXTS = ["hello", "which phase am I in?", "my ALT was 58 U/L in May and the viral load 2,300 IU/mL"] * 20


def test_encode_many_gives_the_rows_of_encode():
    from assistant.nlu.encoder import shared_encoder
    from assistant.weights import ENCODER_DIR

    encoder = shared_encoder(ENCODER_DIR, 96)
    assert np.array_equal(encoder.encode_many(TEXTS), encoder.encode(TEXTS))
