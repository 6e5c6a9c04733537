"""Examples of the rules about audit files."""

from __future__ import annotations

from ..example_month import AUDIT
from .example import Example

_WHOLE = (
    '{"version": "0.1.0", "title": "Report", "authority": "", "period": "Jun 23", "data_as_at": "2023-06-30", '
    '"place": "", "workbook": "june-2023.xlsx", "is_draft": false, "options": {}, "inputs": [], "indicators": [], '
    '"figures": [], "texts": [], "findings": []}'
)
_NEWER = _WHOLE.replace('"0.1.0"', '"99.0"')

EXAMPLES = {
    "audit.not-an-audit-file": Example(
        {AUDIT: '{"auditReportVersion": 2}'},
        AUDIT,
        {AUDIT: _WHOLE},
    ),
    "audit.damaged": Example(
        {AUDIT: _WHOLE.removesuffix("}")},
        AUDIT,
        {AUDIT: _WHOLE},
    ),
    "audit.newer": Example(
        {AUDIT: _NEWER.replace('"texts"', '"passages"')},
        AUDIT,
        {AUDIT: _NEWER},
    ),
}
