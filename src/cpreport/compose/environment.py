"""The Jinja environment a template runs in: with limits, exact numbers, and printed values kept out of the markup."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import partial
from inspect import Parameter, signature
from operator import add, sub, truediv
from types import CodeType, FunctionType
from typing import Any, cast

from jinja2 import StrictUndefined, Template, Undefined, UndefinedError, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from cpreport.compose.allow_list import FILTERS, TESTS
from cpreport.compose.printed import Blocks, Printed, mark
from cpreport.compose.quantity import Quantity, common, exact, kind_of
from cpreport.model.document import OTHER_VALUE, Source
from cpreport.model.figure import State
from cpreport.model.finding import Finding, Place, Rule, nearest
from cpreport.model.rules.template import FAILED, NO_FIGURE, NOT_PRINTABLE
from cpreport.model.working import Working, difference, quotient, total

_NO_PLACE = Place()
MAX_COST = 2_000_000
"""The limit of a template's run: a character costs 1, and so does each node in each turn of a loop."""

CALL, VALUE, TABLE = 100, 10, 1_000
MAX_BITS = 10_000

COMPUTED = "computed in a tag"

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that neither a template nor a value may contain: Word cannot hold them, and marks are made of them."""


class TemplateMistake(Exception):
    """Raised by a function or attribute when a template asks for something that it cannot give."""


class _Failed(tuple[()]):
    """The value of what could not be given and has been reported: any use of it gives nothing."""

    def __lt__(self, other: object) -> bool:
        return False

    __le__ = __gt__ = __ge__ = __lt__


_FAILED = _Failed()


class Sandbox(ImmutableSandboxedEnvironment):
    """A Jinja environment for one run of one template, with what the run has printed and found."""

    intercepted_binops = frozenset("+-/")
    intercepted_unops = frozenset("+-")

    def __init__(self) -> None:
        super().__init__(
            undefined=StrictUndefined,
            finalize=self._print,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            optimized=False,
            cache_size=0,
        )
        self.globals = {}
        self.filters = {name: self.filters[name] for name in FILTERS} | _TEXT_FILTERS | {"steps": self._steps}
        self.tests = {name: self.tests[name] for name in TESTS}
        self.printed: list[Printed] = []
        self.findings: list[Finding] = []
        self._left = MAX_COST
        self._line: Callable[[], int] = lambda: 1

    def run(self, code: CodeType, context: Mapping[str, object]) -> str:
        """The text, with a mark for each printed value."""
        template = Template.from_code(self, code, {})
        pieces = template.root_render_func(template.new_context(dict(context)))
        frame = cast(Any, pieces).gi_frame
        typed, made = zip((1, 0), *template.debug_info, strict=True)
        self._line = lambda: typed[bisect_right(made, frame.f_lineno) - 1]
        try:
            return "".join(pieces)
        except (TemplateMistake, UndefinedError, TypeError, ValueError) as error:
            self._find(FAILED, problem=_in_plain_words(error))
            return ""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if obj is _FAILED:
            return _FAILED
        if type(obj).__module__ == "builtins":
            return self.undefined(f"{kind_of(obj)} has no attribute '{attribute}'")
        missing = self.undefined(f"there is no '{attribute}' here")
        return self._guarded((), getattr, obj, attribute, missing)

    def getitem(self, obj: Any, argument: Any) -> Any:
        return obj.get(argument, self.undefined(f"About has no key '{argument}'"))

    def call(self, context: Context, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        self._spend(CALL)
        for private in ("_loop_vars", "_block_vars"):
            kwargs.pop(private, None)
        return self._guarded((function, *args, *kwargs.values()), _called, function, args, kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        return self._guarded((left, right), _computed, operator, left, right)

    def call_unop(self, context: Context, operator: str, arg: Any) -> Any:
        return self.call_binop(context, operator, 0, arg)

    def _guarded(self, given: Iterable[object], function: Callable[..., object], *args: object) -> object:
        """The function's result, or _FAILED where an argument is missing or the function raises TemplateMistake."""
        if not self._all_given(*given):
            return _FAILED
        try:
            return function(*args)
        except TemplateMistake as mistake:
            self._find(FAILED, problem=str(mistake))
            return _FAILED

    @pass_context
    def _print(self, context: Context, value: object) -> str:
        """The mark for a printed value; for a value without text the mark for `[data error]`, and a finding."""
        printed: str | Blocks = State.ERROR.value
        source, link = OTHER_VALUE, ""
        if self._all_given(value):
            source, link = _source_of(value), getattr(value, "link", "")
            try:
                printed = _printable(value)
            except TemplateMistake as problem:
                self._find(NOT_PRINTABLE, what=str(problem))
            if missing := getattr(value, "missing", ""):
                place = Place(indicator=source.indicator, period=source.period.label if source.period else "")
                self._find(NO_FIGURE, place, missing=missing, text=str(value))
        self._spend(TABLE if isinstance(printed, Blocks) else VALUE + len(printed))
        self.printed.append(Printed(printed, self._line(), source, link))
        return mark(len(self.printed) - 1)

    def _steps(self, several: Iterable[object], size: int) -> Iterator[object]:
        for one in several:
            self._spend(size)
            yield one

    def _spend(self, cost: int) -> None:
        self._left -= cost
        if self._left < 0:
            raise TemplateMistake("the template takes too long or prints too much")

    def _all_given(self, *values: object) -> bool:
        """Whether all values are present; undefined ones are reported."""
        for value in values:
            if isinstance(value, Undefined):
                self._find(FAILED, problem=value._undefined_message)
        return not any(isinstance(value, Undefined | _Failed) for value in values)

    def _find(self, rule: Rule, place: Place = _NO_PLACE, **values: str) -> None:
        self.findings.append(rule.at(replace(place, line=self._line()), **values))


def _printable(value: object) -> str | Blocks:
    """What a value prints: blocks unchanged; texts, numbers and values with a text of their own as text.

    Raises TemplateMistake, which names the value, where it has no text.
    """
    if isinstance(value, Blocks):
        return value
    if isinstance(value, bool) or not (
        isinstance(value, str | int | float) or isinstance(type(value).__str__, FunctionType)
    ):
        raise TemplateMistake(kind_of(value))
    text = str(value)
    if CONTROL.search(text):
        raise TemplateMistake("a text with a control character")
    return text


def _in_plain_words(error: Exception) -> str:
    """What went wrong, in plain words where the message is Python's."""
    message = str(error)
    if not isinstance(error, TypeError | ValueError) or message.endswith(" is not a number"):
        return message
    return next(
        (words for pattern, words in _PYTHON_MESSAGES.items() if re.search(pattern, message)), _OTHER_TYPE_ERROR
    )


_OTHER_TYPE_ERROR = "the values in a tag do not fit together"
_PYTHON_MESSAGES = {
    "not supported between": "only numbers can be compared: ask for the .value of a figure",
    "not iterable|not reversible|has no len": "only a list can be looped over, and has length, first and last",
    "as left operand": "only a text can be looked for in a text",
    "argument": "a filter has too many values in its brackets",
}
"""Python's messages about values that do not fit together, and what they mean to a template's author."""


def _called(function: Callable[..., object], args: tuple[object, ...], kwargs: dict[str, object]) -> object:
    try:
        return function(*args, **kwargs)
    except TypeError as error:
        if error.__traceback__ is None or error.__traceback__.tb_next:
            raise
        name = getattr(function, "__name__", "this").strip("_")
        parameters = signature(function).parameters
        if unknown := next((option for option in kwargs if option not in parameters), None):
            raise TemplateMistake(f"{name}(…) has no option '{unknown}'{nearest(unknown, parameters)}") from None
        kinds = (Parameter.VAR_KEYWORD, Parameter.KEYWORD_ONLY)
        taken = [each for each in parameters.values() if each.kind not in kinds]
        is_fixed = all(parameter.default is parameter.empty for parameter in taken)
        values = ("nothing", "one value", f"{len(taken)} values")[min(len(taken), 2)]
        raise TemplateMistake(
            f"{name}(…) takes {'' if is_fixed else 'no more than '}{values} in its brackets"
        ) from None


def _computed(operator: str, left: object, right: object) -> Quantity | int:
    """The exact result. Whole numbers stay whole unless divided; a quotient of plain numbers has a decimal."""
    one, other = _quantity(left), _quantity(right)
    try:
        value = _VALUES[operator](one.exact, other.exact)
    except ZeroDivisionError:
        raise TemplateMistake("division by zero") from None
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_BITS:
        raise TemplateMistake("a number becomes too long")
    suffix = one.suffix or other.suffix
    working = _OPERATIONS[operator](one.working, other.working)
    source = common(one.source, other.source)
    source = Source(source.indicator, source.period).with_working(working, COMPUTED)
    result = Quantity(value, max(one.decimals, other.decimals), suffix, source)
    if operator == "/" and one.suffix and other.suffix:
        return replace(result, suffix="")
    if isinstance(left, Quantity) or isinstance(right, Quantity):
        return result
    if operator == "/":
        return replace(result, decimals=max(1, result.decimals))
    return int(result.exact) if isinstance(left, int) and isinstance(right, int) else result


def _quantity(number: object) -> Quantity:
    if isinstance(number, Quantity):
        return number
    try:
        return Quantity(exact(number), len(str(number).partition(".")[2]))
    except (TypeError, ValueError):
        raise TemplateMistake(f"only numbers can be added, subtracted and divided, not {kind_of(number)}") from None


_VALUES: dict[str, Callable[[Fraction, Fraction], Fraction]] = {"+": add, "-": sub, "/": truediv}
_OPERATIONS: dict[str, Callable[[Working, Working], Working]] = {"+": total, "-": difference, "/": quotient}


def _source_of(value: object) -> Source:
    """The source of a printed value; of a plain number one that has it."""
    source: Source = getattr(value, "source", OTHER_VALUE)
    if isinstance(value, Quantity | int | float) and not isinstance(value, bool) and source.basis is None:
        return source.with_working(Working(exact(value)), COMPUTED)
    return source


def _change_case(change: str, text: object) -> object:
    if isinstance(text, str):
        return getattr(text, change)()
    if isinstance(text, Undefined | _Failed):
        return text
    raise TemplateMistake(f"only a text has upper and lower case, not {kind_of(text)}")


_TEXT_FILTERS = {name: partial(_change_case, name) for name in ("lower", "upper", "capitalize")}
