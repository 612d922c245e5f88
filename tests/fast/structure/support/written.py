"""What is written under data/responses, read once for the tests of this folder."""

from pathlib import Path

from hepb.yaml_files import parse_yaml

ROOT = Path(__file__).parents[4]
FILES = sorted((ROOT / "data" / "responses").glob("*.yml"))
RESPONSES = {
    name: variations
    for path in FILES
    for name, variations in parse_yaml(path.read_text(), path.name)["responses"].items()
}
