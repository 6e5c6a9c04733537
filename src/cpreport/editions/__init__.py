"""Stage 5: the report becomes a Word document."""
