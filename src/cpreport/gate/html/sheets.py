"""Style sheets, as far as they are looked at: rules of simple selectors, in light and in dark mode.

What depends on the width of the window, on print or on what a reader does (`:hover`) is not looked at. A selector that
is not understood counts where it may be meant, and makes what it sets unknown.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

MODES = ("light", "dark")
PROPERTIES = {"color", "background", "background-color", "font", "font-size", "font-weight", "color-scheme"} | {
    "display",
    "visibility",
}
MOST_RULES = 20_000
LONGEST_VALUE = 1_000
LONGEST_SELECTORS = 5_000
"""Characters of a value, and of the selectors of one rule; the rest is not looked at."""


_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_END = re.compile(r"[{};]")
_STATE = re.compile(
    r"::|:(?:before|after|first-l|hover|focus|active|target|visited|checked|disabled|placeholder|selection|marker|open)"
)
_COMPOUND = re.compile(
    r"(?P<tag>[a-z][\w-]*|\*)?(?P<more>(?:[.#][\w-]+|\[\s*[\w:-]+\s*(?:=\s*(?:\"[^\"]*\"|'[^']*'|[\w-]+)\s*)?\])*)",
    re.I,
)
_MORE = re.compile(r"([.#])([\w-]+)|\[\s*([\w:-]+)\s*(?:=\s*(?:\"([^\"]*)\"|'([^']*)'|([\w-]+))\s*)?\]")
_UNKNOWN = re.compile(r"\[[^\]]*\]|:[\w-]+(?:\((?:[^()]|\([^()]*\))*\))?")
_HARMLESS = re.compile(r":(?:link|any-link|root)\b")
_WIDE = re.compile(r"(?:only\s+)?(?:screen|all)")
_SCHEME = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)")


Declarations = tuple[tuple[str, str, bool], ...]
"""Each property, its value, and whether it is important."""


class Compound(NamedTuple):
    """What one element must be: `table.wide[scope=col]`; an empty tag is any. `is_child`: of the one before it."""

    tag: str
    id: str
    classes: frozenset[str]
    attributes: tuple[tuple[str, str | None], ...]
    is_child: bool


class StyleRule(NamedTuple):
    """The declarations of one selector. `is_sure`: it was understood in full. `weight` orders those that compete."""

    compounds: tuple[Compound, ...]
    declarations: Declarations
    weight: tuple[bool, int, int, int, int]
    modes: frozenset[str]
    is_sure: bool


@dataclass(slots=True)
class Sheet:
    """All rules of a page, by what the last part of their selector asks for; `attributes` and `ids` they ask for."""

    rules: defaultdict[str, list[StyleRule]] = field(default_factory=lambda: defaultdict(list))
    attributes: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    count: int = 0

    def add(self, text: str, is_page: bool = True) -> None:
        """The rules of a style sheet, the page's or a browser's, after those that are there already."""
        for prelude, body, modes in _blocks(_COMMENT.sub(" ", text), frozenset(MODES)):
            declared = tuple(declarations(body))
            for selector in _split(" ".join(prelude[:LONGEST_SELECTORS].split())) if declared else ():
                if self.count < MOST_RULES and not _STATE.search(selector):
                    self._keep(selector, declared, modes, is_page)

    def _keep(self, selector: str, declared: Declarations, modes: frozenset[str], is_page: bool) -> None:
        self.count += 1
        compounds, is_sure = _compounds(selector)
        if not compounds:
            return
        ids = sum(bool(each.id) for each in compounds)
        classes = sum(len(each.classes) + len(each.attributes) for each in compounds) + selector.count(":root")
        weight = (is_page, ids, classes, sum(bool(each.tag) for each in compounds), self.count)
        last = compounds[-1]
        key = f"#{last.id}" if last.id else f".{min(last.classes)}" if last.classes else last.tag
        self.rules[key].append(StyleRule(compounds, declared, weight, modes, is_sure))
        self.attributes.update(name for each in compounds for name, _ in each.attributes)
        self.ids.update(each.id for each in compounds)

    def candidates(self, tag: str, id: str, classes: Iterable[str]) -> Iterator[StyleRule]:
        keys = ["", tag, *(f".{each}" for each in classes), *([f"#{id}"] if id else [])]
        return chain.from_iterable(self.rules[key] for key in keys if key in self.rules)


def declarations(body: str) -> Iterator[tuple[str, str, bool]]:
    """The properties that are looked at, and variables."""
    for declaration in body.split(";"):
        name, colon, value = declaration.partition(":")
        name = name.strip()
        if colon and (name.startswith("--") or (name := name.lower()) in PROPERTIES):
            text, bang, _ = value[:LONGEST_VALUE].partition("!")
            yield name, text.strip(), bool(bang)


def _blocks(text: str, modes: frozenset[str], deep: int = 3) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Each rule's selectors, its declarations and the modes it is for; rules within rules are left out."""
    begin = at = 0
    while found := _END.search(text, at):
        prelude, at = text[begin : found.start()].strip(), found.end()
        if found[0] == ";":
            begin = at
        elif found[0] == "{":
            begin = at = _closed(text, found.end())
            body = text[found.end() : at - 1]
            if not prelude.startswith("@"):
                yield prelude, body.partition("{")[0], modes
            elif deep and (within := modes & _modes(prelude)):
                yield from _blocks(body, within, deep - 1)


def _closed(text: str, at: int) -> int:
    """Where a block ends that begins here."""
    depth = 1
    while depth and (found := _END.search(text, at)):
        depth += {"{": 1, "}": -1, ";": 0}[found[0]]
        at = found.end()
    return len(text) + 1 if depth else at


def _modes(prelude: str) -> frozenset[str]:
    """The modes in which the rules within an at-rule count; none where they are not looked at."""
    name, _, condition = prelude.lower().partition(" ")
    if name in ("@layer", "@supports"):
        return frozenset(MODES)
    scheme = _SCHEME.search(condition)
    rest = _WIDE.sub("", _SCHEME.sub("", condition)).replace("and", "").strip()
    if name != "@media" or rest:
        return frozenset()
    return frozenset([scheme[1]] if scheme else MODES)


def _split(prelude: str) -> list[str]:
    """The selectors of a rule; a comma within brackets does not end one."""
    return [each.strip() for each in re.split(r",(?![^()\[\]]*[)\]])", prelude) if each.strip()]


def _compounds(selector: str) -> tuple[tuple[Compound, ...], bool]:
    """A selector's parts, from the outermost, and whether they are all of it."""
    plain = _HARMLESS.sub("", selector.replace(":root", "html") if selector.startswith(":root") else selector)
    parts = re.sub(r"\s*([>+~])\s*(?![^\[]*\])", r" \1 ", plain).split()
    is_sure, is_child = True, False
    found: list[Compound] = []
    for part in parts:
        if part in "+~":
            is_sure, found = False, []
        elif part == ">":
            is_child = True
        else:
            match = _COMPOUND.fullmatch(part)
            if not match:
                is_sure = False
                match = _COMPOUND.fullmatch(_UNKNOWN.sub("", part))
            if not match:
                return (), False
            found.append(_compound(match["tag"] or "", match["more"], is_child and bool(found)))
            is_child = False
    return tuple(found), is_sure


def _compound(tag: str, more: str, is_child: bool) -> Compound:
    asked = _MORE.findall(more)
    classes = frozenset(name for sign, name, *_ in asked if sign == ".")
    ids = [name for sign, name, *_ in asked if sign == "#"]
    attributes = tuple(
        (attribute, "".join(values) if "=" in more else None) for sign, _, attribute, *values in asked if not sign
    )
    return Compound("" if tag == "*" else tag.lower(), "".join(ids[:1]), classes, attributes, is_child)
