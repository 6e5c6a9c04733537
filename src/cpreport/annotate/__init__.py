"""Findings in a marked copy of the workbook, and computed tags in the author's own files."""
