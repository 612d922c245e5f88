"""Safety checks that run on every message before anything else."""
