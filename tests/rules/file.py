"""Examples of the rules of the workbook as a file."""

from __future__ import annotations

from cpreport.office.foreign import OLE2

from ..example_month import NAME
from .example import Example

EXAMPLES = {
    "file.not-a-workbook": Example(
        {NAME: b"%PDF-1.7"},
    ),
    "file.encrypted": Example(
        {NAME: OLE2 + "EncryptedPackage\0".encode("utf-16-le")},
    ),
    "file.old-format": Example(
        {NAME: OLE2 + "Workbook\0".encode("utf-16-le")},
    ),
    "file.empty": Example(
        {NAME: b""},
    ),
    "file.damaged": Example(
        {NAME: b"PK\x03\x04 and nothing more"},
    ),
    "file.too-large": Example(
        {"Data!AAA20000": 1},
        "Data!AAA20000",
        {"Data!ZZ200": 1},
    ),
}
