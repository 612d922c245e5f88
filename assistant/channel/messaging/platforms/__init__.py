"""The platforms, one module each."""

from __future__ import annotations

from assistant.channel.messaging.platforms.line import LINE
from assistant.channel.messaging.platforms.messenger import MESSENGER
from assistant.channel.messaging.platforms.slack import SLACK
from assistant.channel.messaging.platforms.telegram import TELEGRAM
from assistant.channel.messaging.platforms.twilio import TWILIO
from assistant.channel.messaging.platforms.wechat import WECHAT
from assistant.channel.messaging.platforms.whatsapp import WHATSAPP

PLATFORMS = (TELEGRAM, WHATSAPP, TWILIO, MESSENGER, SLACK, LINE, WECHAT)
