"""A PDF, whoever made it: what keeps people with a screen reader, or without a mouse, from reading it."""

from __future__ import annotations

from cpreport.gate.pdf.objects import Objects, Refused
from cpreport.gate.pdf.pages import page_findings
from cpreport.gate.pdf.properties import claim_findings, property_findings
from cpreport.gate.pdf.structure import structure_findings
from cpreport.gate.pdf.tags import read_elements
from cpreport.model.finding import Finding, Place
from cpreport.model.rules.document import RESTRICTED, UNREADABLE


def check_pdf(content: bytes, name: str) -> list[Finding]:
    """What is wrong with a PDF in a file of this name; one error where it cannot be read."""
    try:
        objects = Objects(content)
    except Refused as refused:
        place = Place(file=name)
        if refused.for_password:
            return [RESTRICTED.at(place, where="it cannot be opened without a password")]
        return [UNREADABLE.at(place, reason="the PDF is damaged or not complete")]
    elements = read_elements(objects)
    described = {each.page for each in elements if each.alternative}
    findings = [
        *property_findings(objects, name),
        *structure_findings(elements, len(objects.pages), name),
        *page_findings(objects, name, described, bool(elements)),
    ]
    return findings + claim_findings(objects, name, findings)
