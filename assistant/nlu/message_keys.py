"""Keys that the components set on a Rasa message, beside Rasa's own ``intent`` and ``intent_ranking``."""

READING = "reading"
"""``{"findings": [...]}``: what the text says about results and conditions. Part of the output."""

URGENT = "urgent"
"""None, ``"urgent_symptom"`` or ``"self_harm"``. Part of the output."""

URGENT_SIGNS = "urgent_signs"
"""Ids of the urgent signs that the rules found (``hepb/knowledge/lexicon/urgent.*.yaml``). Part of the output."""

TOPICS = "topics"
"""Intents of the questions in the message, in order, at most three. Part of the output."""

OFFERS = "offers"
"""Intents of further questions to offer as buttons, best first. Part of the output."""

SENTENCES = "sentences"
"""The sentences that were encoded, a tuple of text. Not part of the output."""

VECTORS = "sentence_vectors"
"""One row for the whole text, then one for each sentence. Not part of the output."""

GUESSES = "guesses"
"""One :class:`assistant.nlu.guessing.Guess` for each row of VECTORS. Not part of the output."""

MARGINS = "margins"
"""For each row of VECTORS the margin of each kind (:mod:`assistant.nlu.margins`). Not part of the output."""

PAYLOAD_PREFIX = "/"
"""A text that begins so is a button's payload: Rasa itself reads it, the components leave it alone."""
