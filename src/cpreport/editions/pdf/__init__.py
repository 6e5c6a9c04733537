"""The report as a PDF file that conforms to PDF/UA-1, typeset without any Office program."""

from __future__ import annotations

from cpreport.editions.pdf.rendering import render_pdf

__all__ = ["render_pdf"]
