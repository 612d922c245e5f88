import subprocess
import sys

import pytest

from assistant import cli


def test_cli_help_lists_every_command(capsys):
    with pytest.raises(SystemExit) as stop:
        cli.main(["--help"])
    assert stop.value.code == 0
    shown = capsys.readouterr().out
    assert all(f"  {command.name} " in shown and command.summary in shown for command in cli.COMMANDS)


def test_cli_unknown_command_is_bad_input(capsys):
    with pytest.raises(SystemExit) as stop:
        cli.main(["reed"])
    assert stop.value.code == cli.BAD_INPUT
    assert "reed" in capsys.readouterr().err


def test_cli_prints_a_project_error_in_one_line(monkeypatch, capsys):
    def fail(_arguments):
        raise cli.HepbError("X001", field="age")

    monkeypatch.setattr(cli.HepbError, "texts", {"X001": "{field} is wrong"})
    monkeypatch.setattr(cli.Command, "load", lambda _command: fail)
    assert cli.main(["read", "text"]) == cli.BAD_INPUT
    assert capsys.readouterr() == ("", "X001: age is wrong\n")


def test_cli_imports_no_command_before_it_is_called():
    code = "import sys, assistant.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert not {"rasa", "numpy", "spacy", "yaml", "hepb.cli"} & set(loaded)
