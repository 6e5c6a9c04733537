"""The gate on web pages: each fault is found alone, at its line; a sound page has none."""

from __future__ import annotations

import pytest

from cpreport.gate.document import check_document

from .example_month import Document
from .rules.web import EXAMPLES
from .web_page import html

OF_HTML = [code for code, example in EXAMPLES.items() if "report.html" in example.fires]


def codes(content: bytes) -> list[str]:
    return [finding.code for finding in check_document(content, "report.html")]


def test_the_page_that_is_changed_has_no_finding() -> None:
    assert codes(html()) == []


@pytest.mark.parametrize("code", OF_HTML)
def test_a_fault_is_found_alone_and_a_near_miss_is_not(code: str) -> None:
    for change, expected in ((EXAMPLES[code].fires, [code]), (EXAMPLES[code].silent, [])):
        for document in change.values():
            assert isinstance(document, Document)
            assert codes(document.content) == expected
