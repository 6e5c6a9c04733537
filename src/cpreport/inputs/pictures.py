"""The pictures of the report folder that templates and narratives name: `![what it shows](map.png)`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from cpreport.inputs.texts import is_inside, read_bytes
from cpreport.model.document import Image, Pictures
from cpreport.model.errors import EnvironmentFailure
from cpreport.office.pictures import LARGEST, NotAPicture, check_vector, read_image

_NAMED = re.compile(r"\]\(\s*(?:<([^>\n]*)>|([^\s()<>]+))")
_KINDS = (".png", ".jpg", ".jpeg", ".svg")


def read_pictures(root: Path, texts: Iterable[str]) -> Pictures:
    """The pictures that texts name, and why each of them that cannot be printed cannot; nothing is fetched."""
    names = [unquote(whole or plain) for text in texts for whole, plain in _NAMED.findall(text)]
    return {name: _read(root, name) for name in dict.fromkeys(names) if name.lower().endswith(_KINDS)}


def _read(root: Path, name: str) -> Image | str:
    try:
        if not name.lower().endswith(".svg"):
            return read_image(_content(root, name))
        vector = _content(root, name)
        check_vector(vector)
        drawn = f"{name[:-4]}.png"
        if not is_inside(root, drawn):
            raise NotAPicture(f"needs {Path(drawn).name} beside it, for programs that cannot draw SVG")
        return replace(read_image(_content(root, drawn)), vector=vector)
    except NotAPicture as reason:
        return str(reason)


def _content(root: Path, name: str) -> bytes:
    """A file's bytes. Raises NotAPicture if it is not in the folder, or too large."""
    if "\0" in name or not is_inside(root, name):
        raise NotAPicture("is not in the report folder; nothing is fetched from elsewhere")
    try:
        return read_bytes(root / name, LARGEST)
    except EnvironmentFailure as failure:
        raise NotAPicture(f"cannot be read, or has more than {LARGEST // 2**20} MiB") from failure
