"""Pictures of an answer: from plain data (``actions.pictures``) to SVG for pages and PNG for messages and print."""
