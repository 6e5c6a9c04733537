"""What cpreport itself wrote into a form, where another program has lost the boxes around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from cpreport.inputs.narratives.word.blocks import Block, Line, cut
from cpreport.model.document import REFERENCE_END, WRITTEN_PROMPT


def without_reference(parts: Sequence[Block], is_slot: Callable[[Line], bool]) -> Sequence[Block]:
    """What follows a form's reference; everything where none ends before the first heading of a slot."""
    for position, part in enumerate(parts):
        if isinstance(part, Line) and part.text == REFERENCE_END:
            return parts[position + 1 :]
        if isinstance(part, Line) and is_slot(part):
            break
    return parts


def without_prompt(line: Line) -> Line:
    """What somebody typed behind a form's prompt; a line that has none, as it is."""
    text = "".join(span.text for span in line.spans)
    prompt = re.match(WRITTEN_PROMPT, text)
    return Line(line.role, *cut(line.spans, [(prompt.end(), len(text))])) if prompt else line
