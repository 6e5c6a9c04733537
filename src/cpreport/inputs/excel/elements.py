"""XML parts read element by element."""

from __future__ import annotations

from collections.abc import Callable

from cpreport.model.xml import parse, safe_parser

Visit = Callable[[str, dict[str, str]], None]


def visit_elements(part: bytes, visit: Visit) -> None:
    """Call `visit` with the name, without a prefix, and the attributes of each element of a part, if there is one."""
    if not part:
        return
    parser = safe_parser()
    parser.StartElementHandler = lambda name, attributes: visit(name.rpartition(":")[2], attributes)
    parse(parser, part)
