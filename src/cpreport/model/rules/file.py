"""Rules of the workbook as a file: it can be opened, and it is what it claims to be."""

from __future__ import annotations

from cpreport.model.finding import Rule, Severity

NOT_A_WORKBOOK = Rule(
    "file.not-a-workbook",
    Severity.ERROR,
    "The file is not an Excel workbook",
    "this is {found}, not an Excel workbook",
    "Open it in the program it belongs to, save its figures as Excel Workbook (.xlsx), and give cpreport that file.",
)

ENCRYPTED = Rule(
    "file.encrypted",
    Severity.ERROR,
    "The workbook is protected with a password",
    "the workbook is encrypted with a password",
    "In Excel choose File > Info > Protect Workbook > Encrypt with Password, clear the password, and save.",
)

OLD_FORMAT = Rule(
    "file.old-format",
    Severity.ERROR,
    "The workbook is not in the .xlsx format",
    "this is {found}, which cpreport does not read",
    "Open it in Excel and save it as Excel Workbook (.xlsx); changing the file's name is not enough.",
)

EMPTY = Rule(
    "file.empty",
    Severity.ERROR,
    "The file is empty",
    "the file is empty (0 bytes)",
    "Copy it again from where it came from, or wait until the cloud service has finished downloading it.",
)

DAMAGED = Rule(
    "file.damaged",
    Severity.ERROR,
    "The workbook is damaged",
    "the workbook is damaged: {reason}",
    "Copy it again from where it came from; or open it in Excel, accept the repair, check the figures, and save.",
)

TOO_LARGE = Rule(
    "file.too-large",
    Severity.ERROR,
    "The workbook is too large",
    "{what} has {size}; cpreport reads no more than {limit}",
    "Delete what the report does not need (cells typed far away from the figures, sheets of raw data), and save.",
)
