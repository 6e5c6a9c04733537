"""page.html: what it may have, and the pieces of it between its places.

It is written anew from what was read, so that a browser sees what was checked: only elements and attributes that are
on the list, all of them closed and all attributes in quotes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html.parser import HTMLParser
from itertools import islice

from cpreport.editions.html.markup import VOID, start, words
from cpreport.editions.html.style import style_findings
from cpreport.editions.links import address
from cpreport.model.document import VALUE_MARK, PageText
from cpreport.model.finding import Finding, Place, Rule
from cpreport.model.rules import definition as rules
from cpreport.model.tags import PAGE_PLACES, printing

FillPage = Callable[[str], tuple[PageText, Sequence[Finding]]]
"""Gives a page.html with its tags filled, and what is wrong with them, at their lines."""

PAGE = "page.html"
IDS = ("contents", "section-", "heading-", "caption-", "table-", "figure-")
"""How the ids begin that the report's own parts have."""

_FREE = frozenset(("title", "alt", "lang", "aria-label", "content"))
"""The attributes in which tags may stand."""

_EVERYWHERE = frozenset(
    ("title", "lang", "dir", "class", "id", "role", "aria-label", "aria-labelledby", "aria-describedby", "aria-hidden")
)
_ELEMENTS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("html", "head", "body", "header", "nav", "main", "footer", "section", "article", "aside"), ()),
    **dict.fromkeys(("div", "span", "p", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "br", "hr"), ()),
    **dict.fromkeys(("strong", "em", "b", "i", "small", "sup", "sub", "abbr", "address"), ()),
    "a": ("href",),
    "img": ("src", "alt", "width", "height"),
    "meta": ("name", "content"),
}
"""The elements that page.html may have, and the attributes that each may have besides those of all."""

_NAMES = ("description", "author", "keywords", "robots", "theme-color")
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml);base64,[\w+/=\s]*")
_PLACES = {f"cpreport-{place}": place for place in PAGE_PLACES}
_HOLD_PLACES = ("body", "header", "main", "section", "article", "div")
_ONCE = ("html", "head", "body", "main")
_MOST_FINDINGS, _LONGEST_QUOTE = 20, 60


def checked_page(page_html: str, page_css: str, fill: FillPage) -> tuple[tuple[str, ...], list[Finding]]:
    """The pieces of a page.html, in turn HTML and the name of a place, and what is wrong with it and page.css."""
    page, found = fill(page_html)
    has_failed = any(finding.is_error for finding in found)
    pieces, refused = ((), []) if has_failed else read_page(page)
    return pieces, [*found, *refused, *islice(style_findings(page_css), _MOST_FINDINGS)]


def read_page(page: PageText) -> tuple[tuple[str, ...], list[Finding]]:
    """The pieces of a page.html, in turn HTML and the name of a place, and everything that is wrong with it."""
    reader = _Reader(page)
    missing = [*reader.unclosed(), *_not_once(reader.names)] if reader.read() else []
    findings = [*reader.findings, *missing]
    return tuple(reader.pieces), findings[:_MOST_FINDINGS]


def _not_once(names: Counter[str]) -> Iterator[Finding]:
    """A finding for each place, and each element of a page, that is not there or is there twice."""
    wanted = {**{name: f"<{name}>" for name in _ONCE}, **{tag: printing(place) for tag, place in _PLACES.items()}}
    for name, shown in wanted.items():
        if names[name] != 1:
            yield rules.PAGE_PLACE.at(Place(file=PAGE), has=f"{names[name] or 'no'} {shown}", needs="one")


class _Reader(HTMLParser):
    """Reads a page.html that is filled, and writes it anew: a piece for each stretch between two places.

    The tag that begins the whole page is left out, as it states the report's language.
    """

    def __init__(self, page: PageText) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces, self.names = [""], Counter[str]()
        self.findings: list[Finding] = []
        self._page = page
        self._open: list[tuple[str, int]] = []
        self._ids: set[str] = set()

    def read(self) -> bool:
        """Reads the page; false where it could not be read to its end."""
        try:
            self.feed(self._page.markup)
            self.close()
        except AssertionError:  # the parser's word for a declaration that it does not know
            self._refuse("<![…")
            return False
        return True

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID and tag not in _PLACES:
            self.handle_endtag(tag)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names[tag] += 1
        if tag in _PLACES:
            self._place(_PLACES[tag])
            return
        if tag in _ELEMENTS:
            begun = start(tag, dict(self._allowed(tag, attrs)))
            self._write(begun if tag != "html" else "")
        else:
            self._refuse(f"the element <{tag}>")
        if tag not in VOID:
            self._open.append((tag, self._line))

    def handle_endtag(self, tag: str) -> None:
        if self._within == tag:
            self._open.pop()
            self._write(f"</{tag}>")
        else:
            last = "<{}> of line {} is open".format(*self._open[-1]) if self._open else "nothing is open"
            self._find(rules.PAGE_UNCLOSED, what=f"</{tag}> is where {last}")

    def handle_data(self, data: str) -> None:
        if not data.strip():
            self._write("\n" if "\n" in data else data)
        elif self._within in ("", "html", "head"):
            self._refuse(f"text outside <body> ({self._quoted(data)})")
        else:
            self._write(words(self._filled(data)))

    def handle_pi(self, data: str) -> None:
        self._refuse(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        self._refuse(f"<![{data}]>")

    def unclosed(self) -> Iterator[Finding]:
        """A finding for the last element that is open at the end."""
        for tag, line in self._open[-1:]:
            yield rules.PAGE_UNCLOSED.at(Place(file=PAGE, line=line), what=f"<{tag}> is not closed")

    @property
    def _within(self) -> str:
        return self._open[-1][0] if self._open else ""

    @property
    def _line(self) -> int:
        lines = self._page.lines
        return lines[min(self.getpos()[0], len(lines)) - 1]

    def _write(self, html: str) -> None:
        self.pieces[-1] += html

    def _find(self, rule: Rule, **values: str) -> None:
        self.findings.append(rule.at(Place(file=PAGE, line=self._line), **values))

    def _refuse(self, what: str) -> None:
        self._find(rules.PAGE_NOT_ALLOWED, file=PAGE, what=what)

    def _quoted(self, text: str) -> str:
        """A text as a message quotes it."""
        whole = self._filled(text).strip()
        return repr(whole if len(whole) <= _LONGEST_QUOTE else f"{whole[: _LONGEST_QUOTE - 1]}…")

    def _place(self, place: str) -> None:
        holders = ("head",) if place == "head" else _HOLD_PLACES
        if self._within not in holders:
            needs = "it in <head>" if place == "head" else "it in <main> or in a <div>"
            self._find(rules.PAGE_PLACE, has=f"{{{{ {place} }}}} in <{self._within}>", needs=needs)
        self.pieces += [place, ""]

    def _allowed(self, tag: str, attributes: Iterable[tuple[str, str | None]]) -> Iterator[tuple[str, str]]:
        """The attributes that an element keeps; others are findings."""
        given = {name: text or "" for name, text in attributes}
        if tag == "img" and not given.get("alt", "").strip():
            self._refuse("an <img> without a text in alt")
        for name, text in given.items():
            if name not in _EVERYWHERE and name not in _ELEMENTS[tag]:
                self._refuse(f"the attribute {name} of <{tag}>")
            elif reason := self._refused(name, text):
                self._refuse(f"{name}={self._quoted(text)} {reason}")
            else:
                yield name, self._filled(text)

    def _refused(self, name: str, text: str) -> str:
        """Why an attribute may not have this text; empty if it may."""
        if VALUE_MARK.search(text) and name not in _FREE:
            return "with a tag in it"
        if name == "href" and not text.startswith("#") and address(text) != text:
            return "which is no web or mail address"
        if name == "src" and not _PICTURE.fullmatch(text):
            return "which is no picture as data:image/…;base64,…"
        if name == "name" and text.lower() not in _NAMES:
            return "of a <meta>"
        if name == "id":
            is_known, self._ids = text in self._ids, {*self._ids, text}
            is_ours = text.startswith(IDS) or text.split() != [text]
            return "a second time" if is_known else "as an id: choose another" if is_ours else ""
        return ""

    def _filled(self, text: str) -> str:
        return VALUE_MARK.sub(lambda found: self._page.values[int(found[1])], text)
