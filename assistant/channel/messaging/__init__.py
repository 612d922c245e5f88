"""Doors to messaging platforms, all alike: a platform is data and three small functions (check, parse, send)."""
