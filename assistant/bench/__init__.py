"""``hepb bench``: what this assistant costs, beside the bot that ``rasa init`` makes, measured in one run."""
