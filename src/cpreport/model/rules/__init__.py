"""Every rule that cpreport knows: its code, severity, title, message and mend."""

from __future__ import annotations

from cpreport.model.finding import Rule


def all_rules() -> list[Rule]:
    """All rules by their codes."""
    from cpreport.model.rules import (
        consistency,
        data,
        definition,
        earlier,
        file,
        header,
        narrative,
        plausibility,
        quoted,
        template,
        word,
        workbook,
        writing,
    )

    modules = (
        *(file, definition, workbook, header, data, consistency, plausibility, earlier),
        *(narrative, quoted, word, writing, template),
    )
    rules = [value for module in modules for value in vars(module).values() if isinstance(value, Rule)]
    return sorted(rules, key=lambda rule: rule.code)
