"""Rules of the workbook as a file: it can be opened, and it is what it claims to be."""

from __future__ import annotations

from cpreport.model.finding import Rule, Severity
from cpreport.model.rules.example import NAME

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What an old or encrypted Office file begins with."""

NOT_A_WORKBOOK = Rule(
    "file.not-a-workbook",
    Severity.ERROR,
    "The file is not an Excel workbook",
    "this is {found}, not an Excel workbook",
    "Open it in the program it belongs to, save its figures as Excel Workbook (.xlsx), and give cpreport that file.",
    fires={NAME: b"%PDF-1.7"},
)

ENCRYPTED = Rule(
    "file.encrypted",
    Severity.ERROR,
    "The workbook is protected with a password",
    "the workbook is encrypted with a password",
    "In Excel choose File > Info > Protect Workbook > Encrypt with Password, clear the password, and save.",
    fires={NAME: OLE2 + "EncryptedPackage\0".encode("utf-16-le")},
)

OLD_FORMAT = Rule(
    "file.old-format",
    Severity.ERROR,
    "The workbook is not in the .xlsx format",
    "this is {found}, which cpreport does not read",
    "Open it in Excel and save it as Excel Workbook (.xlsx); changing the file's name is not enough.",
    fires={NAME: OLE2 + "Workbook\0".encode("utf-16-le")},
)

EMPTY = Rule(
    "file.empty",
    Severity.ERROR,
    "The file is empty",
    "the file is empty (0 bytes)",
    "Copy it again from where it came from, or wait until the cloud service has finished downloading it.",
    fires={NAME: b""},
)

DAMAGED = Rule(
    "file.damaged",
    Severity.ERROR,
    "The workbook is damaged",
    "the workbook is damaged: {reason}",
    "Copy it again from where it came from; or open it in Excel, accept the repair, check the figures, and save.",
    fires={NAME: b"PK\x03\x04 and nothing more"},
)

TOO_LARGE = Rule(
    "file.too-large",
    Severity.ERROR,
    "The workbook is too large",
    "{what} has {size}; cpreport reads no more than {limit}",
    "Delete what the report does not need (cells typed far away from the figures, sheets of raw data), and save.",
    fires={"Data!AAA20000": 1},
    where="Data!AAA20000",
    silent={"Data!ZZ200": 1},
)
