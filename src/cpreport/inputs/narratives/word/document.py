"""Reads a narrative that was written in Word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from cpreport.inputs.narratives.word.body import Body
from cpreport.inputs.narratives.word.parts import Kind, NotWordError, WordFile
from cpreport.inputs.narratives.word.structure import SlotNames, blocks_of
from cpreport.inputs.texts import read_bytes
from cpreport.model.document import Block
from cpreport.model.finding import Finding, Place
from cpreport.model.rules import narrative as rules

MOST_QUOTED = 3
LONGEST_QUOTE = 40


def read_word(path: Path, names: SlotNames, accept_tracked: bool) -> tuple[tuple[Block, ...], list[Finding]]:
    """A Word file's blocks with Jinja tags as typed, tracked changes accepted; and what is wrong with it.

    The headings of slots, by their `names`, are of the second level. Tracked changes are an error unless
    `accept_tracked`. What is no Word document has no blocks and one finding. Raises EnvironmentFailure if the system
    does not give the file.
    """
    place, content = Place(file=path.name), read_bytes(path)
    try:
        file = WordFile(content)
        body = Body(file)
        blocks = tuple(blocks_of(body.blocks(file.body), names))
        body.left_out |= {Kind.EDGE: edges} if (edges := file.edges()) else {}
    except NotWordError as reason:
        return (), [rules.NOT_WORD.at(place, file=path.name, reason=reason)]
    except Exception:  # whatever a file from anywhere makes the parsers stumble over
        return (), [rules.NOT_WORD.at(place, file=path.name, reason="it is damaged")]
    findings = [_left_out(kind, texts, place) for kind, texts in body.left_out.items()]
    if body.changes and not accept_tracked:
        changes = _first(f"{done} {_quoted(text)}" for done, text in body.changes)
        findings.insert(0, rules.TRACKED_CHANGES.at(place, changes=changes))
    return blocks, findings


def _left_out(kind: Kind, texts: Sequence[str], place: Place) -> Finding:
    quoted = _first(_quoted(text) for text in texts if text.strip())
    one, several = kind.value
    what = f"1 {one} is" if len(texts) == 1 else f"{len(texts):,} {several} are"
    return rules.LEFT_OUT.at(place, what=what, quoted=f": {quoted}" if quoted else "")


def _first(quoted: Iterable[str]) -> str:
    """The first few, and how many more there are."""
    told = list(quoted)
    more = len(told) - MOST_QUOTED
    return ", ".join(told[:MOST_QUOTED]) + (f" and {more:,} more" if more > 0 else "")


def _quoted(text: str) -> str:
    words = " ".join(text.split()) or text.strip("\n") or "¶"
    return f"'{words if len(words) <= LONGEST_QUOTE else words[: LONGEST_QUOTE - 1].rstrip() + '…'}'"
