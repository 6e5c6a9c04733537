"""Examples of the rules about the report folder."""

from __future__ import annotations

from ..example_month import Added, Replaced, Word
from .example import Example

HEAD = "<html><head>{{ head }}</head><body>"
PLACES = "{{ cover }}{{ contents }}{{ key }}{{ sections }}{{ after }}"
FOOT = "</main></body></html>\n"

EXAMPLES = {
    "definition.toml-syntax": Example(
        {"indicators.toml": "[[indicators]\n"},
        "indicators.toml",
        {"indicators.toml": Added("# a remark [[\n")},
    ),
    "definition.unknown-key": Example(
        {"indicators.toml": Replaced('shows = "count"', 'show = "count"')},
        "indicators.toml",
        {"indicators.toml": Replaced('measure = "number"', 'measure = "number"\ndecimals = 0')},
    ),
    "definition.missing-key": Example(
        {"indicators.toml": Replaced('title = "Moves"\n', "")},
        "indicators.toml",
        {"indicators.toml": Replaced('title = "Moves"', 'title = "Moves of school"')},
    ),
    "definition.invalid": Example(
        {"indicators.toml": Replaced('measure = "average"', 'measure = "mean"')},
        "indicators.toml",
        {"indicators.toml": Replaced('measure = "average"', 'measure = "average"\nlag = 1')},
    ),
    "definition.unknown-name": Example(
        {
            "report.toml": Replaced(
                'indicators = ["rate", "far", "checks", "moves", "mean", "crimes"]',
                'indicators = ["rate", "fare", "checks", "moves", "mean", "crimes"]',
            )
        },
        "report.toml",
        {"report.toml": Replaced('"far", ', "")},
    ),
    "definition.name-twice": Example(
        {"indicators.toml": Replaced('id = "moves"', 'id = "Mean"')},
        "indicators.toml",
        {"indicators.toml": Replaced('id = "moves"', 'id = "means"')},
    ),
    "definition.circular": Example(
        {"indicators.toml": Replaced('denominator = "population"', 'denominator = "far/value"')},
        "indicators.toml",
        {"indicators.toml": Replaced('denominator = "population"', 'denominator = "moves/value"')},
    ),
    "definition.file-missing": Example(
        {"report.toml": Replaced('template = "care.md"', 'template = "cared.md"')},
        "report.toml",
        {"report.toml": Replaced('"care.md"', '"sections/care.md"'), "sections/care.md": "# Care"},
    ),
    "definition.no-report-folder": Example(
        {"About!A4": "Report", "About!B4": "elsewhere"},
        "About!B4",
        {"About!A4": "Report", "About!B4": "corporate-parenting"},
    ),
    "definition.glossary": Example(
        {"glossary.csv": "term;description\na;b\n"},
        "glossary.csv",
        {"glossary.csv": "term,description\na,b\n"},
    ),
    "definition.glossary-line": Example(
        {"glossary.csv": "term,description\na,b, and c\n"},
        "glossary.csv line 2",
        {"glossary.csv": 'term,description\na,"b, and c"\n\n'},
    ),
    "definition.glossary-twice": Example(
        {"glossary.csv": "term,description\na,b\nA,c\n"},
        "glossary.csv line 3",
        {"glossary.csv": "term,description\na,b\nAs,c\n"},
    ),
    "definition.shell-not-word": Example(
        {"shell.docx": b"{\\rtf1 Report}"},
        "shell.docx",
        {"shell.docx": Word("{{ sections }}")},
    ),
    "definition.shell": Example(
        {"shell.docx": Word("{{ report.title }}")},
        "shell.docx",
        {"shell.docx": Word("{{ report.title }}\n{{ sections }}")},
    ),
    "definition.shell-leftover": Example(
        {"shell.docx": Word("[-Draft -]{{ report.title }}\n{{ sections }}")},
        "shell.docx",
        {"shell.docx": Word("Draft {{ report.title }}\n{{ sections }}")},
    ),
    "definition.table-too-wide": Example(
        {
            "report.toml": Added(
                "[periods]\nmonth = [-16, -15, -14, -13, -12, -11, -10, -9, -8, -7, -6, -5, -4, -3, -2, -1, 0]\n"
            )
        },
        silent={"report.toml": Added("[periods]\nmonth = [-11, -10, -9, -8, -7, -6, -5, -4, -3, -2, -1, 0]\n")},
    ),
    "definition.shell-fields": Example(
        {
            "report.toml": Added('[cover]\nfields = ["Report of"]\n'),
            "About!A4": "Report of",
            "shell.docx": Word("{{ sections }}"),
        },
        "shell.docx",
        {
            "report.toml": Added('[cover]\nfields = ["Report of"]\n'),
            "About!A4": "Report of",
            "shell.docx": Word("{% for field in report.fields %}{{ field.label }}{% endfor %}\n{{ sections }}"),
        },
    ),
    "definition.page-place": Example(
        {"page.html": f"{HEAD}{{{{ marks }}}}<main>{PLACES}{{{{ key }}}}{FOOT}"},
        "page.html",
        {"page.html": f"{HEAD}<p>{{{{ report.title }}}}</p>{{{{ marks }}}}<main>{PLACES}{FOOT}"},
    ),
    "definition.page-unclosed": Example(
        {"page.html": f"{HEAD}{{{{ marks }}}}<main>\n<p>Our board{PLACES}{FOOT}"},
        "page.html line 2; page.html line 2; page.html line 2; page.html line 2",
        {"page.html": f"{HEAD}{{{{ marks }}}}<main>\n<p>Our board</p>{PLACES}{FOOT}"},
    ),
    "definition.page-not-allowed": Example(
        {"page.css": "p {\n  background: url(https://example.org/p.png);\n}\n"},
        "page.css line 2",
        {"page.css": 'p {\n  background: url("data:image/png;base64,AAAA");\n}\n'},
    ),
    "definition.ignore-expired": Example(
        {
            "report.toml": Added(
                '[[ignore]]\ncode = "data.fractional-count"\nreason = "Half places"\nuntil = 2023-06-30\n'
            )
        },
        "report.toml",
        {
            "report.toml": Added(
                '[[ignore]]\ncode = "data.fractional-count"\nreason = "Half places"\nuntil = 2023-07-31\n'
            )
        },
    ),
}
