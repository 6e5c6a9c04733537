"""Rules about the report folder."""

from __future__ import annotations

from cpreport.model.finding import error, warning

TOML_SYNTAX = error("""definition.toml-syntax
    A TOML file cannot be read
    {file} is not valid TOML: {reason}
    Correct that line: texts go in double quotes, lists in square brackets.""")
UNKNOWN_KEY = error("""definition.unknown-key
    A key is unknown
    {table}: there is no key {key!r}{nearest}
    Correct or remove it; `cpreport schema` prints all keys.""")
MISSING_KEY = error("""definition.missing-key
    A key is missing
    {table}: the key {key!r} is missing
    Add it; `cpreport schema` prints all keys.""")
INVALID = error("""definition.invalid
    A value is not valid
    {wrong}: {reason}
    Correct the value.""")
UNKNOWN_NAME = error("""definition.unknown-name
    A name refers to nothing
    {table}: {key} names {name!r}, but no {wanted} has that name{nearest}
    Correct the name, or define it.""")
NAME_TWICE = error("""definition.name-twice
    A name is given twice
    {table}: {name!r} is used twice
    Give each its own name.""")
CIRCULAR = error("""definition.circular
    Indicators refer to each other in a circle
    {circle}
    Give one of them its own rows in Data.""")
FILE_MISSING = error("""definition.file-missing
    A file of the report folder is missing
    {table}: {key} names {name!r}, which is not in the report folder
    Correct the name, or add the file.""")
NOT_A_REPORT_FOLDER = error("""definition.no-report-folder
    The report folder does not exist
    {name!r} is neither a report that comes with cpreport nor a folder with a report.toml
    Name one of {known}, or a folder that has a report.toml.""")
GLOSSARY = error("""definition.glossary
    The glossary cannot be read
    glossary.csv: {reason}
    Save it as CSV UTF-8 (comma delimited), with the columns term and description and one term per line.""")
GLOSSARY_LINE = error("""definition.glossary-line
    A line of the glossary cannot be read
    this line of glossary.csv {reason}
    Write the term, a comma and its description; put a description with commas in quotation marks.""")
GLOSSARY_TWICE = warning("""definition.glossary-twice
    A term stands in the glossary more than once
    '{term}' stands in glossary.csv more than once, first in line {first}
    Keep one of the lines and remove the others.""")
SHELL_NOT_WORD = error("""definition.shell-not-word
    shell.docx is not a Word document
    shell.docx cannot be read: {reason}
    Open it in Word, save it as Word Document (.docx) without a password, and put that file in its place.""")
SHELL_UNUSABLE = error("""definition.shell
    shell.docx cannot be used
    {reason}
    Correct it in Word, or delete it to use the one that comes with cpreport.""")
SHELL_LEFTOVER = error("""definition.shell-leftover
    shell.docx has tracked changes, comments or hidden text
    shell.docx has {what}{where}: every report would contain {them}
    In Word, {fix}, and save it.""")
SHELL_FIELDS = warning("""definition.shell-fields
    shell.docx does not print the fields of the cover
    shell.docx has no report.fields, so its cover does not show {keys}
    Add these paragraphs: {{%p for field in report.fields %}}, {{{{ field.label }}}} {{{{ field.text }}}}, \
        {{%p endfor %}}.""")
TABLE_TOO_WIDE = warning("""definition.table-too-wide
    A table has more columns than fit on a page
    '{name}': {what} do not fit on a landscape page; {fitting} fit
    Show fewer periods (in report.toml or the table's tag), shorten headings, or make text smaller in shell.docx.""")
IGNORE_EXPIRED = warning("""definition.ignore-expired
    An entry of the ignore list has expired
    [[ignore]] {code} ended on {until}, and the data are as at {day}
    If it still applies, give it a later until; if not, remove the entry.""")
PAGE_PLACE = error("""definition.page-place
    page.html does not have each of its places once
    page.html has {has}; it needs {needs}
    Correct it, or delete page.html to use the one that comes with cpreport.""")
PAGE_UNCLOSED = error("""definition.page-unclosed
    An element of page.html is not closed where it was opened
    page.html: {what}
    Give each element its end, such as <p>…</p>, within the element that it began in.""")
PAGE_NOT_ALLOWED = error("""definition.page-not-allowed
    page.html or page.css has something that no page may have
    {file}: {what} is not allowed
    Remove it: a page runs and loads nothing. Pictures go in as data:image/…;base64, and looks into page.css.""")
