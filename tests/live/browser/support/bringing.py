"""A slip dropped on the page, or chosen at the kiosk."""

from __future__ import annotations

from slip_files import HEADS, slip

_DROP = """
const data = new DataTransfer();
data.items.add(new File([new Uint8Array(arguments[0])], 'slip.pdf', { type: 'application/pdf' }));
const event = new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true, composed: true });
return !root.getElementById('groups').dispatchEvent(event);
"""


def drop_slip(page, content):
    """Drop a file; wait until its values are shown. The browser must not open it in place of the page."""
    assert page.run(_DROP, list(content)) is True
    page.wait("#slip-review[open] .slip-value")


def bring_slip(kiosk, tmp_path, number):
    """Choose a slip as a file; wait until its values are shown."""
    path = tmp_path / "slip.pdf"
    path.write_bytes(
        slip(lines=(HEADS, ("HBsAg", "Positive", "", "", "Negative"), ("HBV DNA", number, "", "IU/mL", "")))
    )
    kiosk.run("document.querySelector('hepb-assistant').shadowRoot.getElementById('slip-file').hidden = false")
    kiosk.wait_in_chat("#slip-file").send_keys(str(path))
    kiosk.wait_in_chat("#slip-review .slip-value")
