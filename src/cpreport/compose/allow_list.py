"""What a template may use of Jinja, checked on the parsed template before any of it runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from itertools import islice

from jinja2 import nodes

from cpreport.compose.printed import MAX_FINDINGS
from cpreport.model.finding import Finding, Place
from cpreport.model.rules.template import NOT_ALLOWED, UNDEFINED_NAME

NAMES = frozenset({"report", "about", "section", "period"})
FUNCTIONS = frozenset(
    {
        *("indicator", "narrative", "comments", "progress_lists", "indicator_table", "scorecard", "history_table"),
        *("breakdown", "breakdown_table", "peer_table", "sheet_table", "glossary_table", "at_a_glance", "ref"),
        *("since_last_report", "trend_chart", "variation_chart", "comparison_chart", "peer_chart", "breakdown_chart"),
    }
)
METHODS = frozenset(
    {*("at", "sum", "mean", "peak", "low", "change", "gap", "benchmark", "against"), *("category", "largest", "rank")}
)
ATTRIBUTES = frozenset(
    {
        *("title", "id", "owner", "group", "slots", "comments", "indicators", "required"),
        *("now", "previous", "year_ago", "year_to_date", "target", "period", "direction", "text"),
        *("long", "day", "percent"),
        *("has_target", "status", "judgement", "baseline", "polarity", "to_target", "one_child"),
        *("value", "count", "denominator", "size", "share", "total", "name"),
        *("authority", "board_date", "data_as_at", "contact", "comparators"),
        *("benchmark_source", "benchmark_period", "recommendations", "other_formats", "fields"),
        *("reference", "unit", "label", "start", "end"),
    }
)
LOOP_ATTRIBUTES = frozenset({"index", "first", "last"})
FILTERS = frozenset({"length", "lower", "upper", "capitalize", "first", "last", "default"})
TESTS = frozenset({"defined", "undefined", "none"})

MAX_LOOPS = 2
MAX_LIST = 1_000
MAX_STRING = 10_000
MAX_NUMBER = 10**15

_ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.CondExpr, nodes.Keyword),
    *(nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand, nodes.Name, nodes.Const, nodes.List, nodes.Tuple),
    *(nodes.Add, nodes.Sub, nodes.Div, nodes.Neg, nodes.Pos, nodes.Getattr, nodes.Getitem, nodes.Call),
    *(nodes.Filter, nodes.Test, nodes.Assign, nodes.For),
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
    """Everything in a parsed template that is not allowed, at its line counted from 1.

    Raises RecursionError for one that is nested too deeply.
    """
    return list(islice(_mistakes(tree, {*NAMES, *FUNCTIONS}, 0), MAX_FINDINGS))


def _mistakes(node: nodes.Node, names: set[str], loops: int) -> Iterator[Finding]:
    """What is not allowed in a node, in the order in which it runs; the names that it sets are added to `names`."""
    refused = _refused(node, names, loops)
    kind, name, listed = _listed(node, names, loops)
    if refused:
        yield NOT_ALLOWED.at(Place(line=_line(node)), what=refused)
    elif name not in listed:
        yield UNDEFINED_NAME.at(Place(line=_line(node)), kind=kind, name=name, suggestion=_suggestion(name, listed))
    for part, known, depth in _parts(node, names, loops):
        yield from _mistakes(part, known, depth)
    if isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
        names.add(node.target.name)


def _parts(node: nodes.Node, names: set[str], loops: int) -> Iterator[tuple[nodes.Node, set[str], int]]:
    """The parts of a node to check, with the names that are known and the number of loops around it.

    Nothing inside what is not allowed is checked, nor what its name already covers.
    """
    parts: Iterable[nodes.Node] = node.iter_child_nodes() if isinstance(node, _ALLOWED) else ()
    match node:
        case nodes.For(target=target, test=test):
            inside = names | {target.name} if isinstance(target, nodes.Name) else names
            yield node.iter, names, loops
            yield from [(test, inside, loops)] if test else []
            in_loop = inside | {"loop"}
            yield from ((part, in_loop, loops + 1) for part in node.body)
            parts = node.else_
        case nodes.Getattr(node=nodes.Name(name="loop")) if loops:
            parts = ()
        case nodes.Call(node=called, args=args, kwargs=kwargs):
            parts = (*([called.node] if isinstance(called, nodes.Getattr) else []), *args, *kwargs)
        case nodes.Assign(node=value):
            parts = (value,)
        case nodes.Getitem() | nodes.List() | nodes.Tuple():
            parts = filter(_is_plain, parts)
    yield from ((part, names, loops) for part in parts)


def _refused(node: nodes.Node, names: Set[str], loops: int) -> str:
    """What is refused in the node itself; empty where nothing is."""
    match node:
        case nodes.Name(name="loop") if loops:
            return "`loop` on its own"
        case nodes.Const(value=str(text)) if len(text) > MAX_STRING:
            return f"a text of more than {MAX_STRING:,} characters"
        case nodes.Const(value=int(number) | float(number)) if not abs(number) <= MAX_NUMBER:
            return "a number of more than 15 digits"
        case nodes.List(items=items) | nodes.Tuple(items=items) if len(items) > MAX_LIST:
            return f"a list of more than {MAX_LIST:,}"
        case nodes.List(items=items) | nodes.Tuple(items=items):
            is_plain = all(map(_is_plain, items))
            return "" if is_plain else "a list of anything but texts and numbers"
        case nodes.Getitem(node=nodes.Name(name="about"), arg=nodes.Const(value=str())):
            return ""
        case nodes.Getitem():
            return '`[…]` after anything but about, as in about["Key"],'
        case nodes.Call(node=nodes.Name(name=name)) if name in names - FUNCTIONS:
            return f"calling `{name}(…)`"
        case nodes.Call(node=nodes.Getattr(attr=name)) if name in ATTRIBUTES:
            return f"calling `{name}(…)`"
        case nodes.Call(node=called) if not isinstance(called, nodes.Name | nodes.Getattr):
            return "calling this"
        case nodes.Call() | nodes.Filter() | nodes.Test() if node.dyn_args or node.dyn_kwargs:
            return "`*` or `**` before an argument"
        case nodes.Assign() | nodes.For():
            return _refused_setting(node, loops)
    name = getattr(node, "operator", type(node).__name__.lower())
    return "" if isinstance(node, _ALLOWED) else _WORDS.get(type(node), f"`{name}`")


def _is_plain(node: nodes.Node) -> bool:
    """Whether it is a text, a number or a number with a minus."""
    match node:
        case nodes.Neg(node=nodes.Const(value=int() | float())) | nodes.Const():
            return True
    return False


def _refused_setting(node: nodes.Assign | nodes.For, loops: int) -> str:
    if isinstance(node, nodes.For):
        if not isinstance(node.iter, nodes.Name | nodes.Getattr | nodes.List | nodes.Tuple):
            return "`for` over anything but a list that is given"
        if node.recursive or loops == MAX_LOOPS:
            return "`for` that is recursive or more than two deep"
    if not isinstance(node.target, nodes.Name):
        return "setting anything but one plain name"
    is_given = node.target.name in NAMES | FUNCTIONS | {"loop"}
    return f"setting `{node.target.name}`, which the report gives," if is_given else ""


def _listed(node: nodes.Node, names: Set[str], loops: int) -> tuple[str, str, Set[str]]:
    """The kind and the name of what a node uses, and the names that are allowed."""
    match node:
        case nodes.Name(name=name):
            return "name", name, names
        case nodes.Getattr(node=nodes.Name(name="loop"), attr=name) if loops:
            return "attribute of loop", name, LOOP_ATTRIBUTES
        case nodes.Getattr(attr=name):
            return "attribute", name, ATTRIBUTES | METHODS
        case nodes.Call(node=nodes.Name(name=name)):
            return "function", name, FUNCTIONS
        case nodes.Call(node=nodes.Getattr(attr=name)):
            return "attribute", name, METHODS
        case nodes.Filter(name=name):
            return "filter", name, FILTERS
        case nodes.Test(name=name):
            return "test", name, TESTS
    return "", "", {""}


def _line(node: nodes.Node) -> int:
    """A node's line; nodes that Jinja adds around others have none."""
    return node.lineno or next((inner.lineno for inner in node.find_all(nodes.Node) if inner.lineno), 1)


def _suggestion(name: str, known: Set[str]) -> str:
    from difflib import get_close_matches

    if close := get_close_matches(name[:100], sorted(known), 1):
        return f"Did you mean '{close[0]}'?"
    return f"There are: {', '.join(sorted(known))}."
