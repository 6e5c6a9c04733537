"""Rules about page.typ, the look of the PDF, and about what a PDF can print."""

from __future__ import annotations

from cpreport.model.finding import error

MISTAKE = error("""definition.page-typ
    The look of the PDF cannot be used
    Typst says: {problem}
    Correct page.typ, which cannot read other files, or delete it to use the packaged one.""")
NOT_ALLOWED = error("""definition.page-typ-not-allowed
    The look of the PDF uses something that is not allowed
    {word!r} is not allowed in page.typ
    Use set rules, and show rules that only set a look; page.typ cannot use packages or other files.""")
PRINTS = error("""definition.page-typ-prints
    The look of the PDF prints words of its own
    page.typ prints words that are not the report's
    Take them out of page.typ; words around the sections stand in shell.docx.""")
HIDDEN = error("""definition.page-typ-hides
    The look of the PDF hides the report
    page.typ hides some of the report
    Look for a comment that does not end, a show rule that gives nothing, or a page without a height.""")
BROKEN = error("""definition.page-typ-breaks
    The look of the PDF takes too long or too much memory
    typst broke down, or did not finish within {seconds} seconds
    Look for a loop or a very large number in page.typ, or delete it to use the packaged one.""")
CHARACTER = error("""pdf.character
    A PDF cannot print a character
    the fonts of the PDF do not have {character} in '{text}'
    Write it in letters, or make the report as Word or HTML.""")
