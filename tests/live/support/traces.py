"""Whether a number stands in a file of the database; not as a part of a longer one, such as a time stamp."""

import re
import time

LONGEST_WAIT = 5.0


def files_hold(stack, text):
    """Names of the files that hold the number now."""
    whole = re.compile(rb"(?<![\d.])%s(?!\d)" % text.encode())
    return [file.name for file in stack.data.iterdir() if whole.search(file.read_bytes())]


def traces_of(stack, text):
    """Names of the files that still hold the number when the turn has ended, which is soon after its answer."""
    deadline = time.monotonic() + LONGEST_WAIT
    while files_hold(stack, text) and time.monotonic() < deadline:
        time.sleep(0.05)
    return files_hold(stack, text)
