"""Everything that knows Rasa from the inside or runs processes."""
