"""Audit files are read as they were written; what is not one, or is damaged, is told in plain words."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.editions.audit import audit_file
from cpreport.inputs import audit as reader
from cpreport.inputs.audit import AuditFile, audit_in, read_audit
from cpreport.model import audit as model
from cpreport.model.audit import Audit, AuditedFigure, AuditedIndicator, AuditedInput, AuditedText
from cpreport.model.errors import InputError

SHA = "0123456789abcdef" * 4
WHOLE = Audit(
    *("0.1.0", "Highlight Report", "Example Council", "Jul 23", date(2023, 7, 31), "", "july-2023.xlsx"),
    options={"period": "2023-07"},
    inputs=(AuditedInput("july-2023.xlsx", SHA),),
    indicators=(AuditedIndicator("far", "Placed far away", {"measure": "percentage"}, "Jul 23", "up"),),
    figures=(
        AuditedFigure("care", "far", "Placed far away", "13.5%", Fraction(8300, 617), "present", cells=("Data!F4",)),
        AuditedFigure("care", "far", "Placed far away", "no data", None, "no data"),
    ),
    texts=(AuditedText("care", "good", "What went well", SHA),),
)


words = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), max_size=9)
digests = st.text("0123456789abcdef", min_size=64, max_size=64)
texts = st.dictionaries(words, words, max_size=3)
_FIELDS: dict[str, Any] = {
    "Fraction | None": st.none() | st.fractions(),
    "date | None": st.none() | st.dates(),
    "Mapping[str, str]": texts,
    "bool": st.booleans(),
    "str": words,
    "tuple[str, ...]": st.lists(words, max_size=3).map(tuple),
}


def anything(kind: type[Any]) -> st.SearchStrategy[Any]:
    """A value of the model, whatever its fields hold."""
    given = {}
    for name, hint in kind.__annotations__.items():
        annotation = getattr(hint, "__forward_arg__", hint)
        inner = getattr(model, annotation.removeprefix("tuple[").removesuffix(", ...]"), None)
        some = st.lists(anything(inner), max_size=2).map(tuple) if inner else _FIELDS[annotation]
        given[name] = digests if name == "sha256" else some
    return st.builds(kind, **given)


def written(audit: Audit, **keys: Any) -> bytes:
    """An audit file, with other values for some of its keys."""
    return json.dumps({**json.loads(audit_file(audit)), **keys}).encode()


@given(anything(Audit))
def test_what_was_written_is_read(audit: Audit) -> None:
    assert audit_in(audit_file(audit), "july-2023.audit.json") == audit


def test_a_byte_order_mark_does_no_harm() -> None:
    assert audit_in(b"\xef\xbb\xbf" + audit_file(WHOLE), "july-2023.audit.json") == WHOLE


@pytest.mark.parametrize(
    "name", ["Audit", "AuditedInput", "AuditedIndicator", "AuditedFigure", "AuditedText", "AuditedFinding"]
)
def test_the_keys_are_those_of_the_model_in_its_order(name: str) -> None:
    kept = getattr(reader, "AuditFile" if name == "Audit" else f"{name}Table")

    assert list(kept.model_fields) == list(getattr(model, name).__annotations__)


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", "not-an-audit-file", "this is not an audit file"),
        (b"PK\x03\x04 a Word document", "not-an-audit-file", "this is not an audit file"),
        (b"[1]", "not-an-audit-file", "this is not an audit file"),
        (b'{"version": "0.1.0"}', "not-an-audit-file", "this is not an audit file"),
        (written(WHOLE)[:-40], "damaged", "it is not valid JSON"),
        (b'{"a":' + b"[" * 10_000, "damaged", "it is not valid JSON"),
        (b'{"a": "\xff"}', "damaged", "it is not valid JSON"),
        (written(WHOLE, period=7), "damaged", "period: it must be a text"),
        (written(WHOLE, title="\x1b[2J"), "damaged", "title: the control character U+001B is not allowed"),
        (written(WHOLE).replace(b'"0.1.0"', b"9" * 5_000), "damaged", "it is not valid JSON"),
        (written(WHOLE, inputs=[{"path": "a"}]), "damaged", "inputs, number 1, sha256: it is missing"),
        (written(WHOLE, figure=[]), "damaged", "figure: there is no such key"),
        (written(WHOLE, figure=[], version="99.0"), "newer", "was written by cpreport 99.0"),
        (written(WHOLE).replace(b'"8300/617"', b'"1/0"'), "damaged", "figures, number 1, value"),
        (written(WHOLE).replace(b'"8300/617"', b"13.5"), "damaged", "figures, number 1, value"),
        (written(WHOLE).replace(b'"8300/617"', b'"' + b"9" * 5_000 + b'"'), "damaged", "figures, number 1, value"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(content: bytes, code: str, words: str) -> None:
    with pytest.raises(InputError) as raised:
        audit_in(content, "july-2023.audit.json")

    (found,) = raised.value.findings
    assert (found.code, found.place.file) == (f"audit.{code}", "july-2023.audit.json")
    assert words in found.message


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(list(asdict(WHOLE))), inner),
)


@given(st.dictionaries(st.sampled_from(list(asdict(WHOLE))), _JSON))
def test_whatever_stands_in_a_file_is_told_or_read(keys: dict[str, Any]) -> None:
    try:
        audit_in(written(WHOLE, **keys), "july-2023.audit.json")
    except InputError as error:
        assert error.findings[0].code.startswith("audit.")


@given(st.integers(0, 2_000), st.binary(max_size=3))
def test_whatever_is_damaged_in_a_file_is_told_or_read(at: int, more: bytes) -> None:
    content = audit_file(WHOLE)
    try:
        audit_in(content[:at] + more + content[at + len(more) :], "july-2023.audit.json")
    except InputError as error:
        assert error.findings[0].code.startswith("audit.")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Any) -> None:
    path = tmp_path / "july-2023.audit.json"
    with path.open("wb") as file:
        file.truncate(reader.LARGEST + 1)

    with pytest.raises(InputError, match="an audit file has at most 20"):
        read_audit(path)


def test_the_schema_is_printed_alone(call: Callable[..., tuple[int, str, str]]) -> None:
    status, out, _ = call("schema", "audit")

    assert (status, json.loads(out)) == (0, AuditFile.model_json_schema())
    assert list(json.loads(out)["properties"]) == list(asdict(WHOLE))
    assert call("schema", "audits")[0] == 2
