"""Templates and narratives: Jinja in a sandbox, then Markdown. Whatever a template prints is data, never markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import CodeType, MappingProxyType

from jinja2 import TemplateSyntaxError, nodes

from cpreport.compose.allow_list import mistakes
from cpreport.compose.environment import CONTROL, Sandbox
from cpreport.compose.markdown import blocks_of
from cpreport.compose.printed import Filling, Rendered
from cpreport.model.document import Block, Pictures, Report, Span, Text
from cpreport.model.finding import Finding, Place
from cpreport.model.rules.template import NOT_ALLOWED, SYNTAX
from cpreport.model.tags import opens_tag

MAX_SOURCE = 200_000

_LINE_END = re.compile("\r\n?")
_RAW = re.compile(r"\{%[-+]?\s*raw\b")
_TAGS_ALONE = re.compile(r"[ \t]*(?:\{[%#](?:(?![%#]\}).)*[%#]\}[ \t]*)+")
_INDENTED_TAG = re.compile(r"^([ \t]+\{[%#])(?![-+])")
_IN_PLAIN_WORDS = {
    r"expected token 'end of print statement', got .*": "a tag is not closed by }}, or has two things side by side",
    r"expected token 'end of statement block', got .*": "a tag is not closed by %}, or has two things side by side",
    r"expected token ',', got .*": 'text in brackets needs quotes, as in indicator("4.02.01"), and commas between',
    r"unexpected '\}'": "a tag is not closed as it was opened, {{ by }} or {% by %}, with no space in it",
    r"unexpected '(.)', expected '(.)'": r"a \2 is missing before a \1",
    r"unexpected '([)\]])'": r"a \1 has no opening bracket before it",
    r"unexpected end of template, expected 'end of print statement'\.": "a tag that begins with {{ is not closed by }}",
    r"unexpected end of template, expected 'end of statement block'\.": "a tag that begins with {% is not closed by %}",
    r"Missing end of comment tag": "a comment that begins with {# is not closed by #}",
    r"Unexpected end of template\..* is '(\w+)'\.": r"a tag {% \1 … %} has no {% end\1 %} after it",
    r"Encountered unknown tag '(else|elif|end\w+)'.*": r"the tag {% \1 %} has no opening tag before it",
    r"Encountered unknown tag '(.*?)'.*": r"there is no tag {% \1 … %}",
    r"Expected an expression, got .*": "something is missing in a tag before its end",
    r"""unexpected char (?:'"'|"'") at .*""": "a quotation mark in a tag is not closed",
    r"unexpected char '(.)' at .*": r"the character \1 has no meaning in a tag",
    r"expected name or number": "a name is missing after a full stop in a tag",
}
"""Jinja's messages about a template that it cannot read, and what they mean to the template's author."""


def compose_text(
    source: str, context: Mapping[str, object], place: Place, pictures: Pictures = MappingProxyType({})
) -> tuple[tuple[Block, ...], list[Finding]]:
    """A template's blocks, printed with the context's values, and what is wrong with it; `pictures` are by their names.

    What cannot be given prints `[data error]`, with a finding; a template that is refused or fails gives none.
    """
    rendered = run(source, context)
    blocks, problems = blocks_of(rendered, pictures)
    return blocks, rendered.all_findings(problems, place)


def fill_tags(source: str, section: str, report: Report) -> tuple[Text, list[Finding]]:
    """A text of shell.docx with its tags filled, and every mistake in them at its line. What is typed stays.

    `section` is what the tag of that name prints.
    """
    context = {"report": report.cover, "about": report.about, "period": report.cover.period, "section": section}
    rendered = run(source, context)
    return Filling(rendered.printed).text((Span(rendered.text),)), rendered.all_findings((), Place(line=1))


def run(source: str, context: Mapping[str, object], longest: int = MAX_SOURCE) -> Rendered:
    """What a template prints with the context's values. One without tags costs nothing."""
    source = _LINE_END.sub("\n", source)
    if found := _unreadable(source, longest):
        return Rendered(source, findings=(found,))
    if not opens_tag(source):
        return Rendered(source, source)
    code, refused = _compiled(source)
    if code is None:
        return Rendered(source, findings=refused)
    sandbox = Sandbox()
    text = sandbox.run(code, context)
    return Rendered(source, text, tuple(sandbox.printed), tuple(sandbox.findings))


@lru_cache(maxsize=128)
def _compiled(source: str) -> tuple[CodeType | None, tuple[Finding, ...]]:
    sandbox = Sandbox()
    try:
        tree = sandbox.parse("\n".join(_own_lines(source)))
        if refused := mistakes(tree):
            return None, tuple(refused)
        return sandbox.compile(_counted(tree)), ()
    except TemplateSyntaxError as error:
        return None, (SYNTAX.at(Place(line=error.lineno), problem=_in_plain_words(error.message or "")),)
    except (RecursionError, MemoryError, SyntaxError):
        return None, (NOT_ALLOWED.at(Place(line=1), what="an expression nested this deeply"),)
    except ValueError:
        return None, (NOT_ALLOWED.at(Place(line=1), what="a number of more than 15 digits"),)


def _in_plain_words(problem: str) -> str:
    """Jinja's message in plain words; one that is not listed stays."""
    matches = ((re.fullmatch(pattern, problem), words) for pattern, words in _IN_PLAIN_WORDS.items())
    return next((found.expand(words) for found, words in matches if found), problem)


def _unreadable(source: str, longest: int) -> Finding | None:
    if len(source) > longest:
        return NOT_ALLOWED.at(Place(line=1), what=f"a text of more than {MAX_SOURCE:,} characters")
    if control := CONTROL.search(source):
        line = source.count("\n", 0, control.start()) + 1
        return NOT_ALLOWED.at(Place(line=line), what=f"the control character U+{ord(control[0]):04X}")
    return None


def _own_lines(source: str) -> Iterator[str]:
    """The source's lines, marked so that only a tag on a line of its own takes the line with it.

    Jinja's trim_blocks would also join a paragraph that ends in a tag to the next one.
    """
    raw = False
    for line in source.split("\n"):
        ends_raw = "endraw" in line
        yield line if raw and not ends_raw else _own_line(line)
        raw = not ends_raw and (raw or bool(_RAW.search(line)))


def _own_line(line: str) -> str:
    if _TAGS_ALONE.fullmatch(line):
        return line.rstrip()
    line = _INDENTED_TAG.sub(r"\1+", line)
    start = max(line.rfind("{%"), line.rfind("{#"))
    ends_in_tag = start >= 0 and line.endswith(("%}", "#}")) and line[-3] not in "+-" and not _RAW.match(line, start)
    return f"{line[:-2]}+{line[-2:]}" if ends_in_tag else line


def _counted(tree: nodes.Template) -> nodes.Template:
    """The template in which every `for` counts the nodes it runs."""
    for loop in list(tree.find_all(nodes.For)):
        size = nodes.Const(sum(1 + len(getattr(node, "data", "")) for node in loop.find_all(nodes.Node)))
        loop.iter = nodes.Filter(loop.iter, "steps", [size], [], None, None, lineno=loop.lineno)
    return tree
