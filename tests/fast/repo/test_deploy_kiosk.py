"""What the kiosk's machine is given agrees with itself."""

import json
import re
import subprocess
from pathlib import Path

FOLDER = Path(__file__).parents[3] / "deploy" / "kiosk"
ADDRESS = "http://127.0.0.1:5005"


def read(name):
    return (FOLDER / name).read_text(encoding="utf-8")


def test_deploy_kiosk_opens_one_address_alone():
    policy = json.loads(read("policy.json"))
    assert policy["URLBlocklist"] == ["*"]
    assert policy["URLAllowlist"] == [ADDRESS]
    assert not policy["AllowFileSelectionDialogs"]
    others = [read(name) for name in ("hepb-kiosk.sh", "hepb-kiosk.service")]
    assert {address for text in others for address in re.findall(r"http://[\w.:]+", text)} == {ADDRESS}
    assert "HOST=127.0.0.1 PORT=5005" in read("hepb-server.service")


def test_deploy_kiosk_script_can_be_read_and_its_flags_are_single_words():
    assert subprocess.run(["sh", "-n", FOLDER / "hepb-kiosk.sh"], check=False).returncode == 0
    flags = [line for line in read("flags").splitlines() if not line.startswith("#")]
    assert {"--kiosk", "--incognito", "--enable-speech-dispatcher"} <= set(flags)
    assert [flag for flag in flags if not re.fullmatch(r"--[a-z-]+(=\S+)?", flag)] == []


def test_deploy_kiosk_readme_names_every_file():
    named = set(re.findall(r"`([\w.-]+)`", read("README.md")))
    assert {path.name for path in FOLDER.iterdir()} - {"README.md"} <= named
