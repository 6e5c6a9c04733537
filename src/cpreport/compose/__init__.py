"""Stage 4: figures and texts become the report: sections of blocks."""
