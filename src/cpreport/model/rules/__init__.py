"""Every rule that cpreport knows: its code, title, message, fix and severity."""

from __future__ import annotations

from importlib import import_module

from cpreport.model.finding import Rule

AREAS = (
    "file",
    "definition",
    "workbook",
    "header",
    "data",
    "plausibility",
    "earlier",
    "narrative",
    "quoted",
    "template",
)
"""The modules that hold the rules."""


def all_rules() -> list[Rule]:
    """All rules by their codes."""
    modules = [import_module(f"{__name__}.{area}") for area in AREAS]
    rules = [value for module in modules for value in vars(module).values() if isinstance(value, Rule)]
    return sorted(rules, key=lambda rule: rule.code)
