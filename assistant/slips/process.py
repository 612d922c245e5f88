"""Run the confined processes from the server and turn what becomes of them into words, a picture or an error."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import shutil
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process

from assistant.settings import ROOT
from assistant.slips import limits
from assistant.slips.confined import EXIT_REFUSED
from hepb.errors import SlipError

_GRACE = 5
"""Seconds by the clock beyond the limit of processor time: starting Python, and waiting for a processor."""
_ROTATE, _SURE = (
    re.compile(rb"^Rotate: (\d+)", re.MULTILINE),
    re.compile(rb"^Orientation confidence: ([\d.]+)", re.MULTILINE),
)
_SURE_FROM = 1.0
"""Certainty of tesseract about which way is up; of slips it is 4 and more."""
_TOO_MUCH = frozenset({-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGXFSZ})


def tesseract() -> str | None:
    """Where tesseract is, None when it is not installed."""
    return shutil.which("tesseract")


async def read_words(content: bytes) -> bytes:
    """The words of a PDF as JSON. Raises :class:`SlipError`."""
    return await _confined(("read", "pdf"), content)


async def read_record(content: bytes) -> bytes:
    """The record of a FHIR resource as JSON. Raises :class:`SlipError`."""
    return await _confined(("read", "fhir"), content)


async def read_picture(kind: str, content: bytes, turns: int = 0) -> bytes:
    """A grey picture (PGM) of a photo (``picture``) or of a PDF (``render``), after quarter turns to the right.

    Raises :class:`SlipError`.
    """
    return await _confined(("read", kind, str(turns)), content)


async def recognise(picture: bytes) -> bytes:
    """The words of a grey picture as tesseract's table. Raises :class:`SlipError` (P009 without tesseract)."""
    program = tesseract()
    if program is None:
        raise SlipError("P009")
    # psm 6: one block of rows, as a slip is; without it the columns of a table come one after the other.
    return await _confined(("run", program, "stdin", "stdout", "--psm", "6", "-l", "eng", "tsv"), picture)


async def lacking_turns(picture: bytes) -> int:
    """How many quarter turns to the right make a picture upright, as its letters tell; 0 where they do not tell."""
    program = tesseract()
    if program is None:
        return 0
    try:
        told = await _confined(("run", program, "stdin", "stdout", "--psm", "0", "-l", "osd"), picture)
    except SlipError:  # too few letters, or the data of tesseract for this are not installed
        return 0
    degrees, sure = _ROTATE.search(told), _SURE.search(told)
    is_sure = bool(sure and float(sure[1]) >= _SURE_FROM)
    return int(degrees[1]) // 90 % 4 if degrees and is_sure else 0


async def _confined(arguments: tuple[str, ...], content: bytes) -> bytes:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "assistant.slips.confined", *arguments,
        stdin=PIPE, stdout=PIPE, stderr=DEVNULL,  # a library may print what stands in the file
        cwd=ROOT, env=_environment(), start_new_session=True,
    )  # fmt: skip
    try:
        answer = await asyncio.wait_for(_talk(process, content), limits.SECONDS + _GRACE)
    except asyncio.TimeoutError:
        raise SlipError("P007") from None
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode == 0 and len(answer) <= limits.LARGEST_ANSWER:
        return answer
    raise _error(process.returncode, answer)


async def _talk(process: Process, content: bytes) -> bytes:
    """Give the file and take the answer, at the same time; of an answer without end only the beginning."""

    async def give() -> None:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            process.stdin.write(content)
            await process.stdin.drain()
        process.stdin.close()

    giving = asyncio.create_task(give())
    parts, size = [], 0
    while size <= limits.LARGEST_ANSWER and (part := await process.stdout.read(1 << 16)):
        parts.append(part)
        size += len(part)
    await giving
    if size <= limits.LARGEST_ANSWER:
        await process.wait()
    return b"".join(parts)


def _error(status: int | None, answer: bytes) -> SlipError:
    code = answer.decode("ascii", "replace")
    if status == EXIT_REFUSED and code in SlipError.texts:
        return SlipError(code, limit=limits.MOST_PAGES)
    if status in _TOO_MUCH or len(answer) > limits.LARGEST_ANSWER:
        return SlipError("P007")
    return SlipError("P004")


def _environment() -> dict[str, str]:
    """Nothing of the server's own settings and keys."""
    kept = {
        name: os.environ[name] for name in ("PATH", "LANG", "TESSDATA_PREFIX", "LD_LIBRARY_PATH") if name in os.environ
    }
    return {**kept, "PYTHONPATH": str(ROOT), "OMP_THREAD_LIMIT": "1", "PYTHONDONTWRITEBYTECODE": "1"}
