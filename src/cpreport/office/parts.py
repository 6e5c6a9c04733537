"""An Office file's parts while they are changed. One that is not changed keeps its bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count
from typing import Any, NamedTuple

from lxml import etree as etree  # type: ignore[import-untyped]

from cpreport.model.errors import UsageError
from cpreport.office.package import Relation, key_of, relation, relationships_of
from cpreport.office.xml import damaged

Element = Any
"""An element of lxml, which has no types."""

DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
"""The namespace of the relationships of Office files, and what their types begin with."""

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "[Content_Types].xml"
_ROWS = re.compile(rb"<((?:\w+:)?)sheetData(?:\s[^<>]*)?(?<!/)>")
_HELD = b"<?cpreport-rows?>"
_LARGEST = 32 * 2**20


class _Tree(NamedTuple):
    """A parsed part. A worksheet's rows are kept aside as they are, in `rows`."""

    root: Element
    before: bytes
    rows: bytes


class Parts:
    """Parts by name, in any case of letters, in the order of the file; new ones come last."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._contents = dict(parts)
        self._names = {key_of(name): name for name in parts}
        self._trees: dict[str, _Tree] = {}

    def __contains__(self, name: str) -> bool:
        return key_of(name) in self._names

    def names(self, ending: str) -> list[str]:
        """The parts whose names end like this, in lower case."""
        return [name for name in self._names if name.endswith(ending)]

    def content(self, name: str) -> bytes:
        """A part's bytes, without changes of its elements; empty if there is no such part."""
        return self._contents.get(self._names.get(key_of(name), ""), b"")

    def root(self, name: str, with_rows: bool = False) -> Element:
        """A part's root element, to be changed in place; a worksheet's without its rows, unless they are wanted.

        Raises InputError if it is not well-formed XML, UsageError if it is very large.
        """
        key = key_of(name)
        if key not in self._trees:
            self._trees[key] = _parsed(name, self.content(name), with_rows)
        return self._trees[key].root

    def write(self, name: str, content: bytes, content_type: str = "") -> None:
        """Adds a part or replaces it; a new one may state its content type."""
        self._contents[self._names.setdefault(key_of(name), name)] = content
        self._trees.pop(key_of(name), None)
        if content_type:
            self._forget_type(name)
            stated = {"PartName": f"/{name}", "ContentType": content_type}
            etree.SubElement(self.root(_TYPES), _typed("Override"), stated)

    def add(self, source: str, kind: str, name: str, content: bytes, content_type: str = "") -> str:
        """A new part to which a relationship of another part leads; the relationship's id."""
        self.write(name, content, content_type)
        return self._relate(source, f"{DOCUMENT}/{kind}", name)

    def remove(self, name: str, source: str = "") -> None:
        """Takes a part out with its relationships, its content type, and what leads to it from another part."""
        if source:
            self._unrelate(source, name)
        for known in (name, relationships_of(name)):
            self._contents.pop(self._names.pop(key_of(known), ""), None)
            self._trees.pop(key_of(known), None)
        self._forget_type(name)

    def free_name(self, name: str) -> str:
        """A name for a new part that no part has: put in at `{}` is the first number that is free."""
        return next(each for each in map(name.format, count(1)) if each not in self)

    def set_extension(self, extension: str, content_type: str) -> None:
        """Sets the content type of parts with this ending, if none is set yet."""
        types = self.root(_TYPES)
        if all(known.get("Extension", "").lower() != extension for known in types.findall(_typed("Default"))):
            default = etree.Element(_typed("Default"), Extension=extension, ContentType=content_type)
            types.insert(0, default)

    def relations(self, source: str) -> dict[str, Relation]:
        """The relationships of a part (of the package itself: '') to parts that are there, by their ids."""
        found = (relation(source, each.attrib) for each in self._relationships(source))
        return {each.id: each for each in found if not each.is_external and each.part in self}

    def related(self, source: str, kind: str) -> str:
        """The first part to which a relationship of this kind leads; '' if there is none."""
        return next((each.part for each in self.relations(source).values() if each.kind == kind), "")

    def ensured(self, source: str, kind: str, name: str, content: bytes, content_type: str) -> str:
        """The part to which a relationship of this kind leads; if there is none, it is made under this name."""
        known = self.related(source, kind)
        if not known:
            self.add(source, kind, name, content, content_type)
        return known or name

    def _relate(self, source: str, type: str, part: str) -> str:
        """A new relationship from a part to another; its id."""
        name = relationships_of(source)
        if name not in self:
            self.write(name, f'<Relationships xmlns="{_PACKAGE}/relationships"/>'.encode())
        known = {each.get("Id") for each in self._relationships(source)}
        id = next(id for id in map("rId{}".format, count(len(known) + 1)) if id not in known)
        stated = {"Id": id, "Type": type, "Target": f"/{part}"}
        etree.SubElement(self.root(name), f"{{{_PACKAGE}/relationships}}Relationship", stated)
        return id

    def _unrelate(self, source: str, part: str) -> None:
        """Takes out what leads from a part to another; with the last relationship goes the part that held them."""
        for each in self._relationships(source):
            known = relation(source, each.attrib)
            if key_of(known.part) == key_of(part) and not known.is_external:
                each.getparent().remove(each)
        if not self._relationships(source):
            self.remove(relationships_of(source))

    @property
    def is_signed(self) -> bool:
        """Whether the package has digital signatures, which hold for it as it is."""
        return bool(self.related("", "origin")) or bool(self.names(".sigs"))

    def contents(self) -> dict[str, bytes]:
        """All parts as they are now."""
        for key, tree in self._trees.items():
            if _written(tree.root) != tree.before:
                self._contents[self._names[key]] = _written(tree.root).replace(_HELD, tree.rows, 1)
        return self._contents

    def _forget_type(self, name: str) -> None:
        for override in self.root(_TYPES).findall(_typed("Override")):
            if key_of(override.get("PartName", "")) == key_of(name):
                override.getparent().remove(override)

    def _relationships(self, source: str) -> list[Element]:
        name = relationships_of(source)
        return list(self.root(name).iterchildren("{*}Relationship")) if name in self else []


def parsed_root(content: bytes, what: str = "a part of it") -> Element:
    """The root element of an XML part. Raises InputError if it is not well-formed or has a DTD."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = f"not well-formed XML ({error})" if content else "missing"
        raise damaged(f"{what} is {reason}") from error
    if root.getroottree().docinfo.doctype:
        raise damaged(f"{what} declares an XML document type")
    return root


def _parsed(name: str, content: bytes, with_rows: bool) -> _Tree:
    shortened, rows = (content, b"") if with_rows else _without_rows(content)
    if len(shortened) > _LARGEST:
        raise UsageError(f"it cannot be changed: its part {name} is larger than {_LARGEST // 2**20} MiB")
    root = parsed_root(shortened, f"its part {name}")
    return _Tree(root, _written(root), rows)


def _without_rows(content: bytes) -> tuple[bytes, bytes]:
    """A worksheet with a mark in place of its rows, and the rows: they may be many, and they are not changed."""
    start = _ROWS.search(content)
    end = content.rfind(b"</%ssheetData" % start[1]) if start else -1
    if start is None or end < start.end():
        return content, b""
    return content[: start.end()] + _HELD + content[end:], content[start.end() : end]


def _written(root: Element) -> bytes:
    written: bytes = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _typed(name: str) -> str:
    return f"{{{_PACKAGE}/content-types}}{name}"
