"""Stage 2: entries become figures, exact, or say why they cannot."""
