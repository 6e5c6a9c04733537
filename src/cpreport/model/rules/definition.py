"""Rules about the report folder."""

from __future__ import annotations

from cpreport.model.finding import Rule, Severity
from cpreport.model.rules.example import Added, Replaced, Word

TOML_SYNTAX = Rule(
    "definition.toml-syntax",
    Severity.ERROR,
    "A TOML file cannot be read",
    "{file} is not valid TOML: {reason}",
    "Correct the file at that line: texts stand in double quotes, lists in square brackets.",
    fires={"indicators.toml": "[[indicators]\n"},
    where="indicators.toml",
    silent={"indicators.toml": Added("# a remark [[\n")},
)
UNKNOWN_KEY = Rule(
    "definition.unknown-key",
    Severity.ERROR,
    "A key is unknown",
    "{table}: there is no key {key!r}{nearest}",
    "Correct or remove it; `cpreport schema` prints all keys.",
    fires={"indicators.toml": Replaced('shows = "count"', 'show = "count"')},
    where="indicators.toml",
    silent={"indicators.toml": Replaced('measure = "number"', 'measure = "number"\ndecimals = 0')},
)
MISSING_KEY = Rule(
    "definition.missing-key",
    Severity.ERROR,
    "A key is missing",
    "{table}: the key {key!r} is missing",
    "Add it; `cpreport schema` prints all keys.",
    fires={"indicators.toml": Replaced('title = "Moves"\n', "")},
    where="indicators.toml",
    silent={"indicators.toml": Replaced('title = "Moves"', 'title = "Moves of school"')},
)
INVALID = Rule(
    "definition.invalid",
    Severity.ERROR,
    "A value cannot be right",
    "{wrong}: {reason}",
    "Correct the value.",
    fires={"indicators.toml": Replaced('measure = "average"', 'measure = "mean"')},
    where="indicators.toml",
    silent={"indicators.toml": Replaced('measure = "average"', 'measure = "average"\nlag = 1')},
)
UNKNOWN_NAME = Rule(
    "definition.unknown-name",
    Severity.ERROR,
    "A name leads nowhere",
    "{table}: {key} names {name!r}, which is no {wanted}{nearest}",
    "Correct the name, or define it.",
    fires={
        "report.toml": Replaced(
            'indicators = ["rate", "far", "checks", "moves", "mean", "crimes"]',
            'indicators = ["rate", "fare", "checks", "moves", "mean", "crimes"]',
        )
    },
    where="report.toml",
    silent={"report.toml": Replaced('"far", ', "")},
)
NAME_TWICE = Rule(
    "definition.name-twice",
    Severity.ERROR,
    "A name is given twice",
    "{table}: {name!r} is used twice",
    "Give each its own name.",
    fires={"indicators.toml": Replaced('id = "moves"', 'id = "Mean"')},
    where="indicators.toml",
    silent={"indicators.toml": Replaced('id = "moves"', 'id = "means"')},
)
CIRCULAR = Rule(
    "definition.circular",
    Severity.ERROR,
    "Indicators refer to each other in a circle",
    "{circle}",
    "Give one of them rows of its own.",
    fires={"indicators.toml": Replaced('denominator = "population"', 'denominator = "far/value"')},
    where="indicators.toml",
    silent={"indicators.toml": Replaced('denominator = "population"', 'denominator = "moves/value"')},
)
FILE_MISSING = Rule(
    "definition.file-missing",
    Severity.ERROR,
    "A file of the report folder is missing",
    "{table}: {key} names {name!r}, which is not in the report folder",
    "Correct the name, or add the file.",
    fires={"report.toml": Replaced('template = "care.md"', 'template = "cared.md"')},
    where="report.toml",
    silent={"report.toml": Replaced('"care.md"', '"sections/care.md"'), "sections/care.md": "# Care"},
)
NOT_A_REPORT_FOLDER = Rule(
    "definition.no-report-folder",
    Severity.ERROR,
    "There is no such report folder",
    "{name!r} is neither a report that comes with cpreport nor a folder with a report.toml",
    "Name one of {known}, or a folder that has a report.toml.",
    fires={"About!A4": "Report", "About!B4": "elsewhere"},
    where="About!B4",
    silent={"About!A4": "Report", "About!B4": "corporate-parenting"},
)
GLOSSARY = Rule(
    "definition.glossary",
    Severity.ERROR,
    "The glossary cannot be read",
    "glossary.csv: {reason}",
    "Save it as CSV UTF-8 (comma delimited), with the columns term and description and one term a line.",
    fires={"glossary.csv": "term;description\na;b\n"},
    where="glossary.csv",
    silent={"glossary.csv": "term,description\na,b\n"},
)
GLOSSARY_LINE = Rule(
    "definition.glossary-line",
    Severity.ERROR,
    "A line of the glossary cannot be read",
    "this line of glossary.csv {reason}",
    "Write a term, a comma and its description; put a description that has commas in quotation marks.",
    fires={"glossary.csv": "term,description\na,b, and c\n"},
    where="glossary.csv line 2",
    silent={"glossary.csv": 'term,description\na,"b, and c"\n\n'},
)
SHELL_NOT_WORD = Rule(
    "definition.shell-not-word",
    Severity.ERROR,
    "shell.docx is not a Word document",
    "shell.docx cannot be read: {reason}",
    "Open it in Word, save it as Word Document (.docx) without a password, and put that file in its place.",
    fires={"shell.docx": b"{\\rtf1 Report}"},
    where="shell.docx",
    silent={"shell.docx": Word("{{ sections }}")},
)
SHELL_UNUSABLE = Rule(
    "definition.shell",
    Severity.ERROR,
    "shell.docx cannot be used",
    "{reason}",
    "Correct it in Word, or remove it to use the one that comes with cpreport.",
    fires={"shell.docx": Word("{{ report.title }}")},
    where="shell.docx",
    silent={"shell.docx": Word("{{ report.title }}\n{{ sections }}")},
)
SHELL_LEFTOVER = Rule(
    "definition.shell-leftover",
    Severity.ERROR,
    "shell.docx has tracked changes, comments or hidden text",
    "shell.docx has {what}{where}: every report would contain {them}",
    "In Word, {fix}, and save it.",
    fires={"shell.docx": Word("[-Draft -]{{ report.title }}\n{{ sections }}")},
    where="shell.docx",
    silent={"shell.docx": Word("Draft {{ report.title }}\n{{ sections }}")},
)
TABLE_TOO_WIDE = Rule(
    "definition.table-too-wide",
    Severity.WARNING,
    "A table has more columns than fit on a page",
    "'{name}': {what} do not fit on a landscape page; {fitting} fit",
    "Show fewer periods ([periods] in report.toml), shorten headings, or make the table's text smaller in shell.docx.",
    fires={"report.toml": Added("[periods]\nmonth = [-13, -12, -11, -10, -9, -8, -7, -6, -5, -4, -3, -2, -1, 0]\n")},
    silent={"report.toml": Added("[periods]\nmonth = [-11, -10, -9, -8, -7, -6, -5, -4, -3, -2, -1, 0]\n")},
)
IGNORE_EXPIRED = Rule(
    "definition.ignore-expired",
    Severity.WARNING,
    "An entry of the ignore list has expired",
    "[[ignore]] {code} ended on {until}, and the data are as at {day}",
    "See whether it is still true and give it a later until, or remove the entry.",
    fires={
        "report.toml": Added('[[ignore]]\ncode = "data.fractional-count"\nreason = "Half places"\nuntil = 2023-06-30\n')
    },
    where="report.toml",
    silent={
        "report.toml": Added('[[ignore]]\ncode = "data.fractional-count"\nreason = "Half places"\nuntil = 2023-07-31\n')
    },
)
