"""Rules of the workbook as a file: it can be opened, and it is what it claims to be."""

from __future__ import annotations

from cpreport.model.finding import error

NOT_A_WORKBOOK = error("""file.not-a-workbook
    The file is not an Excel workbook
    this is {found}, not an Excel workbook
    Open it in its own program, save its figures as Excel Workbook (.xlsx), and give cpreport that file.""")
ENCRYPTED = error("""file.encrypted
    The workbook is protected with a password
    the workbook is encrypted with a password
    In Excel choose File > Info > Protect Workbook > Encrypt with Password, clear the password, and save.""")
OLD_FORMAT = error("""file.old-format
    The workbook is not in the .xlsx format
    this is {found}, which cpreport does not read
    Open it in Excel and save it as Excel Workbook (.xlsx); changing the file's name is not enough.""")
EMPTY = error("""file.empty
    The file is empty
    the file is empty (0 bytes)
    Copy it again from where it came from, or wait until the cloud service has finished downloading it.""")
DAMAGED = error("""file.damaged
    The workbook is damaged
    the workbook is damaged: {reason}
    Copy it again from where it came from; or open it in Excel, accept the repair, check the figures, and save.""")
TOO_LARGE = error("""file.too-large
    The workbook is too large
    {what} has {size}; cpreport reads no more than {limit}
    Delete what the report does not need (cells typed far away from the figures, sheets of raw data), and save.""")
