"""Narratives written in Word: their text as blocks with Jinja tags in it."""
