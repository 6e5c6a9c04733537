"""Lines of text as runs: bold and italic are named styles, links have relationships of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from itertools import groupby
from urllib.parse import quote, urlsplit

from cpreport.editions.styles import Styles
from cpreport.editions.wordml import attribute, run
from cpreport.model.document import Span, merged

_LOOKS = {(True, False): "Strong", (False, True): "Emphasis", (True, True): "Intense Emphasis"}
_KEPT_IN_ADDRESS = "%/:=&?~#+!$,;'@()*[]"


class Inline:
    """Writes lines of text; `relate` gives the relationship of an address outside the document."""

    def __init__(self, styles: Styles, relate: Callable[[str], str]) -> None:
        self._styles = styles
        self._relationship = cache(relate)

    def text(self, text: Iterable[Span]) -> str:
        """The runs and links of a line."""
        looks = merged(replace(span, source=None) for span in text)
        return "".join(self._linked(link, spans) for link, spans in groupby(looks, key=lambda span: span.link))

    def to_bookmark(self, name: str, words: str) -> str:
        """A link to a place in the document."""
        link = run(words, self._styles.id("Hyperlink"))
        return f'<w:hyperlink w:anchor={attribute(name)} w:history="1">{link}</w:hyperlink>'

    def _linked(self, link: str, spans: Iterable[Span]) -> str:
        target = address(link)
        if not target:
            return "".join(self._run(span) for span in spans)
        style = self._styles.id("Hyperlink")
        words = ((script, "".join(s.text for s in alike)) for script, alike in groupby(spans, lambda s: s.script))
        runs = "".join(run(text, style, script) for script, text in words)
        return f'<w:hyperlink r:id="{self._relationship(target)}" w:history="1">{runs}</w:hyperlink>'

    def _run(self, span: Span) -> str:
        look = _LOOKS.get((span.bold, span.italic))
        return run(span.text, self._styles.id(look) if look else "", span.script)


def address(link: str) -> str:
    """The link as Word accepts it, '' for anything but a usable http, https or mailto address."""
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        return ""
    reaches = parts.netloc if parts.scheme in ("http", "https") else parts.scheme == "mailto" and "@" in parts.path
    return quote(link.strip(), safe=_KEPT_IN_ADDRESS) if reaches else ""
