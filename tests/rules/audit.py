"""Examples of the rules about audit files."""

from __future__ import annotations

from ..example_month import AUDIT, Added
from .example import Example

_WHOLE = (
    '{"version": "0.1.0", "title": "Report", "authority": "", "period": "Jun 23", "data_as_at": "2023-06-30", '
    '"place": ".", "workbook": "june-2023.xlsx", "is_draft": false, "options": {}, "inputs": [], "indicators": [], '
    '"figures": [], "texts": [], "findings": []}'
)
_NEWER = _WHOLE.replace('"0.1.0"', '"99.0"')

_SAID = {"care.md": Added("{{ since_last_report() }}\n")}

EXAMPLES = {
    "audit.not-an-audit-file": Example(
        {**_SAID, AUDIT: '{"auditReportVersion": 2}'},
        AUDIT,
        {**_SAID, AUDIT: _WHOLE},
    ),
    "audit.damaged": Example(
        {**_SAID, AUDIT: _WHOLE.removesuffix("}")},
        AUDIT,
        {**_SAID, AUDIT: _WHOLE},
    ),
    "audit.newer": Example(
        {**_SAID, AUDIT: _NEWER.replace('"texts"', '"passages"')},
        AUDIT,
        {**_SAID, AUDIT: _NEWER},
    ),
    "audit.no-last-report": Example(
        _SAID,
        silent={**_SAID, AUDIT: _WHOLE},
    ),
    "audit.two-last-reports": Example(
        {**_SAID, AUDIT: _WHOLE, "june.audit.json": _WHOLE},
        "june.audit.json",
        {**_SAID, AUDIT: _WHOLE, "june.audit.json": _WHOLE.replace('"authority": ""', '"authority": "Leeds"')},
    ),
}
