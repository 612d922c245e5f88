"""Rasa graph components that understand a message, and the plain modules under them."""
