"""`cpreport explain`."""

from __future__ import annotations

from typing import Annotated

import typer

from cpreport.commands.printing import print_text
from cpreport.commands.usage import code_of


def explain(
    code: Annotated[
        str, typer.Argument(metavar="CODE", parser=code_of, help="A finding's code, or an area such as data.")
    ],
) -> None:
    """Explain what a finding's code means and how to fix it; for an area, list its codes."""
    from cpreport.compose.findings import area_text, rule_text
    from cpreport.model.rules import all_rules

    rules = {rule.code: rule for rule in all_rules()}
    print_text(rule_text(rules[code]) if code in rules else area_text(code, rules.values()))
