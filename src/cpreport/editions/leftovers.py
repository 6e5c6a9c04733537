"""What an editor leaves in shell.docx that no report may have: tracked changes, comments and hidden text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from cpreport.editions.shell import SHELL, in_paragraph, kind_of_part
from cpreport.editions.styles import Styles
from cpreport.editions.wordml import is_on, value
from cpreport.model.finding import Finding
from cpreport.model.rules.definition import SHELL_LEFTOVER

_CHANGES = tuple(
    qn(f"w:{name}")
    for name in (
        *("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "numberingChange"),
        *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "tblGridChange"),
        *("trPrChange", "tcPrChange"),
    )
)
_COMMENTS = tuple(qn(f"w:{name}") for name in ("comment", "commentReference", "commentRangeStart"))


def leftovers(roots: Iterable[BaseOxmlElement], styles: Styles) -> list[Finding]:
    """A finding for each kind, with the first place where it is. `roots` are the parts of the document."""
    found: dict[str, Finding] = {}
    for root in roots:
        kinds = (
            ("tracked changes", "accept or reject them all (Review > Accept)", root.iter(*_CHANGES)),
            ("comments", "delete them all (Review > Delete)", root.iter(*_COMMENTS)),
            ("hidden text", "show it (Home > ¶), delete it or clear Hidden in its font", _hidden(root, styles)),
        )
        for what, fix, places in kinds:
            first = next(iter(places), None)
            if first is not None and what not in found:
                where = _where(first, kind_of_part(root))
                them = "it" if what == "hidden text" else "them"
                found[what] = SHELL_LEFTOVER.at(SHELL, what=what, where=where, them=them, fix=fix)
    return list(found.values())


def _hidden(root: BaseOxmlElement, styles: Styles) -> Iterator[BaseOxmlElement]:
    """The runs whose words are hidden, by themselves or by their styles."""
    for run in root.iter(qn("w:r")):
        if any((text.text or "").strip() for text in run.findall(qn("w:t"))) and _is_hidden(run, styles):
            yield run


def _is_hidden(run: BaseOxmlElement, styles: Styles) -> bool:
    own = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    if own is not None:
        return is_on(own)
    paragraph = next(run.iterancestors(qn("w:p")), None)
    looks = [run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")]
    looks += [] if paragraph is None else [paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")]
    return any(is_on(styles.inherited(value(look), "./w:rPr/w:vanish")) for look in looks if look is not None)


def _where(element: BaseOxmlElement, part: str) -> str:
    """The paragraph around an element, deleted words included; where it has none, the part."""
    paragraph = next(element.iterancestors(qn("w:p")), None)
    texts = () if paragraph is None else paragraph.iter(qn("w:t"), qn("w:delText"))
    return in_paragraph("".join(text.text or "" for text in texts), part) or f" (in a {part})"
