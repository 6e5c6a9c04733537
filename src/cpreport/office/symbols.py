"""Symbol fonts, such as Wingdings, whose signs have numbers of their own."""

from __future__ import annotations

SYMBOL_FONTS = ("Symbol", "Webdings", "Wingdings", "Wingdings 2", "Wingdings 3")


def in_any_font(font: str, number: int) -> str:
    """The sign that a symbol font has at a number as other fonts have it; '' where none has it."""
    from mammoth.docx.dingbats import dingbats  # type: ignore[import-untyped]  # only a symbol pays for it

    known: int = dingbats.get((font, number), 0)
    return chr(known) if known else ""
