"""The platforms, one module each."""

from __future__ import annotations

from assistant.channel.messaging.platforms.telegram import TELEGRAM

PLATFORMS = (TELEGRAM,)
