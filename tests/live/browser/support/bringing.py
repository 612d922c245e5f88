"""A slip dropped on the page."""

from __future__ import annotations

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
