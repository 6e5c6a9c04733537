"""Rules of a finished document, whatever its format: that everyone can read it, and that nothing is left in it.

`where` are the places in words, such as `table 3 ('Placements'), row 2; page 4; and 12 more`.
"""

from __future__ import annotations

from cpreport.model.finding import error, note, warning

UNREADABLE = error("""document.unreadable
    A document cannot be checked
    {reason}
    Give cpreport a whole Word document (.docx), web page (.html) or PDF, or save it as one of these.""")
RESTRICTED = error("""document.restricted
    A document is protected
    the document is restricted: {where}
    Remove the protection or password (in Word: File > Info > Protect Document); some screen readers cannot read it.""")
MACROS = warning("""document.macros
    A document has macros
    the document has macros: {where}
    Save it as Word Document (.docx), without macros, before it is published.""")
NO_TITLE = error("""document.no-title
    A document has no title
    no title in the document's properties{where}
    Enter the title (in Word: File > Info > Title); it is what tabs and screen readers announce.""")
NO_LANGUAGE = note("""document.no-language
    A document does not say its language
    no language is set{where}
    Set it to English (United Kingdom) (in Word: Review > Language), so that it is read aloud correctly.""")
NO_ALTERNATIVE = error("""document.no-alternative-text
    A picture, chart or shape has no alternative text
    no alternative text: {where}
    Say what it shows (in Word: right-click, View Alt Text), or mark it as decorative.""")
POOR_ALTERNATIVE = error("""document.poor-alternative-text
    An alternative text does not say what is shown
    an alternative text that does not say what is shown: {where}
    Say in a sentence what it shows: no file name, no text that a program made up.""")
NO_HEADER_ROW = error("""document.no-header-row
    A table has no header row
    no header row: {where}
    Mark the row of headings as header (in Word: Table Layout > Repeat Header Rows).""")
MERGED_CELLS = warning("""document.merged-cells
    A table has merged or split cells
    merged or split cells: {where}
    Give every row one cell for each column, and repeat the words where cells were merged.""")
NESTED_TABLE = warning("""document.nested-table
    A table is inside another table
    a table inside a table: {where}
    Put it below the other table, or write what it says as text or a list.""")
EMPTY_CELLS = warning("""document.empty-cells
    A table has empty cells, rows or columns
    empty cells: {where}
    Delete empty rows and columns; in a cell say why there is nothing, such as N/A.""")
LAYOUT_TABLE = note("""document.layout-table
    A table only arranges text
    a table of one row or column, or without lines: {where}
    Write its words as paragraphs; if it holds figures, mark its header row.""")
NO_HEADINGS = error("""document.no-headings
    A document has no headings
    {where} and no heading
    Give its headings heading styles (in Word: Home > Styles), by which readers find their way.""")
HEADING_SKIPPED = warning("""document.heading-skipped
    A heading's level skips another
    heading levels are skipped: {where}
    Use the next level down, or add the heading that is missing between them.""")
TYPED_HEADING = note("""document.typed-heading
    Bold text is used as a heading
    bold lines that may be headings: {where}
    Use a heading style (in Word: Home > Styles), or Caption above a table.""")
TYPED_LIST = warning("""document.typed-list
    The signs of a list are typed
    typed bullets or numbers: {where}
    Delete the signs, and make it a list (in Word: Home > Bullets or Numbering).""")
LINK_TEXT = warning("""document.link-text
    A link does not say where it leads
    the words of links do not say where they lead: {where}
    Name the page or file in the link's words.""")
BARE_ADDRESS = note("""document.bare-address
    A link shows its address
    an address as the words of a link: {where}
    Write what it leads to instead; in print, give the address as well.""")
CONTROL_WITHOUT_TITLE = error("""document.control-without-title
    A form field has no title
    a form field without a title: {where}
    Say what belongs in the field (in Word: Developer > Properties > Title).""")
FLOATING = warning("""document.floating-object
    An object floats outside the text
    not in line with the text: {where}
    Place it in line with text (in Word: Layout Options); write a text box's words as paragraphs.""")
COMMENTS = error("""document.comments
    A document has comments
    comments: {where}
    Delete all comments before it is published (in Word: Review > Delete).""")
TRACKED_CHANGES = error("""document.tracked-changes
    A document has tracked changes
    tracked changes: {where}
    Accept or reject all changes before it is published (in Word: Review > Accept).""")
HIDDEN_TEXT = error("""document.hidden-text
    A document has hidden text
    hidden text: {where}
    Delete it or show it (in Word: Home > ¶, Font > Hidden); others can read what is only hidden.""")
EMPTY_PARAGRAPHS = note("""document.empty-paragraphs
    Empty paragraphs make space
    empty paragraphs: {where}
    Delete them, and set the space before or after in the paragraph's style.""")
BLANK_CHARACTERS = note("""document.blank-characters
    Spaces or tabs arrange text
    several spaces, tabs or line breaks in a row: {where}
    Use a table, a tab stop or an indentation instead.""")
LOW_CONTRAST = warning("""document.low-contrast
    Text does not stand out from its background
    too little contrast: {where}
    Use darker text or a lighter background: 4.5 to 1, or 3 to 1 for large text.""")
SMALL_TEXT = warning("""document.small-text
    Text is too small
    small text: {where}
    Use at least 12 pt for text, 11 pt for captions, 10 pt for tables, notes, headers and footers.""")
