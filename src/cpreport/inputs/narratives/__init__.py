"""Narratives: Word and Markdown files and the Narrative sheet."""
