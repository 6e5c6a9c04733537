"""Fails where two documents do not hold the same indicator tables, text for text.

python -m benchmarks.same_tables OURS.docx OTHER.docx
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from docx import Document

Texts = list[list[str]]
_NO_BREAKS = {ord("\u00a0"): " ", ord("\u2011"): "-", ord("\u200b"): None}
"""What only says where a line may break."""


def main(ours: str, other: str) -> None:
    ours_in, other_in = list(_tables(ours)), list(_tables(other))
    if len(ours_in) != len(other_in):
        sys.exit(f"{ours} has {len(ours_in)} tables, {other} has {len(other_in)}")
    for number, (left, right) in enumerate(zip(ours_in, other_in, strict=True), start=1):
        if left != right:
            first = next((pair for pair in zip(left, right, strict=False) if pair[0] != pair[1]), (left[-1], right[-1]))
            sys.exit(f"table {number} differs: {ours} has {first[0]}, {other} has {first[1]}")


def _tables(path: str) -> Iterator[Texts]:
    for table in Document(path).tables:
        texts = [[cell.text.translate(_NO_BREAKS) for cell in row.cells] for row in table.rows]
        if texts[0][0] == "Key indicator":
            yield texts


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
