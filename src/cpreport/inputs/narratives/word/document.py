"""Reads a narrative that was written in Word."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cpreport.inputs.narratives.word.blocks import Block
from cpreport.inputs.narratives.word.body import LONGEST, TOO_LONG, read_body
from cpreport.inputs.narratives.word.changes import Change, accept
from cpreport.inputs.narratives.word.containers import Kind, open_containers
from cpreport.inputs.narratives.word.markdown import SlotNames, markdown_of
from cpreport.inputs.narratives.word.parts import NotWordError, read_parts
from cpreport.model.errors import CpreportError
from cpreport.model.finding import Finding, Place
from cpreport.model.rules import word as rules

MOST_QUOTED = 3
LONGEST_QUOTE = 40


def read_word(path: Path, names: SlotNames, accept_tracked: bool) -> tuple[str, list[Finding]]:
    """A Word file's text as Markdown with Jinja tags, tracked changes accepted; and what is wrong with it.

    The headings of slots, by their `names`, are `## …`. Tracked changes are an error unless `accept_tracked`. What is
    no Word document has no text and one finding. Raises EnvironmentFailure if the system does not give the file.
    """
    place = Place(file=path.name)
    try:
        return _read(path, names, accept_tracked, place)
    except CpreportError:
        raise
    except NotWordError as reason:
        return "", [rules.NOT_WORD.at(place, file=path.name, reason=reason)]
    except Exception:  # whatever a file from anywhere makes the parsers stumble over
        return "", [rules.NOT_WORD.at(place, file=path.name, reason="it is damaged")]


def _read(path: Path, names: SlotNames, accept_tracked: bool, place: Place) -> tuple[str, list[Finding]]:
    parts = read_parts(path)
    open_containers(parts)
    changes = accept(parts.body)
    body = read_body(parts)
    left_out = {**body.left_out, **({Kind.EDGE: parts.edges} if parts.edges else {})}
    findings = [_tracked(changes, place)] if changes and not accept_tracked else []
    findings += [_left_out(kind, texts, place) for kind, texts in left_out.items()]
    return _markdown(body.blocks, names), findings


def _markdown(blocks: Sequence[Block], names: SlotNames) -> str:
    text = markdown_of(blocks, names)
    if len(text) > LONGEST:
        raise NotWordError(TOO_LONG)
    return text


def _tracked(changes: Sequence[Change], place: Place) -> Finding:
    told = [f"{change.done} {_quoted(change.text)}" for change in changes]
    return rules.TRACKED_CHANGES.at(place, changes=_first(told))


def _left_out(kind: Kind, texts: Sequence[str], place: Place) -> Finding:
    quoted = [_quoted(text) for text in texts if text.strip()]
    what = f"1 {kind.one} is" if len(texts) == 1 else f"{len(texts):,} {kind.several} are"
    return rules.LEFT_OUT.at(place, what=what, quoted=f": {_first(quoted)}" if quoted else "")


def _first(told: Sequence[str]) -> str:
    """The first few, and how many more there are."""
    more = len(told) - MOST_QUOTED
    return ", ".join(told[:MOST_QUOTED]) + (f" and {more:,} more" if more > 0 else "")


def _quoted(text: str) -> str:
    words = " ".join(text.split()) or text.strip("\n") or "¶"
    return f"'{words if len(words) <= LONGEST_QUOTE else words[: LONGEST_QUOTE - 1].rstrip() + '…'}'"
