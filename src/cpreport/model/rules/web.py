"""Rules of finished documents that only PDF or only web pages have. `where` are places in words: `page 4; page 7`."""

from __future__ import annotations

from cpreport.model.finding import error, note, warning

TOO_LONG = warning("""pdf.too-long
    A PDF is too long to be looked at in full
    not looked at: {where}
    Publish it in parts, and check each of them.""")
UNTAGGED = error("""pdf.untagged
    A PDF has no tags
    no tags: screen readers cannot tell headings, tables and reading order
    Save it as PDF from Word with Options > Document structure tags; do not print to PDF.""")
SCANNED = error("""pdf.scanned
    A page is only a picture
    a picture without text that can be read aloud: {where}
    Make the PDF from the document itself instead of scanning paper, or recognise its text (OCR).""")
LOOSE_TEXT = error("""pdf.text-without-tag
    Text is outside the tags
    text that is neither tagged nor an artifact, so that screen readers leave it out: {where}
    Save the PDF again with tags, or tag the text in a PDF editor.""")
LOOSE_DRAWING = warning("""pdf.drawing-without-tag
    Lines or pictures are outside the tags
    lines or pictures that are neither tagged nor artifacts: {where}
    Tag what says something as a figure with alternative text, and mark the rest as artifacts.""")
TITLE_HIDDEN = warning("""pdf.title-not-shown
    A PDF shows its file name in place of its title
    the window shows the name of the file in place of the title
    In the PDF's properties set Initial View > Show > Document Title; Word does so itself.""")
NO_BOOKMARKS = warning("""pdf.no-bookmarks
    A long PDF has no bookmarks
    {pages} pages without bookmarks
    Save it as PDF from Word with Options > Create bookmarks using Headings.""")
FEW_BOOKMARKS = note("""pdf.short-without-bookmarks
    A PDF has no bookmarks
    {pages} pages without bookmarks
    If it has several parts, save it as PDF from Word with Options > Create bookmarks using Headings.""")
HEADER_WITHOUT_SCOPE = warning("""document.header-without-scope
    Header cells do not say what they are headers of
    header cells without a scope: {where}
    Give header cells the scope column or row (HTML: scope="col"; Word: mark the header row, save as PDF again).""")
NOT_EMBEDDED = warning("""pdf.font-not-embedded
    A font is not in the PDF
    fonts that are not embedded, so that text may look different elsewhere: {where}
    Save the PDF again with its fonts embedded, or with other fonts.""")
NO_CHARACTERS = error("""pdf.font-without-characters
    Text cannot be read aloud because of its font
    fonts that do not say which characters their shapes are: {where}
    Save the PDF again with another font or program: this text is read aloud and copied as nonsense.""")
LINK_UNTAGGED = warning("""pdf.link-without-tag
    A link is outside the tags
    links outside the tags, which screen readers do not offer: {where}
    Save the PDF again with tags, or add the links to the tags in a PDF editor.""")
LINK_UNDESCRIBED = note("""pdf.link-without-description
    A link has no description
    links without a description beside their words: {where}
    Save the PDF again with tags from a newer program; some screen readers say the description only.""")
LINK_WITHOUT_WORDS = error("""document.link-without-words
    A link has no words
    links without words: {where}
    Give each link words that say where it leads.""")
TAB_ORDER = warning("""pdf.tab-order
    The Tab key does not follow the text
    the Tab key does not follow the order of the tags: {where}
    Save the PDF again with tags, or set the pages' tab order to Use Document Structure.""")
FALSE_CLAIM = warning("""pdf.false-claim
    A PDF claims to be accessible and is not
    the PDF claims to keep PDF/UA, the standard for accessible PDF, but: {where}
    Correct this, or save it without the claim: readers rely on it.""")
ACTION = warning("""pdf.action
    A PDF does something by itself
    the PDF does something by itself: {where}
    Remove scripts and automatic actions; many programs refuse them, and readers lose their place.""")
ONE_HEADING = warning("""html.not-one-h1
    A web page has not one heading of the first level
    {where} of level 1 (h1)
    Give the page one h1, its title, and sections h2; screen readers begin there.""")
NO_MAIN = warning("""html.no-main
    A web page does not say where its content begins
    no main element
    Put the page's content into one main element, so that readers can jump past what is repeated.""")
NO_SKIP_LINK = note("""html.no-skip-link
    A web page has no link past its navigation
    no skip link: the first link does not lead to the content
    Begin the page with a link such as Skip to main content.""")
BAD_LANGUAGE = warning("""document.bad-language
    What is given as a language is none
    not a language: {where}
    Use a code such as en-GB or cy.""")
NO_CAPTION = note("""html.no-caption
    A table has no caption
    no caption: {where}
    Begin each table with a caption element that says what it shows.""")
DUPLICATE_ID = warning("""html.duplicate-id
    Two elements have the same id
    ids that are there twice: {where}
    Give each element an id of its own; links and labels lead to the first.""")
BROKEN_LINK = error("""html.broken-link
    A link within the page leads nowhere
    no such place in the page: {where}
    Correct the link, or give the place that it should lead to this id.""")
TABINDEX = warning("""html.tabindex
    The Tab key does not follow the page
    tabindex above 0: {where}
    Remove it, and put the elements in the order in which they are to be reached.""")
AUTOPLAY = error("""html.autoplay
    Something plays by itself
    plays by itself: {where}
    Remove autoplay; sound drowns screen readers.""")
REFRESH = error("""html.refresh
    A web page reloads or leaves by itself
    the page reloads or leaves by itself: {where}
    Remove the meta element with http-equiv="refresh"; readers lose their place.""")
NO_ZOOM = error("""html.no-zoom
    A web page cannot be enlarged
    enlarging is forbidden: {where}
    Remove user-scalable and maximum-scale from the viewport's meta element.""")
SCRIPTS = note("""html.scripts
    A web page has scripts
    scripts: {where}
    A document needs none; see that it can be read and used without them.""")
REQUESTS = note("""html.requests
    A web page loads other files
    files that are loaded from elsewhere: {where}
    Put them into the page, or see that they are published with it.""")
NOT_CONTAINED = error("""html.not-self-contained
    A page made by cpreport has scripts or loads other files
    scripts or other files: {where}
    Remove them from page.html and page.css; a report is one file without scripts.""")
HIDDEN_REPORT = error("""html.hidden-report
    A page made by cpreport hides some of the report
    words of the report that are not shown: {where}
    Remove display: none or visibility: hidden from what page.css says of them.""")
