"""Stage 1: files become values: the workbook, the report folder, the narratives."""
