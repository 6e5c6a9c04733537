"""What is wrong with narratives: slots as a whole, their bullets, their abbreviations."""

from __future__ import annotations

from cpreport.checks.narrative import abbreviations, bullets, slots

RULES = (*slots.RULES, *bullets.RULES, *abbreviations.RULES)
