"""What `cpreport init` writes: a report folder, a workbook with example figures and narrative files."""
