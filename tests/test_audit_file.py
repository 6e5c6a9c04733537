"""Audit files: JSON that a person can read."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction

from cpreport.editions.audit import audit_file
from cpreport.model.audit import Audit, AuditedFigure, AuditedFinding, AuditedIndicator, AuditedInput, AuditedText

AUDIT = Audit(
    version="1.0",
    title="Report",
    authority="",
    period="Jul 2023",
    data_as_at=date(2023, 7, 31),
    place="packaged: corporate-parenting",
    workbook="july-2023.xlsx",
    options={"period": "Jul 2023"},
    inputs=(AuditedInput("july-2023.xlsx", "0f"), AuditedInput("a\udce4.md", "1e", "on another drive")),
    indicators=(AuditedIndicator("far", "Placed far away", {"measure": "percentage"}, newest="Jul 23"),),
    figures=(
        AuditedFigure(
            *("care", "far", "Placed far away", "13.5% (83/617)", Fraction(8300, 617), "present", "Jul 23"),
            formula="100 × 83 ÷ 617",
            cells=("Data!N4", "Data!N5"),
            rules=("data.jump",),
        ),
        AuditedFigure("care", "far", "Placed “far” away", "no data", None, "no data", "Jun 23"),
    ),
    texts=(AuditedText("care", "good", "What went well", "2d"),),
    findings=(AuditedFinding("warning", "data.jump", "It jumps", file="july-2023.xlsx", place="Data!N4"),),
)


def test_it_is_read_by_a_person_figure_by_figure() -> None:
    lines = audit_file(AUDIT).decode().split("\n")

    assert lines[:9] == [
        "{",
        '  "version": "1.0",',
        '  "title": "Report",',
        '  "authority": "",',
        '  "period": "Jul 2023",',
        '  "data_as_at": "2023-07-31",',
        '  "place": "packaged: corporate-parenting",',
        '  "workbook": "july-2023.xlsx",',
        '  "is_draft": false,',
    ]
    at = lines.index('  "figures": [')
    assert lines[at + 1 : at + 6] == [
        "    {",
        '      "section": "care", "subject": "far", "title": "Placed far away", "text": "13.5% (83/617)", '
        '"value": "8300/617",',
        '      "state": "present", "period": "Jul 23", "formula": "100 × 83 ÷ 617", "cells": ["Data!N4", "Data!N5"],',
        '      "rules": ["data.jump"]',
        "    },",
    ]
    assert lines[-2:] == ["}", ""]


def test_it_is_json_with_every_field_that_is_not_at_its_default() -> None:
    read = json.loads(audit_file(AUDIT))

    assert list(read) == [*Audit.__slots__]
    assert [AuditedInput(**each) for each in read["inputs"]] == list(AUDIT.inputs)
    assert [AuditedIndicator(**each) for each in read["indicators"]] == list(AUDIT.indicators)
    assert read["figures"][1]["value"] is None
    for each in read["figures"]:
        each["value"] = each["value"] and Fraction(each["value"])
        each["cells"], each["rules"] = (tuple(each.get(name, ())) for name in ("cells", "rules"))
    assert [AuditedFigure(**each) for each in read["figures"]] == list(AUDIT.figures)
    assert "direction" not in read["figures"][0]
    assert json.loads(audit_file(Audit("1", "", "", "", None, "", "")))["findings"] == []


def test_the_same_audit_gives_the_same_bytes() -> None:
    assert audit_file(AUDIT) == audit_file(AUDIT)
