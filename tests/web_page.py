"""A small web page without a fault, in light and in dark mode."""

from __future__ import annotations

PICTURE = 'alt="Carers live in every ward"'
CELL = "<td>402</td>"
LINK = '<a href="https://www.kirklees.gov.uk/foster">how to foster</a>'
END = "</main>"

PAGE = f"""<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Placements in 2023</title>
<style>
/* Colours are variables, so that both modes have their own. */
:root {{ color-scheme: light dark; --text: #1a1a1a; --page: #ffffff; --link: #12436d; }}
@media (prefers-color-scheme: dark) {{ :root {{ --text: #ececec; --page: #14181c; --link: #9cc7ee; }} }}
body {{ font: 1rem/1.5 Arial, sans-serif; color: var(--text); background: var(--page); }}
a {{ color: var(--link); }}
table.figures th, table.figures td {{ font-size: 0.875rem; }}
@media (max-width: 30em) {{ body {{ font-size: 9pt; }} }}
</style>
</head>
<body>
<a href="#main">Skip to main content</a>
<nav><a href="#homes">Children’s homes</a></nav>
<main id="main">
<h1>Placements in 2023</h1>
<p>Most children live with foster carers; see {LINK}.</p>
<h2 id="homes">Children’s homes</h2>
<table class="figures">
<caption>Children by placement</caption>
<thead><tr><th scope="col">Placement</th><th scope="col">Children</th></tr></thead>
<tbody><tr><th scope="row">Foster carers</th>{CELL}</tr>
<tr><th scope="row">Children’s homes</th><td>61</td></tr></tbody>
</table>
<img src="data:image/png;base64,iVBORw0KGgo=" {PICTURE}>
<svg role="img" viewBox="0 0 9 9" aria-labelledby="rise">
<title id="rise">Children in care rose</title><path d="M0 0h9"/></svg>
<form><label for="ward">Ward</label> <input id="ward" name="ward"></form>
{END}
</body>
</html>
"""


def html(*changes: tuple[str, str]) -> bytes:
    """The page with the second text of each pair in place of the first, wherever that is; it is there."""
    page = PAGE
    for old, new in changes:
        assert old in page, old
        page = page.replace(old, new)
    return page.encode()
