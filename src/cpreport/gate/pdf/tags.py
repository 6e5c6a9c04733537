"""The tags of a PDF: what a screen reader goes through, as a list of elements in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from cpreport.gate.pdf.objects import Objects, Values

MOST_ELEMENTS = 250_000
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
    return list(_elements(objects)) if objects.is_marked else []


def _elements(objects: Objects) -> Iterator[Element]:
    tree = objects.dictionary(objects.root.get("/StructTreeRoot"))
    pages = {reference: number for number, reference in enumerate(objects.pages, start=1)}
    seen: set[str] = set()
    waiting: list[tuple[Any, Element | None]] = [(tree.get("/K"), None)]
    number = 0
    while waiting and number < MOST_ELEMENTS:
        value, parent = waiting.pop()
        if isinstance(value, str):
            if value in seen:
                continue
            seen.add(value)
        kid = objects.value(value)
        if isinstance(kid, list):
            waiting += [(each, parent) for each in reversed(kid)]
        elif isinstance(kid, dict) and "/S" in kid:
            element = _element(objects, tree, kid, parent, pages)
            number += 1
            yield element
            if element.depth < MOST_DEEP:
                waiting.append((kid.get("/K"), element))
        elif parent and isinstance(kid, (int, dict)):
            _contain(objects, parent, kid if isinstance(kid, dict) else {}, pages)


def _element(objects: Objects, tree: Values, kid: Values, parent: Element | None, pages: dict[str, int]) -> Element:
    element = Element(
        _standard(objects, objects.dictionary(tree.get("/RoleMap")), objects.name(kid["/S"])),
        pages.get(str(kid.get("/Pg")), 0),
        objects.text(kid.get("/Alt")) or objects.text(kid.get("/ActualText")),
        parent,
    )
    if parent:
        element.depth = parent.depth + 1
        element.table = parent if parent.type == "Table" else parent.table
        element.is_described = bool(parent.is_described or parent.alternative)
    if element.type in ("TH", "TD") and element.table:
        element.table.cells.append(element)
        element.attributes = tuple(_attributes(objects, objects.dictionary(tree.get("/ClassMap")), kid))
    return element


def _standard(objects: Objects, roles: Values, type: str) -> str:
    """The standard type that an author's own type stands for."""
    for _ in range(10):
        role = objects.name(roles.get(f"/{type}"))
        if not role or role == type:
            break
        type = role
    return type


def _attributes(objects: Objects, classes: Values, kid: Values) -> Iterator[Values]:
    named = (classes.get(f"/{objects.name(each)}") for each in objects.array(kid.get("/C")))
    for value in (kid.get("/A"), *named):
        yield from (each for each in map(objects.dictionary, objects.array(value)) if each.get("/O") == "/Table")


def _contain(objects: Objects, element: Element, content: Values, pages: dict[str, int]) -> None:
    """Words or a picture in an element, or an annotation, are also in those that it is in."""
    around: Element | None = element
    if "/Obj" in content:
        element.annotations.append(objects.dictionary(content["/Obj"]))
        around = element.parent if element.type == "Link" else element
    page = pages.get(str(content.get("/Pg")), 0)
    while around and not around.has_content:
        around.has_content = True
        around.page = around.page or page or element.page
        around = around.parent
