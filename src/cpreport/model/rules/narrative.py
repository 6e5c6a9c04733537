"""Rules about narratives: what they are for, how they are written, and what Word adds."""

from __future__ import annotations

from cpreport.model.finding import error, note, warning

UNKNOWN_SECTION = error("""narrative.unknown-section
    A narrative is for an unknown section
    {name!r} is not a section of this report{nearest}
    Use one of the sections: {known}.""")
UNKNOWN_SLOT = error("""narrative.unknown-slot
    A narrative is for an unknown slot
    {name!r} is not a slot of {section}{nearest}
    Use one of the slots of {section}: {known}.""")
SEVERAL_NAMED = error("""narrative.several-named
    A narrative could be on one of several indicators
    {name!r} names more than one indicator
    Write the one that is meant: {several}.""")
NO_SLOT = error("""narrative.text-before-slot
    A narrative has text before its first slot
    the text {text!r} is before the first heading that names a slot
    Put it under a heading with a slot's title: {known}.""")
TITLE_LEFT_OUT = note("""narrative.title-dropped
    A heading of a narrative is not printed
    the heading {name!r} is before the first slot and is not printed
    If it belongs to a slot, put it below that slot's heading; otherwise leave it.""")
REMARK = note("""narrative.remark
    A comment in a narrative is not printed
    the comment '{text}' is not printed
    If it belongs to the text, write it without {{# and #}}; otherwise leave it.""")
TWICE = error("""narrative.slot-twice
    A slot has a narrative in two places
    {section}/{slot} has a text here and in {first}
    Keep one of the two.""")
EMPTY = error("""narrative.slot-empty
    A required narrative is missing
    the narrative '{slot}' is missing{why}
    Write it in the workbook's Narrative sheet or in {file}.""")
TOO_SHORT = warning("""narrative.too-short
    A narrative is too short
    the narrative '{slot}' has {words}, fewer than the {fewest} it should have
    Say more, or change min_words in report.toml.""")
TOO_LONG = warning("""narrative.too-long
    A narrative is too long
    the narrative '{slot}' has {words}, more than the {most} it may have
    Say it in fewer words, or change max_words in report.toml.""")
COPIED = warning("""narrative.copied
    A narrative is copied from an earlier period
    the narrative '{slot}' is {similarity}% the same as the text of {earlier} in {first}
    Write what happened in {period}. The limit is similarity in report.toml.""")
NOT_PRINTED = error("""narrative.not-printed
    A narrative is not printed
    {section}: no template prints the narrative of {slot}
    Place it in {template} with {call}, or remove the text.""")
BULLET_TWICE = warning("""narrative.bullet-twice
    A bullet is used twice
    the bullet '{text}' is in {first} already
    Keep it in one place.""")
NO_END = note("""narrative.no-end
    A bullet ends without a full stop
    the bullet '{text}' ends without a full stop
    Check that nothing is missing, and end it with a full stop.""")
UNKNOWN_ABBREVIATION = note("""narrative.unknown-abbreviation
    An abbreviation is not explained
    {name} is not spelled out in the report or in its glossary
    Spell it out once, with {name} in brackets after it, or add it to glossary.csv.""")
TWO_MEANINGS = note("""narrative.two-meanings
    An abbreviation has two meanings
    {name} is '{meaning}' here and '{other}' in {first}
    Spell one of them out every time.""")
GLOSSARY_UNUSED = note("""glossary.unused
    The glossary explains terms that the report does not use
    the report does not use: {terms}
    Remove them from glossary.csv, or write standing_glossary = true in report.toml.""")
NO_TAG = warning("""narrative.no-tag
    A tag is not in double braces
    '{text}' is not a tag and would be printed as it is
    Write {tag} instead, with two braces on each side.""")
PLACEHOLDER = warning("""narrative.placeholder
    A placeholder was not replaced
    '{slot}' still says '{text}'
    Replace it with the text that is needed.""")
LINK_TEXT = warning("""narrative.link-text
    The words of a link do not say where it leads
    the words of the link to {address} are {words}
    Name the page or file in the link's words.""")
NOT_WORD = error("""narrative.not-word
    A narrative file is not a Word document
    {file} cannot be read: {reason}
    Open it in Word, save it as Word Document (.docx) without a password, and put that file in its place.""")
TRACKED_CHANGES = error("""narrative.tracked-changes
    A narrative has tracked changes
    the text has tracked changes: {changes}
    Accept or reject them in Word first, or run with --tracked accept.""")
LEFT_OUT = note("""narrative.word-dropped
    Something in a Word document is not printed
    {what} not printed{quoted}
    Move what the report should print into the text; leave or delete the rest.""")
UNPLACED = (NO_SLOT, UNKNOWN_SLOT, SEVERAL_NAMED, NOT_WORD)
"""The rules of a section's text that belongs to none of its slots."""
