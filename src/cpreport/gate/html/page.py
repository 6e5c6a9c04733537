"""A web page as it was parsed, forgivingly: its elements, where they are, and the words that they are read as."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]

from cpreport.office.parts import Element

MOST_ELEMENTS = 300_000
_LONGEST = 1_000
"""About how many characters of an element's words are read: none has to be longer to be judged."""

_OWN = "cpreport-digest"
_UNREAD = ("script", "style", "template", "noscript")
_BLANKS = re.compile(r"\s+")


class Page:
    """The elements of a page in their order; `hidden` are those that an attribute hides from readers."""

    def __init__(self, content: bytes) -> None:
        """Raises ValueError, with what to say, if this is not a page that can be looked at."""
        parser = etree.HTMLParser(encoding=_encoding(content), remove_comments=True, remove_pis=True)
        try:
            root = etree.fromstring(content, parser)
        except (etree.ParseError, ValueError):
            root = None
        if root is None:
            raise ValueError("the web page is empty or cannot be read")
        self.root: Element = root
        self._read: dict[Element, str] = {}
        self.by_tag: defaultdict[str, list[Element]] = defaultdict(list)
        self.by_attribute: defaultdict[str, list[Element]] = defaultdict(list)
        for number, element in enumerate(self.root.iter(etree.Element)):
            if number == MOST_ELEMENTS:
                raise ValueError(f"the web page has more than {MOST_ELEMENTS:,} elements")
            self.by_tag[element.tag].append(element)
            for name in element.keys():  # noqa: SIM118 - an element's iterator gives its children
                self.by_attribute[name].append(element)
        self.ids = {each.get("id", ""): each for each in reversed(self.by_attribute["id"])}
        silent = [each for each in self.by_attribute["aria-hidden"] if each.get("aria-hidden") == "true"]
        roots = (*self.by_attribute["hidden"], *silent, *self.by_tag["template"])
        self.hidden = {inner for each in roots for inner in each.iter(etree.Element)}
        self.is_own = any(each.get("name") == _OWN for each in self.by_tag["meta"])

    def tagged(self, *tags: str) -> list[Element]:
        """The elements of these tags that are not hidden from readers."""
        return [each for tag in tags for each in self.by_tag[tag] if each not in self.hidden]

    def spoken(self, element: Element) -> str:
        """What a screen reader says of an element: its label, else its words and pictures, else its title."""
        said = self.label(element) or self._content(element)
        return _BLANKS.sub(" ", said).strip() or (element.get("title") or "").strip()

    def label(self, element: Element) -> str:
        """The label that an attribute gives an element, or names the elements of; empty where it has none."""
        named = (self.ids.get(id) for id in (element.get("aria-labelledby") or "").split())
        words = " ".join(self._content(each) for each in named if each is not None).strip()
        return words or (element.get("aria-label") or "").strip()

    def _content(self, element: Element) -> str:
        """The first words and pictures in an element, as text."""
        if element not in self._read:
            parts, length = [], 0
            for part in self._parts(element):
                parts.append(part[:_LONGEST])
                length += len(part)
                if length > _LONGEST:
                    break
            self._read[element] = "".join(parts)
        return self._read[element]

    def _parts(self, element: Element) -> Iterator[str]:
        for inner in element.iter(etree.Element):
            if inner in self.hidden and inner is not element:
                continue
            if inner.tag == "img":
                yield f" {inner.get('alt') or ''} "
            elif inner.tag not in _UNREAD:
                yield inner.text or (inner.get("aria-label") or "" if inner is not element else "")
            if inner is not element:
                yield inner.tail or ""


def _encoding(content: bytes) -> str | None:
    """UTF-8 if the bytes are that; else what the page says, or else what the parser takes it for."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return None
    return "utf-8"
