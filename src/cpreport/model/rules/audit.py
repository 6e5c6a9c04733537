"""Rules about audit files: those that commands are given, and the one of the last report beside a workbook."""

from __future__ import annotations

from cpreport.model.finding import error, note, warning

NOT_AN_AUDIT_FILE = error("""audit.not-an-audit-file
    The file is not an audit file of cpreport
    this is not an audit file of cpreport
    Give a file that cpreport build wrote beside a report, such as july-2023.audit.json.""")
DAMAGED = error("""audit.damaged
    An audit file is damaged
    the audit file is damaged: {reason}
    Copy it again from where the report is kept, or build that month's report again.""")
NEWER = error("""audit.newer
    An audit file was written by a newer cpreport
    the audit file was written by cpreport {version}; this is {own}, which cannot read it
    Install cpreport {version} or later.""")
NO_LAST_REPORT = note("""audit.no-last-report
    There is no audit file of an earlier report
    since_last_report() finds no audit file of this report in an earlier period
    Copy the last report's audit file beside the workbook, unless this is the first report.""")
TWO_LAST_REPORTS = warning("""audit.two-last-reports
    Two audit files may be the last report's
    {files} are all of {period}; since_last_report() compares with {used}
    Move the others to another folder.""")
