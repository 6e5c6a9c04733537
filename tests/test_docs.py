"""The documentation has every rule, and what is made from the rules is up to date."""

from __future__ import annotations

from docs.make_rules import made


def test_what_is_made_from_the_rules_is_up_to_date() -> None:
    stale = [path.name for path, text in made().items() if path.read_text(encoding="utf-8") != text]
    assert stale == [], "run make docs"
