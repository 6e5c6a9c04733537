"""Narratives with tags in the place of typed numbers, put into the files that they stand in."""
