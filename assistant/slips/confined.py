"""Run a program, or a reader of this package, as a process that can do little harm.

    python -m assistant.slips.confined read fhir|pdf|render|picture [TURNS]     (the file on standard input)
    python -m assistant.slips.confined run PROGRAM ARGUMENT...

Limits of memory, processor time, open files and of what is written; no core dump; where the system allows, a network
of its own without any interface. A reader in Python is also stopped when it tries to connect, to start a program or to
write a file.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import os
import resource
import sys
from collections.abc import Sequence

from assistant.slips import limits

EXIT_REFUSED = 3
"""Exit status of a reader that refuses its file; the code of the error is all that it prints."""
READERS = {"fhir": "assistant.slips.fhir", "pdf": "assistant.slips.pdf", "render": "assistant.slips.pdf",
           "picture": "assistant.slips.picture"}  # fmt: skip
_PATIENCE = 10
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "os.remove",
              "os.rename", "os.mkdir", "shutil.", "webbrowser.", "urllib.", "ftplib.", "smtplib.")  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def confine() -> None:
    """Set the limits of this process, for good."""
    for what, most in (
        (resource.RLIMIT_AS, limits.MEMORY),
        (resource.RLIMIT_CPU, limits.SECONDS),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (limit, limit))
    os.nice(_PATIENCE)  # conversations go first
    with contextlib.suppress(OSError, AttributeError):  # a system without it, or without the right to
        library = ctypes.CDLL(None, use_errno=True)
        if library.unshare(_NEW_NETWORK):
            library.unshare(_NEW_USER | _NEW_NETWORK)


def _refuse_side_effects(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)
    if event == "open" and len(arguments) > 2:  # noqa: PLR2004 - path, mode, flags
        flags = arguments[2]
        if isinstance(flags, int) and flags & _WRITING:
            raise PermissionError(event)


def main(arguments: Sequence[str]) -> int:
    """Confine this process and do what the arguments say. Gives the exit status."""
    task, name, *rest = arguments
    if task == "run":
        confine()
        os.execvp(name, [name, *rest])  # noqa: S606 - this process becomes the program, no shell
    reader = importlib.import_module(READERS[name])
    content = sys.stdin.buffer.read(limits.LARGEST_FILE + 1)
    confine()
    sys.addaudithook(_refuse_side_effects)
    try:
        sys.stdout.buffer.write(getattr(reader, name)(content, *map(int, rest)))
    except reader.Refused as refused:
        sys.stdout.write(refused.code)
        return EXIT_REFUSED
    except MemoryError:
        sys.stdout.write("P007")
        return EXIT_REFUSED
    except Exception:  # noqa: BLE001 - whatever a broken file does to a library, it is a broken file
        sys.stdout.write("P004")
        return EXIT_REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
