"""Sphinx's settings: Markdown by MyST, the theme Furo, which asks no network. `make docs` refuses broken links."""

from __future__ import annotations

project = "cpreport"
html_title = "cpreport"
extensions = ["myst_parser"]
exclude_patterns = ["site"]
myst_heading_anchors = 3
html_theme = "furo"
html_copy_source = False
html_show_sphinx = False
