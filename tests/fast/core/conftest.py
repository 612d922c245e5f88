"""The core's tests share helpers under ``support``; test folders are no packages, so it is put on the path here."""

import shutil
import sys
from functools import cache
from pathlib import Path

import pytest

from hepb import knowledge_file, loader, yaml_files

sys.path.insert(0, str(Path(__file__).parent / "support"))


@pytest.fixture(scope="session", autouse=True)
def _each_text_parsed_once():
    """Many tests load the knowledge with one file changed: the YAML of the others is parsed once for all of them."""
    remembered = cache(yaml_files.parse_yaml)
    with pytest.MonkeyPatch.context() as patch:
        for module in (loader, knowledge_file):
            patch.setattr(module, "parse_yaml", remembered)
        yield


@pytest.fixture
def folder(tmp_path):
    """A copy of the knowledge that the loader reads, to be changed."""
    return shutil.copytree(
        yaml_files.knowledge_folder(), tmp_path / "knowledge", ignore=shutil.ignore_patterns("lexicon")
    )


@pytest.fixture
def change(folder):
    """Put other words into one file of the copy: ``change(name, old, new)``. Gives the folder."""

    def put(name, old, new):
        path = folder / name
        text = path.read_text("utf8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf8")
        return folder

    return put


@pytest.fixture(scope="session")
def valid_result():
    """Give the JSON form of a result, as it is printed, after checking it against the schema."""
    from validity import valid

    return valid
