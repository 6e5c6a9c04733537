"""Narratives written in Word: a file's text as Markdown with Jinja tags in it."""
