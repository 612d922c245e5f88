"""The doors through which patients talk: one base for all channels, and the web page."""
