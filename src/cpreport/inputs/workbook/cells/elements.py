"""XML parts read element by element. What extensions add is of another namespace, and is none of its elements."""

from __future__ import annotations

from collections.abc import Callable

from cpreport.office.xml import NAMESPACE_END, parse, safe_parser

Visit = Callable[[str, dict[str, str]], None]


def visit_elements(part: bytes, visit: Visit) -> None:
    """Call `visit` with the name and attributes of each element of a part's own namespace, if there is a part.

    Names are without a namespace; those of attributes with it, if they have one.
    """
    if not part:
        return
    own: list[str] = []

    def start(element: str, attributes: dict[str, str]) -> None:
        namespace, _, name = element.rpartition(NAMESPACE_END)
        if not own:
            own.append(namespace)
        if namespace == own[0]:
            visit(name, attributes)

    parser = safe_parser(namespaces=True)
    parser.StartElementHandler = start
    parse(parser, part)


def item_texts(part: bytes) -> list[str]:
    """The whole text of each item of a part of shared strings."""
    texts: list[str] = []

    def start(element: str, _: dict[str, str]) -> None:
        if element.rpartition(NAMESPACE_END)[2] == "si":
            texts.append("")

    def add(text: str) -> None:
        if texts:
            texts[-1] += text

    parser = safe_parser(namespaces=True)
    parser.StartElementHandler, parser.CharacterDataHandler = start, add
    parse(parser, part)
    return texts
