"""The generated set of texts with known results, that the tests and ``hepb eval`` measure reading on."""
