"""Examples of the rules about page.typ and what a PDF can print."""

from __future__ import annotations

from .example import Example

_LOOK = "#set text(size: 12pt)\n"

EXAMPLES = {
    "definition.page-typ": Example(
        {"page.typ": f"{_LOOK}#show heading: set text(fill: navi)\n"},
        "page.typ line 2",
        {"page.typ": f"{_LOOK}#show heading: set text(fill: navy)\n"},
    ),
    "definition.page-typ-not-allowed": Example(
        {"page.typ": '#import "@preview/fonts:1.0.0": *\n'},
        "page.typ line 1",
        {"page.typ": "// Nothing of importance\n"},
    ),
    "definition.page-typ-prints": Example(
        {"page.typ": f"{_LOOK}Approved by the board\n"},
        "page.typ",
        {"page.typ": f"{_LOOK}// Approved by the board\n"},
    ),
    "definition.page-typ-hides": Example(
        {"page.typ": f"{_LOOK}/* The headings are blue.\n"},
        "page.typ",
        {"page.typ": f"{_LOOK}/* The headings are blue. */\n"},
    ),
    "definition.page-typ-breaks": Example(
        {"page.typ": '#let line = "-" * 9000000000000000000\n'},
        "page.typ",
        {"page.typ": '#let line = "-" * 90\n'},
    ),
    "pdf.character": Example(
        {"page.typ": _LOOK, "Narrative!C2": "Well done 🎉"},
        "",
        {"page.typ": _LOOK, "Narrative!C2": "Well done ✓"},
    ),
}
