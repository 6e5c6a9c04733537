"""The zip archive that an Office file is: the same bytes for the same parts."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3


def archived(parts: Mapping[str, bytes]) -> bytes:
    """The archive of parts by their names, in their order."""
    result = BytesIO()
    with zipfile.ZipFile(result, "w") as archive:
        for name, content in parts.items():
            archive.writestr(_entry(name), content)
    return result.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = _UNIX
    entry.external_attr = 0o600 << 16
    return entry
