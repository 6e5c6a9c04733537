"""The gate on Word documents: each fault is found alone, in every part, with its place; a sound document has none."""

from __future__ import annotations

import pytest

from cpreport.gate.document import check_document
from cpreport.model.finding import Finding

from .documents import word
from .example_month import Document
from .rules.document import EXAMPLES


def found(content: bytes) -> list[Finding]:
    return check_document(content, "report.docx")


def test_the_document_that_is_changed_has_no_finding() -> None:
    assert found(word()) == []


@pytest.mark.parametrize("code", EXAMPLES)
def test_a_fault_is_found_alone_and_a_near_miss_is_not(code: str) -> None:
    for change, codes in ((EXAMPLES[code].fires, [code]), (EXAMPLES[code].silent, [])):
        for document in change.values():
            assert isinstance(document, Document)
            assert [finding.code for finding in found(document.content)] == codes
