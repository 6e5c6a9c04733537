"""Make the Word narratives in `examples/narrative/2023-07/` from the texts in `examples/july-2023/narrative/`.

They are typed as people type: quotes are curly, also in tags, and what looks otherwise is a run of its own. Run
`python examples/make_narratives.py` from any folder. The same texts always give the same bytes.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.text.paragraph import Paragraph

EXAMPLES = Path(__file__).resolve().parent
TEXTS = EXAMPLES / "july-2023" / "narrative"
NARRATIVES = EXAMPLES / "narrative" / "2023-07"

MADE = datetime(2023, 9, 1)
ZIP_DATE = (2023, 9, 1, 0, 0, 0)

HEADING = re.compile(r"(#+) (.*)")
LOOKS = re.compile(r"(\*\*.+?\*\*|\*.+?\*)")
STRAIGHT = re.compile(r"\"([^\"]*)\"")


def entries_of(text: str) -> Iterator[str]:
    """Give the headings and bullets of a text, each on one line."""
    for block in re.split(r"\n\s*\n|\n(?=- )", text.strip()):
        yield " ".join(block.split())


def narrative(text: str) -> Document:
    """Give a Word document with the headings and bullets of a text."""
    document = docx.Document()
    properties = document.core_properties
    properties.author, properties.title = "examples/make_narratives.py", "Narrative (example)"
    properties.created = properties.modified = MADE
    for entry in entries_of(text):
        if heading := HEADING.fullmatch(entry):
            document.add_heading(heading[2], len(heading[1]))
        else:
            type_words(document.add_paragraph(style="List Bullet"), entry.removeprefix("- "))
    return document


def type_words(paragraph: Paragraph, words: str) -> None:
    """Add words as runs: bold between `**`, italic between `*`, with the quotes that Word makes."""
    for part in LOOKS.split(STRAIGHT.sub("“\\1”", words)):
        run = paragraph.add_run(part.strip("*"))
        run.bold = part.startswith("**") or None
        run.italic = (part.startswith("*") and not run.bold) or None


def save(document: Document, path: Path) -> None:
    """Write a document without the time of writing, so that the same text gives the same bytes."""
    draft = BytesIO()
    document.save(draft)
    with ZipFile(draft) as parts, ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            entry = ZipInfo(name, ZIP_DATE)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, parts.read(name))


if __name__ == "__main__":
    for source in sorted(TEXTS.glob("*.md")):
        save(narrative(source.read_text(encoding="utf-8")), NARRATIVES / f"{source.stem}.docx")
