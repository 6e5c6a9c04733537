"""`cpreport explain`."""

from __future__ import annotations

from typing import Annotated

import typer

from cpreport.commands.printing import print_text
from cpreport.commands.usage import codes


def explain(
    code: Annotated[str, typer.Argument(metavar="CODE", help="A finding's code, or an area such as data.")],
) -> None:
    """Say what a finding's code means and how to fix it; of an area, list its codes."""
    from cpreport.compose.findings import area_text, rule_text
    from cpreport.model.rules import all_rules

    (name,) = codes([code])
    rules = {rule.code: rule for rule in all_rules()}
    print_text(rule_text(rules[name]) if name in rules else area_text(name, rules.values()))
