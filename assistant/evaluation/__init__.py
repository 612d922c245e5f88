"""``hepb eval``: how well texts are read, questions understood and urgent messages found, measured in one run."""
