"""How much, how long and how often: the limits of all channels. Times in seconds."""

from __future__ import annotations

LONGEST_TEXT = 4000
"""Characters that a patient may send in one message."""

LARGEST_BODY = 64 * 1024
"""Bytes of a request: a text of 4,000 characters, each written as ``\\uXXXX``, or a checklist of tokens, fits."""

MOST_CHOICES = 50
"""Buttons pressed together."""

MOST_VOTES, VOTES_WINDOW = 120, 60.0
"""Votes of all patients together that count within so many seconds; more are sent away."""

MOST_TRIES = 2
"""How often a turn is begun that the end of the server cut off: a message that ends it must not do so for ever."""

HEARTBEAT = 3.0
"""After this long without a message the reader hears that the turn still runs."""

WATCHDOG = 45.0
"""After this the patient is told that something went wrong; the turn itself goes on and is stored."""

STILL_WORKING = 6.0
"""After this long without a word a patient on a messaging platform hears that the turn still runs."""

EXPIRY = 60.0
"""How often conversations past ``RETENTION_HOURS`` are looked for."""

HEALTH = 2.0
"""How long the action server may take to say that it is well."""

STARTING_POLL, STARTING_POLLS = 0.2, 150
"""How often, and how many times, a turn that goes on after a start looks for the action server."""
