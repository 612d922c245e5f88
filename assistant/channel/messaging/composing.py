"""From the messages of a turn to what one platform shows: few texts with headings, its buttons or a list. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.channel.messaging import words
from assistant.channel.messaging.cutting import cut
from assistant.channel.messaging.options import MANY, Option, options_of
from assistant.channel.messaging.platform import Button, Limits, Reply
from assistant.channel.pictures import Draw, told
from assistant.channel.rendering import Sign, issued, section_of

READABLE = 900
"""Short sections stand together in one text up to this length: a screen or two of a telephone."""
POINT = "\u2022 "
NOTE = re.compile(r"^\*|:$")
"""What stands between points and is none: the head of those that follow, or what a mark behind some means."""


@dataclass(frozen=True)
class Composer:
    """Composes for one platform and one conversation. ``said``: words by the names of their responses."""

    limits: Limits
    said: Mapping[str, str]
    mark: Sign
    draw: Draw

    def compose(self, messages: Sequence[Mapping[str, Any]]) -> tuple[list[Reply], list[Option]]:
        """Return the texts to send, in order, and all options that the patient now has."""
        options = options_of(messages, [self.is_native(message) for message in messages])
        replies: list[Reply] = []
        page, block, section = "", "", ""
        for message, offered in zip(messages, options, strict=True):
            own = section_of(message)
            line = self._headed(self._line(message), own, section)
            picture = self.draw(message["picture"]) if message.get("picture") else None
            if own != section or picture or offered:  # a section stands together where it can
                page, block = self._turned(replies, page, block), ""
            if picture or offered:
                replies += self._texts(page)
                replies += self._with_options(line, offered, picture)
                page = ""
            elif line:
                gap = "\n" if own in words.LISTED else "\n\n"
                block = f"{block}{gap}{line}" if block else line
            section = own
        replies += self._texts(self._turned(replies, page, block))
        return replies, [option for offered in options for option in offered]

    def _turned(self, replies: list[Reply], page: str, block: str) -> str:
        """Return the page with the block behind it; where that is too long, the page goes out and the block is one."""
        both = f"{page}\n\n{block}" if page and block else page or block
        if not (page and block) or self.limits.measure(both) <= min(READABLE, self.limits.text):
            return both
        replies += self._texts(page)
        return block

    def is_native(self, message: Mapping[str, Any]) -> bool:
        """Tell whether the buttons of a message are the platform's own: few, short, and one of them answers."""
        titles = [choice.title for choice in issued(message)]
        fit = all(self.limits.measure(title) <= self.limits.title for title in titles)
        return message.get("select") != MANY and fit and len(titles) <= self.limits.buttons

    def _headed(self, line: str, section: str, before: str) -> str:
        if not line or section == before or section not in words.HEADED:
            return line
        return f"{self.said[words.HEADING + section]}\n{line}"

    @staticmethod
    def _line(message: Mapping[str, Any]) -> str:
        """Return the words of one message; a row or a picture is told in words."""
        text, card = message.get("text") or "", message.get("custom") or {}
        if card.get("card") == "understood":
            when = str(card.get("when") or "").strip()
            text = f"{card['label']}: {str(card['value']).strip()}" + (f" ({when})" if when else "")
        elif message.get("picture"):
            text = told(message["picture"])
        is_point = section_of(message) in words.LISTED and text and not NOTE.search(text)
        return POINT + text if is_point else text

    def _with_options(self, text: str, options: Sequence[Option], picture: bytes | None) -> Iterator[Reply]:
        listed = [f"{option.label}. {option.choice.title}" for option in options if option.label]
        if listed:
            last = options[-1]
            hint = words.PICK_MANY if last.many else words.PICK_NUMBER if last.label.isdigit() else words.PICK_LETTER
            text = "\n".join([text, "", *listed, "", self.said[hint]])
        if picture:
            caption = "" if options else next(iter(self._cut(text, self.limits.caption)), "")
            yield Reply(caption, (), picture)
            text = text.strip()[len(caption) :]
        buttons = tuple(Button(option.choice.title, self.mark(option.choice)) for option in options if not option.label)
        parts = self._cut(text, (buttons and self.limits.with_buttons) or self.limits.text)
        for number, part in enumerate(parts, 1):
            yield Reply(part, buttons if number == len(parts) else ())

    def _texts(self, block: str) -> Iterator[Reply]:
        return (Reply(part) for part in self._cut(block, self.limits.text))

    def _cut(self, text: str, longest: int) -> list[str]:
        return cut(text, longest, self.limits.measure) if longest else []
