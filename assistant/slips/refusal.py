"""Why a reader refuses its file. Alone here: readers import little, since they run in a process of their own."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - a refusal, not an error of the program
    """``code``: one of :class:`hepb.errors.SlipError`."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)
