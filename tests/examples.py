"""How many examples of their inputs the property tests try."""

from __future__ import annotations

from hypothesis import settings

THOROUGH = 100
"""The examples of a test that asks for no number, with `--hypothesis-profile=thorough`; the suite tries fewer."""


def examples(number: int) -> settings:
    """So many examples if all are to be tried, else the profile's share of them."""
    return settings(max_examples=max(5, number * settings.default.max_examples // THOROUGH))
