"""Pieces of HTML: every text that is put into it is escaped here, once."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from cpreport.office.xml import legal

VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
"""The elements that have neither content nor an end."""


def words(text: str) -> str:
    """A text as it stands between tags and in the quotes of an attribute."""
    return escape(text if text.isprintable() else legal(text))


def start(name: str, attributes: Mapping[str, str] | None = None) -> str:
    """The tag that begins an element; an attribute without a text is left out."""
    given = "".join(f' {key}="{words(text)}"' for key, text in (attributes or {}).items() if text)
    return f"<{name}{given}>"


def element(name: str, content: str, **attributes: str) -> str:
    """An element around content, which is HTML; an attribute `for_` or `aria_label` is `for`, `aria-label`."""
    named = {key.rstrip("_").replace("_", "-"): text for key, text in attributes.items() if text}
    return f"{start(name, named)}{content}</{name}>"
