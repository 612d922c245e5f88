"""Rasa's default pipeline (sparse features and DIET), trained on the same examples."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import yaml
from rasa.engine.recipes import default_recipe

from assistant.bench.processes import last_line, plain_environment
from assistant.nlu.examples import NLU_FOLDER
from assistant.settings import ROOT
from hepb.errors import ServerError

DEFAULTS = Path(default_recipe.__file__).parent / "config_files" / "default_config.yml"
EPOCHS = "epochs"


def default_config(epochs: int | None = None) -> dict[str, Any]:
    """Return Rasa's own default pipeline for English, ``epochs`` in place of its own where given."""
    config = yaml.safe_load(DEFAULTS.read_text("utf8"))
    pipeline = [
        {**component, EPOCHS: epochs} if epochs is not None and EPOCHS in component else component
        for component in config["pipeline"]
    ]
    return {"recipe": config["recipe"], "assistant_id": "diet", "language": config["language"], "pipeline": pipeline}


def train(folder: Path, epochs: int | None = None) -> tuple[Path, float]:
    """Train it in ``folder`` and return the model and the seconds. Raises ServerError S005 when training fails."""
    config, log = folder / "config.yml", folder / "training.log"
    config.write_text(yaml.safe_dump(default_config(epochs), sort_keys=False), encoding="utf-8")
    options = ["--nlu", str(NLU_FOLDER), "--config", str(config), "--out", str(folder), "--fixed-model-name", "diet"]
    begin = time.perf_counter()
    with log.open("wb") as output:
        done = subprocess.run(
            [sys.executable, "-m", "rasa", "train", "nlu", *options],
            cwd=ROOT,
            env=plain_environment(),
            stdout=output,
            stderr=output,
            check=False,
        )
    model = folder / "diet.tar.gz"
    if done.returncode or not model.exists():
        raise ServerError("S005", status=done.returncode, log=log, line=last_line(log))
    return model, time.perf_counter() - begin
