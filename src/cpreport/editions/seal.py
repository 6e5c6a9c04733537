"""HTML and PDF files that hold the digest of their own bytes, by which edited ones are known.

A file is written with a placeholder where its digest goes; the digest is that of the bytes with the placeholder.
"""

from __future__ import annotations

import hashlib
import re

DIGEST, AUDIT, ORIGIN = "cpreport-digest", "cpreport-audit", "cpreport-origin"
"""What files state: the digest of their bytes, that of their audit file, and which report folder made them."""

DIGEST_PLACEHOLDER = "the-digest-of-this-file-is-put-here-when-everything-else-is-done"
"""What is written for the digest, and as long as it."""

AUDIT_PLACEHOLDER = "the-digest-of-the-audit-file-is-put-here-before-that-of-the-file"
"""The same for that of the audit file, which is made after the documents."""

_STATED = rb'<meta name="%b" content="([0-9a-f-]*)"', rb"\b%b=([0-9a-f-]*)"
"""How an HTML file and a PDF state something."""


def sealed_file(content: bytes, audit: str = "") -> bytes:
    """The file with its digest wherever it has the placeholder, and that of its audit file, if there is one.

    Raises ValueError if it does not state its digest anywhere.
    """
    placeholder = DIGEST_PLACEHOLDER.encode()
    content = content.replace(AUDIT_PLACEHOLDER.encode(), audit.encode())
    digest = hashlib.sha256(content).hexdigest()
    whole = content.replace(placeholder, digest.encode())
    if stated(whole, DIGEST) != digest:
        raise ValueError(f"the file does not state its {DIGEST} as {DIGEST_PLACEHOLDER}")
    return whole


def is_sealed(content: bytes) -> bool:
    """Whether a file is byte for byte as it was sealed."""
    digest, placeholder = stated(content, DIGEST), DIGEST_PLACEHOLDER.encode()
    if not digest or placeholder in content:
        return False
    return hashlib.sha256(content.replace(digest.encode(), placeholder)).hexdigest() == digest


def without_digests(content: bytes) -> bytes:
    """The file without the digests that it states, its own and that of its audit file."""
    for name in filter(None, (stated(content, DIGEST), stated(content, AUDIT))):
        content = content.replace(name.encode(), b"")
    return content


def stated(content: bytes, name: str) -> str:
    """What an HTML or PDF file states under a name, '' where it does not."""
    found = re.search(_STATED[content.startswith(b"%PDF")] % re.escape(name.encode()), content)
    return found[1].decode() if found else ""
