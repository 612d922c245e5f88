"""Where something that was typed at the kiosk still stands after the visit."""

from __future__ import annotations

from pathlib import Path

from traces import traces_of


def profile_holds(driver, text):
    """Names of the files of the browser's profile that hold the text, in one byte or two a character."""
    folder = Path(driver.capabilities["chrome"]["userDataDir"])
    wanted = [text.encode(), text.encode("utf-16-le")]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(form in _content(path) for form in wanted)]


def _content(path):
    try:
        return path.read_bytes()
    except OSError:  # gone in the meantime
        return b""


def forms(number):
    return number, f"{int(number):,}"


def left_behind(kiosk, stack, number):
    """Where a typed number still stands after the wipe."""
    kept = kiosk.run("return [sessionStorage.length, localStorage.length, document.documentElement.outerHTML]")
    found = {
        "server": [name for form in forms(number) for name in traces_of(stack, form)],
        "browser": [name for form in forms(number) for name in profile_holds(kiosk.driver, form)],
        "page": [form for form in forms(number) if form in kept[2]],
        "storage": kept[:2] if any(kept[:2]) else [],
        "caches": kiosk.driver.execute_async_script("caches.keys().then(arguments[0])"),
        "logs": [form for form in forms(number) if form in stack.said_in_logs()],
    }
    return {place: what for place, what in found.items() if what}
