"""What stands in or beside the words: pictures, charts, shapes, links, controls, comments, tracked changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from cpreport.gate.places import quoted
from cpreport.gate.word.charts import check_chart
from cpreport.gate.word.colours import Colours
from cpreport.gate.word.gathered import Gathered
from cpreport.gate.word.names import WP, A, C, O, R, V, W, is_true, names, value
from cpreport.gate.words import is_address, is_alone, is_poor, is_vague
from cpreport.model.rules import document as rules
from cpreport.office.parts import Element

_P, _T, _DRAWING, _PICT, _OBJECT, _SDT, _LINK, _FRAME = names(
    "p", "t", "drawing", "pict", "object", "sdt", "hyperlink", "framePr"
)
_FIELD, _SIMPLE, _CODE = names("fldChar", "fldSimple", "instrText")
_CHANGES = names(*("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "numberingChange"))
_CHANGES += names(
    *(f"{kind}Change" for kind in ("rPr", "pPr", "sectPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr"))
)
_KINDS = {
    "chart": "a chart",
    "chartex": "a chart",
    "picture": "a picture",
    "diagram": "a SmartArt graphic",
    "wordprocessingShape": "a shape",
    "wordprocessingGroup": "a group of shapes",
    "wordprocessingCanvas": "a drawing",
}
_SHAPES = {f"{V}{name}" for name in ("shape", "group", "rect", "roundrect", "oval", "line", "polyline", "arc", "image")}
_FARTHEST = 20
"""How many paragraphs above an object are looked at for words that name its place."""

_HYPERLINK = re.compile(r"\s*HYPERLINK\b", re.IGNORECASE)
_NO_CONTROLS = frozenset(names("docPartObj", "docPartList", "group", "citation", "bibliography", "equation"))
_OF_GOOGLE = "goog_rdk"
"""What begins the tags of what Google Docs writes around its own marks."""


class Objects:
    """Looks at what a text has in or beside its words; `owner` is whose text it is, empty for the document's own.

    `chart` gives the root of a chart by the id that a drawing names it by.
    """

    def __init__(
        self, gathered: Gathered, owner: str, chart: Callable[[str], Element | None], colours: Colours
    ) -> None:
        self._gathered, self._owner, self._chart, self._colours = gathered, owner, chart, colours
        self._looks: dict[str, Callable[[Element], None]] = {
            _DRAWING: self._drawing,
            _PICT: self._old_drawing,
            _OBJECT: self._old_drawing,
            _SDT: self._control,
            _LINK: lambda link: self._link(link, _text(link)),
            _SIMPLE: self._simple_field,
            _FRAME: self._frame,
            **dict.fromkeys(_CHANGES, self._change),
        }

    def check(self, root: Element) -> None:
        for each in root.iter(*self._looks):
            self._looks[each.tag](each)
        for link, words in _coded_links(root):
            self._link(link, words)

    def _near(self, element: Element) -> str:
        """The words beside an element, and whose they are: ` in 'Care leavers', the footer of section 2`."""
        paragraph = next(element.iterancestors(_P), element)
        text, before = _text(paragraph), "in"
        if not text.strip():
            above = (_text(each) for each in islice(paragraph.itersiblings(_P, preceding=True), _FARTHEST))
            text, before = next((each for each in above if each.strip()), ""), "after"
        places = [f"{before} {quoted(text)}"] if text.strip() else []
        if self._owner:
            places.append(self._in_owner.strip())
        return f" {', '.join(places) or 'at the beginning'}"

    @property
    def _in_owner(self) -> str:
        return f" in {self._owner}" if self._owner else ""

    def _drawing(self, drawing: Element) -> None:
        data = next(drawing.iter(f"{A}graphicData"), None)
        what = _KINDS.get("" if data is None else (data.get("uri") or "").rpartition("/")[2], "an object")
        named = next(drawing.iter(f"{WP}docPr"), None)
        words = next((text for each in drawing.iter(f"{W}txbxContent") if (text := _text(each)).strip()), "")
        is_decorative = any(is_true(each.get("val")) for each in drawing.iter("{*}decorative"))
        is_floating = drawing.find(f"{WP}anchor") is not None and not is_decorative
        self._floats(is_floating, what, words, drawing)
        shown = next(drawing.iter(f"{C}chart"), None)
        if shown is not None and (chart := self._chart(shown.get(f"{R}id") or "")) is not None:
            check_chart(chart, f"a chart{self._near(drawing)}", self._colours, self._gathered)
        if not is_decorative and not words:
            alternative = "" if named is None else named.get("descr") or ""
            self._alternative(alternative, what, drawing)

    def _old_drawing(self, picture: Element) -> None:
        """A drawing in VML, or an object of another program, which is shown as one."""
        shapes = [each for each in picture if each.tag in _SHAPES and each.get(f"{O}hr") not in ("t", "true")]
        for shape in shapes:
            words = next((text for each in shape.iter(f"{W}txbxContent") if (text := _text(each)).strip()), "")
            art = next((each.get("string") or "" for each in shape.iter(f"{V}textpath")), "")
            if art and "WaterMark" in (shape.get("id") or ""):
                continue
            is_floating = "position:absolute" in (shape.get("style") or "").replace(" ", "")
            self._floats(is_floating, "a drawing", words, picture)
            if not words:
                what = "an object of another program" if picture.tag == _OBJECT else "a drawing"
                self._alternative(shape.get("alt") or shape.get("title") or art, what, picture)

    def _floats(self, is_floating: bool, what: str, words: str, drawing: Element) -> None:
        """A text box stands outside the text wherever it is; a logo may float in a header or footer."""
        if words or (is_floating and not self._owner):
            thing = f"the text box {quoted(words)}" if words else what
            self._gathered.add(rules.FLOATING, f"{thing}{self._near(drawing)}")

    def _alternative(self, alternative: str, what: str, drawing: Element) -> None:
        if not alternative.strip():
            self._gathered.add(rules.NO_ALTERNATIVE, f"{what}{self._near(drawing)}")
        elif is_poor(alternative):
            self._gathered.add(rules.POOR_ALTERNATIVE, f"{quoted(alternative)} of {what}{self._near(drawing)}")

    def _control(self, control: Element) -> None:
        properties = control.find(f"{W}sdtPr")
        if properties is None or (properties.find(f"{W}alias") is not None and value(properties.find(f"{W}alias"))):
            return
        if value(properties.find(f"{W}tag")).startswith(_OF_GOOGLE):
            return
        if not any(each.tag in _NO_CONTROLS or "repeatingSection" in str(each.tag) for each in properties):
            words = _text(control)
            place = f"{quoted(words)}{self._in_owner}" if words.strip() else f"an empty one{self._near(control)}"
            self._gathered.add(rules.CONTROL_WITHOUT_TITLE, place)

    def _link(self, link: Element, words: str) -> None:
        text = words.strip()
        if is_address(text):
            self._gathered.add(rules.BARE_ADDRESS, f"{quoted(text)}{self._near(link)}")
        elif is_vague(text) and not _is_entry(link, text):
            self._gathered.add(rules.LINK_TEXT, f"{quoted(text)}{self._near(link)}")

    def _simple_field(self, field: Element) -> None:
        if _HYPERLINK.match(field.get(f"{W}instr") or ""):
            self._link(field, _text(field))

    def _frame(self, frame: Element) -> None:
        """A frame around a paragraph; the large first letter of one, and a page number's, are not meant."""
        paragraph = next(frame.iterancestors(_P), None)
        words = "" if paragraph is None else _text(paragraph)
        if words.strip() and not self._owner and frame.get(f"{W}dropCap") in (None, "none"):
            self._gathered.add(rules.FLOATING, f"the frame {quoted(words)}")

    def _change(self, change: Element) -> None:
        self._gathered.add(rules.TRACKED_CHANGES, self._near(change).strip())


def _is_entry(link: Element, words: str) -> bool:
    """Whether a link is an entry of contents: within the document, with nothing but a number beside it."""
    paragraph = next(link.iterancestors(_P), None)
    return link.get(f"{W}anchor") is not None and paragraph is not None and is_alone(words, _text(paragraph))


def check_comments(root: Element, gathered: Gathered) -> None:
    """The comments of a document, all of which are too many."""
    for each in root.iter(f"{W}comment"):
        words = _text(each)
        said = quoted(words) if words.strip() else "one without words"
        gathered.add(rules.COMMENTS, f"{said} by {each.get(f'{W}author') or 'somebody'}")


def _text(element: Element) -> str:
    """The words in an element, of paragraphs with a space between them, each without those of text boxes in it."""
    if element.tag == _P:
        words = element.iter(_T, f"{W}delText")
        return "".join(each.text or "" for each in words if next(each.iterancestors(_P)) is element)
    if element.tag in (_LINK, _SIMPLE):
        return "".join(each.text or "" for each in element.iter(_T))
    return " ".join(_text(each) for each in element.iter(_P)) or "".join(each.text or "" for each in element.iter(_T))


def _coded_links(root: Element) -> Iterator[tuple[Element, str]]:
    """The links that are fields, each with its words."""
    if next(root.iter(_FIELD), None) is None:
        return
    open_fields: list[list[str]] = []
    for each in root.iter(_FIELD, _CODE, _T):
        kind = each.get(f"{W}fldCharType") if each.tag == _FIELD else None
        if kind == "begin":
            open_fields.append(["", ""])
        elif kind == "end" and open_fields:
            code, words = open_fields.pop()
            if _HYPERLINK.match(code):
                yield each, words
        elif open_fields and not kind:
            open_fields[-1][each.tag == _T] += each.text or ""
