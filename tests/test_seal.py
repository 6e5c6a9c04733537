"""HTML and PDF files that hold the digest of their own bytes: nothing in them changes unseen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.editions.seal import AUDIT, DIGEST, DIGEST_PLACEHOLDER, ORIGIN, is_sealed, sealed_file, stated
from cpreport.editions.writing import refuse_other
from cpreport.model.document import Cover, Report
from cpreport.model.errors import EnvironmentFailure
from cpreport.office.digests import origin_digest

from .examples import examples

REPORT = Report(Cover("Highlight Report", "Tamarshire Council"), "en-GB", (), place="reports/board")
ORIGIN_OF_REPORT = origin_digest(REPORT.place, REPORT.cover)


def html(digest: str = DIGEST_PLACEHOLDER, origin: str = ORIGIN_OF_REPORT, text: str = "617 children") -> bytes:
    known = {DIGEST: digest, AUDIT: "ab" * 32, ORIGIN: origin}
    metas = "".join(f'<meta name="{name}" content="{content}">' for name, content in known.items())
    return f"<!doctype html><html lang=en-GB><title>Report</title>{metas}<p>{text}</html>\n".encode()


def pdf(digest: str = DIGEST_PLACEHOLDER, origin: str = ORIGIN_OF_REPORT, text: str = "617 children") -> bytes:
    keywords = f"{DIGEST}={digest}; {AUDIT}={'ab' * 32}; {ORIGIN}={origin}"
    info, xmp = f"<< /Keywords ({keywords}) >>", f"<pdf:Keywords>{keywords}</pdf:Keywords>"
    return f"%PDF-1.7\n%\x80\n{text}\n{info}\n{xmp}\n%%EOF".encode("latin-1")


FILES = pytest.mark.parametrize("file", [html, pdf])


@FILES
def test_a_sealed_file_states_its_digest_and_the_rest_as_it_was(file: Callable[..., bytes]) -> None:
    sealed = sealed_file(file())
    assert is_sealed(sealed) and DIGEST_PLACEHOLDER.encode() not in sealed
    assert (stated(sealed, AUDIT), stated(sealed, ORIGIN)) == ("ab" * 32, ORIGIN_OF_REPORT)
    assert sealed.replace(stated(sealed, DIGEST).encode(), DIGEST_PLACEHOLDER.encode()) == file()
    assert sealed_file(file()) == sealed != sealed_file(file(text="616 children"))


@FILES
@examples(200)
@given(st.data())
def test_any_change_of_a_byte_unseals_it(file: Callable[..., bytes], data: st.DataObject) -> None:
    sealed = sealed_file(file())
    at = data.draw(st.integers(0, len(sealed) - 1))
    new = data.draw(st.binary(max_size=2).filter(lambda new: new != sealed[at : at + 1]))
    assert not is_sealed(sealed[:at] + new + sealed[at + 1 :])


@pytest.mark.parametrize("file", [html(), html("ab" * 32), html(""), pdf(), pdf("ab" * 32), b"", b"%PDF-1.7", b"PK"])
def test_what_was_not_sealed_is_not(file: bytes) -> None:
    assert not is_sealed(file)


@FILES
def test_a_digest_that_one_place_of_two_has_lost_is_not_there(file: Callable[..., bytes]) -> None:
    sealed = sealed_file(file(text=DIGEST_PLACEHOLDER))
    digest = stated(sealed, DIGEST).encode()
    assert is_sealed(sealed) and sealed.count(digest) >= 2
    assert not is_sealed(sealed.replace(digest, DIGEST_PLACEHOLDER.encode(), 1))
    assert not is_sealed(DIGEST_PLACEHOLDER.encode().join(sealed.rsplit(digest, 1)))


@pytest.mark.parametrize("file", [html(""), pdf(""), b"", DIGEST_PLACEHOLDER.encode()])
def test_a_file_that_would_not_state_its_digest_is_not_sealed(file: bytes) -> None:
    with pytest.raises(ValueError, match="does not state"):
        sealed_file(file)


@FILES
@pytest.mark.parametrize("name", ["july-2023.html", "july-2023.pdf", "july-2023.docx"])
def test_only_an_untouched_file_of_the_same_report_folder_is_replaced(
    file: Callable[..., bytes], name: str, tmp_path: Path
) -> None:
    """What the file is shows its content, not its name."""
    path = tmp_path / name
    elsewhere = origin_digest("reports/scrutiny", REPORT.cover)
    renamed = origin_digest(REPORT.place, Cover("Annual Report", "Tamarshire Council"))

    def refusal(content: bytes, is_beside: bool = True) -> str:
        path.write_bytes(content)
        try:
            refuse_other(path, REPORT, is_beside)
        except EnvironmentFailure as failure:
            return str(failure)
        return ""

    assert not refusal(sealed_file(file())) and not refusal(sealed_file(file()), is_beside=False)
    assert "was edited" in refusal(sealed_file(file()).replace(b"617", b"616"))
    assert "was edited" in refusal(file())
    assert "another report folder" in refusal(sealed_file(file(origin=elsewhere)))
    assert "another report folder" in refusal(sealed_file(file(origin="")))
    assert not refusal(sealed_file(file(origin=renamed)))
    assert "another report folder" in refusal(sealed_file(file(origin=renamed)), is_beside=False)
