"""The gate on PDFs: each fault is found alone, and a sound document has none, as an independent checker says too."""

from __future__ import annotations

import pytest

from cpreport.gate.document import check_document

from .example_month import Document
from .pdf_file import pdf
from .rules.web import EXAMPLES

OF_PDF = [code for code, example in EXAMPLES.items() if "report.pdf" in example.fires]


def codes(content: bytes) -> list[str]:
    return [finding.code for finding in check_document(content, "report.pdf")]


def test_the_document_that_is_changed_has_no_finding() -> None:
    assert codes(pdf()) == []


@pytest.mark.parametrize("code", OF_PDF)
def test_a_fault_is_found_alone_and_a_near_miss_is_not(code: str) -> None:
    causes = ["pdf.link-without-description"] if code == "pdf.false-claim" else []
    for change, expected in ((EXAMPLES[code].fires, [*causes, code]), (EXAMPLES[code].silent, [])):
        for document in change.values():
            assert isinstance(document, Document)
            assert codes(document.content) == expected
