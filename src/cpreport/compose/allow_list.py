"""What of Jinja a template may use, checked on the parsed template before anything of it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from jinja2 import nodes

from cpreport.model.finding import Finding, Place, Rule
from cpreport.model.rules.template import NOT_ALLOWED, UNDEFINED_NAME

NAMES = frozenset({"report", "about", "section", "period"})
FUNCTIONS = frozenset({"indicator", "indicator_table", "narrative", "breakdown_table", "sheet_table", "glossary_table"})
METHODS = frozenset({"at", "mean", "peak", "low", "change", "gap", "benchmark"})
ATTRIBUTES = frozenset(
    {
        *("title", "id", "owner", "group", "slots", "indicators", "required"),
        *("now", "previous", "year_ago", "year_to_date", "target", "period", "direction", "text"),
        *("value", "count", "denominator", "size"),
        *("name", "authority", "board_date", "data_as_at", "contact", "comparators"),
        *("benchmark_source", "benchmark_period", "reference", "unit", "label", "start", "end"),
    }
)
LOOP_ATTRIBUTES = frozenset({"index", "first", "last"})
FILTERS = frozenset({"length", "lower", "upper", "capitalize", "first", "last", "default"})
TESTS = frozenset({"defined", "undefined", "none"})

MAX_DEPTH = 40
MAX_LOOPS = 2
MAX_LIST = 1_000
MAX_STRING = 10_000
MAX_NUMBER = 10**15
MAX_FINDINGS = 100

_OPEN = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.CondExpr, nodes.Keyword),
    *(nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand),
    *(nodes.Add, nodes.Sub, nodes.Div, nodes.Neg, nodes.Pos),
)
_WORDS: dict[type[nodes.Node], str] = {
    nodes.Concat: "`~`",
    nodes.Slice: "a slice",
    nodes.Dict: "`{…}` in an expression",
    nodes.CallBlock: "`call`",
    nodes.FromImport: "`from … import`",
    nodes.FilterBlock: "a `filter` block",
    nodes.AssignBlock: "`set` with `endset`",
    nodes.Scope: "`autoescape`",
}


def mistakes(tree: nodes.Template) -> list[Finding]:
    """Whatever in a parsed template is not on the lists, at its line counted from 1. At most 100."""
    if line := _too_deep(tree):
        return [NOT_ALLOWED.at(Place(line=line), what=f"anything nested more than {MAX_DEPTH} deep")]
    walk = _Walk()
    walk.check(tree)
    return walk.findings


def _too_deep(tree: nodes.Node) -> int:
    """The line of the first node below MAX_DEPTH, or 0."""
    level = [tree]
    for _ in range(MAX_DEPTH):
        level = [child for node in level for child in node.iter_child_nodes()]
    return _line(level[0]) if level else 0


def _line(node: nodes.Node) -> int:
    """A node's line; Jinja gives none to those it makes up around others."""
    return node.lineno or next((inner.lineno for inner in node.find_all(nodes.Node) if inner.lineno), 1)


class _Walk:
    """Goes through a template in the order it runs, knowing which names are set where."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self._names = NAMES | FUNCTIONS
        self._loops = 0

    def check(self, node: nodes.Node) -> None:
        if check := _CHECKS.get(type(node)):
            check(self, node)
        else:
            word = getattr(node, "operator", type(node).__name__.lower())
            self._refuse(node, _WORDS.get(type(node), f"`{word}`"))

    def _all(self, several: Iterable[nodes.Node]) -> None:
        for node in several:
            self.check(node)

    def _open(self, node: nodes.Node) -> None:
        self._all(node.iter_child_nodes())

    def _name(self, node: nodes.Name) -> None:
        if node.name == "loop" and self._loops:
            self._refuse(node, "`loop` on its own")
        elif node.name not in self._names:
            self._unknown(node, "name", node.name, self._names)

    def _constant(self, node: nodes.Const) -> None:
        match node.value:
            case str(text) if len(text) > MAX_STRING:
                self._refuse(node, f"a text of more than {MAX_STRING:,} characters")
            case int(number) | float(number) if not abs(number) <= MAX_NUMBER:
                self._refuse(node, "a number of more than 15 digits")

    def _list(self, node: nodes.List | nodes.Tuple) -> None:
        if len(node.items) > MAX_LIST:
            self._refuse(node, f"a list of more than {MAX_LIST:,}")
        elif not all(isinstance(entry, nodes.Const) for entry in node.items):
            self._refuse(node, "a list of anything but texts and numbers")
        else:
            self._all(node.items)

    def _attribute(self, node: nodes.Getattr) -> None:
        if self._loops and isinstance(node.node, nodes.Name) and node.node.name == "loop":
            return self._known(node, "attribute of loop", node.attr, LOOP_ATTRIBUTES)
        self._known(node, "attribute", node.attr, ATTRIBUTES | METHODS)
        self.check(node.node)

    def _subscript(self, node: nodes.Getitem) -> None:
        match node:
            case nodes.Getitem(node=nodes.Name(name="about"), arg=nodes.Const(value=str())):
                self.check(node.arg)
            case _:
                self._refuse(node, '`[…]` after anything but about, as in about["Key"],')

    def _call(self, node: nodes.Call) -> None:
        match node.node:
            case nodes.Name(name=name):
                self._callable(node, name, FUNCTIONS, self._names, "function")
            case nodes.Getattr(node=inner, attr=name):
                self._callable(node, name, METHODS, ATTRIBUTES, "attribute")
                self.check(inner)
            case _:
                self._refuse(node, "calling this")
        self._arguments(node)

    def _callable(
        self, node: nodes.Call, name: str, known: frozenset[str], uncallable: frozenset[str], kind: str
    ) -> None:
        if name in uncallable - known:
            self._refuse(node, f"calling `{name}(…)`")
        else:
            self._known(node, kind, name, known)

    def _arguments(self, node: nodes.Call | nodes.Filter | nodes.Test) -> None:
        if node.dyn_args or node.dyn_kwargs:
            self._refuse(node, "`*` or `**` before an argument")
        self._all([*node.args, *node.kwargs])

    def _filter(self, node: nodes.Filter | nodes.Test) -> None:
        kind, known = ("filter", FILTERS) if isinstance(node, nodes.Filter) else ("test", TESTS)
        self._known(node, kind, node.name, known)
        if node.node is None:
            return self._refuse(node, "a filter without a value")
        self.check(node.node)
        self._arguments(node)

    def _assignment(self, node: nodes.Assign) -> None:
        self.check(node.node)
        self._target(node.target)

    def _loop(self, node: nodes.For) -> None:
        if not isinstance(node.iter, nodes.Name | nodes.Getattr | nodes.List | nodes.Tuple):
            self._refuse(node, "`for` over anything but a list that is given")
        if node.recursive or self._loops == MAX_LOOPS:
            self._refuse(node, "`for` that is recursive or more than two deep")
        self.check(node.iter)
        outside = self._names
        self._target(node.target)
        self._all([node.test] if node.test else [])
        self._loops += 1
        self._all(node.body)
        self._loops -= 1
        self._names = outside
        self._all(node.else_)

    def _target(self, node: nodes.Node) -> None:
        if not isinstance(node, nodes.Name):
            self._refuse(node, "setting anything but one plain name")
        elif node.name in NAMES | FUNCTIONS | {"loop"}:
            self._refuse(node, f"setting `{node.name}`, which the report gives,")
        else:
            self._names |= {node.name}

    def _known(self, node: nodes.Node, kind: str, name: str, known: frozenset[str]) -> None:
        if name not in known:
            self._unknown(node, kind, name, known)

    def _unknown(self, node: nodes.Node, kind: str, name: str, known: frozenset[str]) -> None:
        if len(self.findings) < MAX_FINDINGS:
            self._find(UNDEFINED_NAME, node, kind=kind, name=name, suggestion=_suggestion(name, known))

    def _refuse(self, node: nodes.Node, what: str) -> None:
        self._find(NOT_ALLOWED, node, what=what)

    def _find(self, rule: Rule, node: nodes.Node, **values: str) -> None:
        if len(self.findings) < MAX_FINDINGS:
            self.findings.append(rule.at(Place(line=_line(node)), **values))


_CHECKS: dict[type[nodes.Node], Callable[[_Walk, Any], None]] = {
    **dict.fromkeys(_OPEN, _Walk._open),
    nodes.Name: _Walk._name,
    nodes.Const: _Walk._constant,
    **dict.fromkeys((nodes.List, nodes.Tuple), _Walk._list),
    nodes.Getattr: _Walk._attribute,
    nodes.Getitem: _Walk._subscript,
    nodes.Call: _Walk._call,
    **dict.fromkeys((nodes.Filter, nodes.Test), _Walk._filter),
    nodes.Assign: _Walk._assignment,
    nodes.For: _Walk._loop,
}


def _suggestion(name: str, known: frozenset[str]) -> str:
    from difflib import get_close_matches

    if close := get_close_matches(name[:100], sorted(known), 1):
        return f"Did you mean '{close[0]}'?"
    return f"There are: {', '.join(sorted(known))}."
