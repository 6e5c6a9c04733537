"""Every function, method, filter and attribute of a template with every kind of value."""

from __future__ import annotations

from cpreport.pipeline import Month

from .. import test_template_words as words

month = words.month


def test_no_name_of_python_is_said(month: Month) -> None:
    assert words.python_said(month, words.EXPRESSIONS) == {}
