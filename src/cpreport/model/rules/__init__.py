"""Every rule that cpreport knows: its code, title, message, fix and severity."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from cpreport.model.finding import Rule


def all_rules() -> list[Rule]:
    """All rules by their codes."""
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    rules = [value for module in modules for value in vars(module).values() if isinstance(value, Rule)]
    return sorted(rules, key=lambda rule: rule.code)
