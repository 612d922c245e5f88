import numpy as np
import onnxruntime
import pytest
from tokenizers import Tokenizer

from assistant import weights
from hepb.errors import ModelError


@pytest.fixture(scope="module")
def embed():
    tokenizer = Tokenizer.from_file(str(weights.ENCODER_TOKENIZER))
    session = onnxruntime.InferenceSession(str(weights.ENCODER_MODEL), providers=["CPUExecutionProvider"])

    def run(*sentences):
        tokenizer.enable_padding()
        encoded = tokenizer.encode_batch(list(sentences))
        inputs = {
            "input_ids": np.array([one.ids for one in encoded]),
            "attention_mask": np.array([one.attention_mask for one in encoded]),
        }
        return session.run(None, inputs)[0]

    return run


def test_weights_of_setup_are_the_expected_ones():
    weights.check_weights()


def test_weights_missing_are_an_error(tmp_path):
    with pytest.raises(ModelError, match=r"M001: .*no file"):
        weights.check_weights(tmp_path)


def test_weights_changed_are_an_error(tmp_path):
    (tmp_path / "model.onnx").write_bytes(weights.ENCODER_MODEL.read_bytes()[:-1] + b"x")
    with pytest.raises(ModelError, match=r"M001: .*model\.onnx"):
        weights.check_weights(tmp_path)


def test_weights_give_one_vector_of_length_one_a_sentence(embed):
    vectors = embed("A short one.", "A sentence that is quite a bit longer than the other one.")
    assert vectors.shape == (2, weights.EMBEDDING_SIZE)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_weights_put_like_sentences_near_each_other(embed):
    winter, cold, music = embed("It is freezing in winter.", "The coldest months are icy.", "He plays the violin.")
    assert winter @ cold > winter @ music + 0.2


def test_weights_hardly_see_padding(embed):
    alone = embed("It is freezing in winter.")[0]
    padded = embed("It is freezing in winter.", "word " * 40)[0]
    assert alone @ padded > 0.98
