"""The digest that decides whether a model is stale."""

import shutil

import pytest

from assistant import training
from assistant.settings import ROOT


@pytest.fixture
def project(tmp_path):
    for name in training.INPUTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif (ROOT / name).exists():
            shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def test_training_digest_depends_on_content_not_on_place_or_time(project):
    assert training.inputs_digest(project) == training.inputs_digest(ROOT)


@pytest.mark.parametrize("place", ["domain.yml", "data/nlu/flow.yml", "assistant/nlu/topics.yaml"])
def test_training_digest_changes_with_each_input(project, place):
    before = training.inputs_digest(project)
    path = project / place
    path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert training.inputs_digest(project) != before


def test_training_digest_changes_with_a_new_file(project):
    before = training.inputs_digest(project)
    (project / "data" / "nlu" / "new.yml").write_text("", encoding="utf-8")
    assert training.inputs_digest(project) != before


def test_training_digest_ignores_what_does_not_train(project):
    before = training.inputs_digest(project)
    (project / "data" / "notes.md").write_text("x", encoding="utf-8")
    (project / "assistant" / "serve.py").write_text("x", encoding="utf-8")
    assert training.inputs_digest(project) == before


def test_training_not_repeated_for_a_present_model(tmp_path):
    model = tmp_path / f"{training.inputs_digest()}.tar.gz"
    model.write_bytes(b"")
    assert training.train_if_stale(folder=tmp_path) == model
