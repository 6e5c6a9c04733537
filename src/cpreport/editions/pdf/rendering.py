"""A publication as a PDF: what is in it, how it looks, how it is tagged."""

from __future__ import annotations

import json
from typing import Any

from cpreport.editions.columns import Columns
from cpreport.editions.pdf.content import MARGIN, Content
from cpreport.editions.pdf.row_headers import with_row_headers
from cpreport.editions.pdf.shown import hides
from cpreport.editions.pdf.typesetting import PAGE, Typesetter
from cpreport.editions.seal import AUDIT, DIGEST, DIGEST_PLACEHOLDER, ORIGIN
from cpreport.editions.texts import document_title
from cpreport.editions.widths import Look, Room
from cpreport.model.document import Publication, RowKind
from cpreport.model.errors import InputError
from cpreport.model.finding import Place
from cpreport.model.rules.page import HIDDEN

_REGION = 2
"""How long the name of a region is in a language such as en-GB."""

_BOLD = ("semibold", "bold", "extrabold", "black")


def render_pdf(publication: Publication, page_typ: str) -> bytes:
    """The report in the look of page.typ; the same publication gives the same bytes.

    Raises InputError for mistakes in page.typ, for characters that the fonts do not have and for tables that are wider
    than a page; EnvironmentFailure where typst is not installed.
    """
    report = publication.report
    with Typesetter(page_typ) as typesetter:
        upright, across, *seen = typesetter.room()
        headings, text, direction, total = map(_look, seen)
        looks = {None: headings, RowKind.DIRECTION: direction, RowKind.TOTAL: total}
        columns = Columns(lambda _, row: looks.get(row, text), lambda _: 2 * MARGIN)
        content = Content(publication, columns, _room(upright), _room(across), text)
        language, *more = report.language.split("-")
        title = document_title(report.cover.title, report.cover.period)
        values = {
            "title": content.words(title),
            "author": content.words(report.cover.authority),
            "keywords": f"{DIGEST}={DIGEST_PLACEHOLDER}; {AUDIT}={publication.audit}; {ORIGIN}={publication.origin}",
            "lang": language,
            "region": next((each for each in more if len(each) == _REGION), ""),
            "mark": content.words(content.mark),
            "footer": content.words(title),
            "parts": content.parts,
        }
        if content.findings:
            raise InputError(*content.findings)
        made = typesetter.pdf({"report.json": json.dumps(values), **content.files})
    if hides(made, content.parts, len(content.files)):
        raise InputError(HIDDEN.at(Place(PAGE)))
    return with_row_headers(made)


def _room(seen: dict[str, float]) -> Room:
    return Room(*(int(20 * seen[name]) for name in ("width", "height", "beyond")))


def _look(seen: dict[str, Any]) -> Look:
    fonts = [seen["font"]] if isinstance(seen["font"], str) else seen["font"]
    is_bold = seen["bold"] in _BOLD if isinstance(seen["bold"], str) else seen["bold"] >= 600
    return Look(round(20 * seen["size"]), is_bold, str(fonts[0]))
