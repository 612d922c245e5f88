"""Pages for clinicians, generated from the knowledge: what the guidelines say, and what has to be confirmed."""
