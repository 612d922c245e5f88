"""Rasa custom actions: thin, one per file, each reads slots, calls the core and chooses responses."""
