"""The tags of a PDF: what a screen reader goes through, as a list of elements in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from cpreport.gate.pdf.objects import Objects, Values

MOST_ELEMENTS = 250_000
MOST_ROLES = 10
MOST_STATED = 10
"""How many classes a cell may have, and each how many groups of attributes."""

MOST_DEEP = 250
"""What is deeper in the tree is not read: no program writes such files."""


@dataclass(slots=True)
class Element:
    """An element by its standard type, such as H1, TD or Figure.

    `page` is from 1, 0 where the file does not say. `alternative` is its alternative or actual text; `is_described`:
    one that it is in has such a text. `attributes` and `cells` are of tables. A link that has only its place on the
    page, one of the `annotations`, and no words has no content.
    """

    type: str
    page: int = 0
    alternative: str = ""
    parent: Element | None = None
    table: Element | None = None
    depth: int = 0
    has_content: bool = False
    is_described: bool = False
    attributes: tuple[Values, ...] = ()
    cells: list[Element] = field(default_factory=list)
    annotations: list[Values] = field(default_factory=list)


def read_elements(objects: Objects) -> list[Element]:
    """The elements of the structure tree in reading order, each once; none if the file says that it has no tags."""
    return list(_Tags(objects).elements()) if objects.is_marked else []


class _Tags:
    """The structure tree of a file."""

    def __init__(self, objects: Objects) -> None:
        tree = objects.dictionary(objects.root.get("/StructTreeRoot"))
        self._objects, self._kids = objects, tree.get("/K")
        self._roles = objects.dictionary(tree.get("/RoleMap"))
        self._classes = objects.dictionary(tree.get("/ClassMap"))
        self._pages = {reference: number for number, reference in enumerate(objects.pages, start=1)}
        self._standard = cache(self._role)

    def elements(self) -> Iterator[Element]:
        seen: set[str] = set()
        waiting: list[tuple[Any, Element | None]] = [(self._kids, None)]
        number = 0
        while waiting and number < MOST_ELEMENTS:
            value, parent = waiting.pop()
            if isinstance(value, str):
                if value in seen:
                    continue
                seen.add(value)
            kid = self._objects.value(value)
            if isinstance(kid, list):
                waiting += [(each, parent) for each in reversed(kid)]
            elif isinstance(kid, dict) and "/S" in kid:
                element = self._element(kid, parent)
                number += 1
                yield element
                if element.depth < MOST_DEEP:
                    waiting.append((kid.get("/K"), element))
            elif parent and isinstance(kid, (int, dict)):
                self._contain(parent, kid if isinstance(kid, dict) else {})

    def _element(self, kid: Values, parent: Element | None) -> Element:
        words = [self._objects.text(kid[key]) for key in ("/Alt", "/ActualText") if key in kid]
        type, page = self._standard(self._objects.name(kid["/S"])), self._page(kid)
        element = Element(type, page, next(filter(None, words), ""), parent)
        if parent:
            element.depth = parent.depth + 1
            element.table = parent if parent.type == "Table" else parent.table
            element.is_described = bool(parent.is_described or parent.alternative)
        if element.table and type in ("TH", "TD"):
            element.table.cells.append(element)
            element.attributes = tuple(self._attributes(kid))
        return element

    def _role(self, type: str) -> str:
        """The standard type that an author's own type stands for."""
        for _ in range(MOST_ROLES):
            role = self._objects.name(self._roles.get(f"/{type}"))
            if not role or role == type:
                break
            type = role
        return type

    def _page(self, values: Values) -> int:
        """The number of the page that something is on; 0 where it does not say."""
        page = values.get("/Pg")
        return self._pages.get(page, 0) if isinstance(page, str) else 0

    def _attributes(self, kid: Values) -> Iterator[Values]:
        """What is said of a cell, by itself or by a class of cells."""
        classes = map(self._objects.name, self._objects.array(kid.get("/C"))[:MOST_STATED])
        for value in (kid.get("/A"), *(self._classes.get(f"/{each}") for each in classes)):
            stated = map(self._objects.dictionary, self._objects.array(value)[:MOST_STATED])
            yield from (each for each in stated if each.get("/O") == "/Table")

    def _contain(self, element: Element, content: Values) -> None:
        """Words or a picture in an element, or an annotation, are also in those that it is in."""
        around: Element | None = element
        if "/Obj" in content:
            element.annotations.append(self._objects.dictionary(content["/Obj"]))
            around = element.parent if element.type == "Link" else element
        page = self._page(content) or element.page
        while around and not around.has_content:
            around.has_content = True
            around.page = around.page or page
            around = around.parent
