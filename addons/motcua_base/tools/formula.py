"""Formulas of computed form fields: a small language that can only compute.

``dien_tich * don_gia``, ``if(years_between(ngay_sinh, today()) < 18, "trẻ em", "")``,
``sum(thanh_vien.thu_nhap) / count(thanh_vien)``: numbers with a decimal point, texts in
quotes, fields by their technical names, columns of a repeating section as
``section.column``, ``+ - * / %``, ``= != < <= > >=``, ``and or not`` and the functions
of ``formula_functions``. A formula is parsed to a tree and evaluated by walking it;
nothing in it can name what is not a field. Length, depth and the size of values are
bounded, so no formula can keep the server busy.

Kinds of values: ``number``, ``text``, ``date``, ``boolean``, ``list`` (choices),
``file``, ``rows`` (a repeating section), and with a star (``number*``) the values of
a column.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from .formula_functions import FUNCTIONS, Fault, result_kind

MAX_LENGTH, MAX_DEPTH = 1000, 20

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<number>[0-9]{1,18}(?:\.[0-9]{1,9})?(?![\w.]))
        |(?P<text>"[^"]*"|'[^']*')
        |(?P<name>[A-Za-z][A-Za-z0-9_]*)
        |(?P<sign><=|>=|!=|<>|==|[-+*/%=<>(),.])
    )""",
    re.VERBOSE,
)
_SAME = {"<>": "!=", "==": "="}
_COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
_WORDS = ("and", "or", "not", "true", "false")


class FormulaError(ValueError):
    """A formula that cannot be used: ``code`` and ``params`` as in a problem.

    ``formula_empty``; ``formula_long`` (limit); ``formula_deep`` (limit);
    ``formula_sign`` (found, at); ``formula_end``; ``formula_function`` (found, at);
    ``formula_field`` (found, at); ``formula_kind`` (found, at): what it is given is
    too much, too little or of the wrong kind. ``at`` counts characters from 1.
    """

    def __init__(self, code, **params):
        super().__init__(code)
        self.code = code
        self.params = params


class Literal(NamedTuple):
    value: object
    kind: str
    at: int


class Name(NamedTuple):
    """A field, or with ``column`` all values of a column of a repeating section."""

    name: str
    column: str
    at: int


class Call(NamedTuple):
    """A function or an operator."""

    function: str
    args: tuple
    at: int


@lru_cache(maxsize=1024)
def parse(formula):
    """The tree of a formula.

    :raises FormulaError: see there
    """
    if not (formula or "").strip():
        raise FormulaError("formula_empty")
    if len(formula) > MAX_LENGTH:
        raise FormulaError("formula_long", limit=MAX_LENGTH)
    return _Parser(formula).parse()


def names(tree):
    """Names of the fields and repeating sections that a tree looks at."""
    return {name.name for name in named(tree)}


def named(tree):
    """Each Name of a tree, in the order of the formula."""
    if isinstance(tree, Name):
        yield tree
    elif isinstance(tree, Call):
        for arg in tree.args:
            yield from named(arg)


def compared_texts(tree):
    """What names are compared with, as pairs of a Name and the Literal of a text: in
    ``=``, ``!=`` and ``contains``."""
    if not isinstance(tree, Call):
        return
    if tree.function in ("=", "!=", "contains") and len(tree.args) == 2:
        for name, literal in (tree.args, tree.args[::-1]):
            if (
                isinstance(name, Name)
                and isinstance(literal, Literal)
                and literal.kind == "text"
            ):
                yield name, literal
    for arg in tree.args:
        yield from compared_texts(arg)


def kind_of(tree, kinds):
    """The kind of value that a tree gives.

    :param kinds: kind of each field by name; of a repeating section a dict of the kinds
        of its columns
    :raises FormulaError: ``formula_field``, ``formula_kind``
    """
    if isinstance(tree, Literal):
        return tree.kind
    if isinstance(tree, Name):
        kind = kinds.get(tree.name)
        if tree.column:
            kind = isinstance(kind, dict) and kind.get(tree.column)
            kind = kind and f"{kind}*"
        elif isinstance(kind, dict):
            kind = "rows"
        if not kind:
            raise FormulaError("formula_field", found=_written(tree), at=tree.at)
        return kind
    kind = result_kind(tree.function, [kind_of(arg, kinds) for arg in tree.args])
    if not kind:
        found = tree.function.removeprefix("unary ")
        raise FormulaError("formula_kind", found=found, at=tree.at)
    return kind


def evaluate(tree, value_of, given):
    """The value of a tree: a Decimal, text, date, bool, or None where something that
    it needs is not filled in.

    :param value_of: gives the value of a name and column (None for the field itself);
        the values of a column as a list, without empty ones
    :param given: what functions depend on besides: dict with ``today`` (what
        ``today()`` is) and ``zero`` (as in ``text.number_words``)
    :raises Fault: ``formula_zero`` (division by zero), ``formula_size`` (a result too
        large), ``formula_value`` (impossible for these values)
    """
    if isinstance(tree, Literal):
        return tree.value
    if isinstance(tree, Name):
        return value_of(tree.name, tree.column)
    function = FUNCTIONS[tree.function]
    if function.lazy:
        args = [lambda arg=arg: evaluate(arg, value_of, given) for arg in tree.args]
    else:
        args = [evaluate(arg, value_of, given) for arg in tree.args]
        if function.strict and None in args:
            return None
    if function.given:
        args.append(given[function.given])
    try:
        return function.run(*args)
    except Fault:
        raise
    except ArithmeticError:
        raise Fault("formula_size") from None
    except (AttributeError, TypeError, ValueError):
        raise Fault("formula_value") from None


class _Parser:
    """Recursive descent; each level of binding strength is one method."""

    def __init__(self, formula):
        self.formula = formula
        self.position = 0
        self.depth = 0
        self.next()

    def next(self):
        """Step to the next token: ``kind``, ``token`` and its place ``at``."""
        rest = self.formula[self.position :]
        match = _TOKEN.match(rest)
        blank = len(rest) - len(rest.lstrip())
        self.at = self.position + blank + 1
        if match:
            self.kind, self.token = match.lastgroup, match[match.lastgroup]
            self.position += match.end()
        elif blank < len(rest):
            raise FormulaError("formula_sign", found=rest[blank], at=self.at)
        else:
            self.kind, self.token = "end", ""
        self.token = _SAME.get(self.token, self.token)

    def parse(self):
        tree = self.disjunction()
        if self.kind != "end":
            self.refuse()
        return tree

    def refuse(self):
        if self.kind == "end":
            raise FormulaError("formula_end")
        raise FormulaError("formula_sign", found=self.token, at=self.at)

    def takes(self, *tokens):
        """The token, taken, if it is one of these and no text."""
        if self.kind in ("sign", "name") and self.token in tokens:
            token = self.token
            self.next()
            return token
        return None

    def require(self, token):
        if not self.takes(token):
            self.refuse()

    def deeper(self):
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise FormulaError("formula_deep", limit=MAX_DEPTH)

    def disjunction(self):
        self.deeper()
        tree = self.joined("or", self.conjunction)
        self.depth -= 1
        return tree

    def conjunction(self):
        return self.joined("and", self.negation)

    def joined(self, word, operand):
        args = [operand()]
        at = self.at
        while self.takes(word):
            args.append(operand())
        return Call(word, tuple(args), at) if len(args) > 1 else args[0]

    def negation(self):
        at = self.at
        if self.takes("not"):
            self.deeper()
            tree = Call("not", (self.negation(),), at)
            self.depth -= 1
            return tree
        return self.comparison()

    def comparison(self):
        tree = self.summands()
        at = self.at
        operator = self.takes(*_COMPARISONS)
        return Call(operator, (tree, self.summands()), at) if operator else tree

    def summands(self):
        # One sum of many, so that a long one makes no deep tree.
        args = [self.factors()]
        at = self.at
        while sign := self.takes("+", "-"):
            term = self.factors()
            args.append(term if sign == "+" else Call("unary -", (term,), at))
        return Call("+", tuple(args), at) if len(args) > 1 else args[0]

    def factors(self):
        tree = self.signed()
        at, depth = self.at, self.depth
        while operator := self.takes("*", "/", "%"):
            self.deeper()
            tree = Call(operator, (tree, self.signed()), at)
            at = self.at
        self.depth = depth
        return tree

    def signed(self):
        at = self.at
        if self.takes("-"):
            self.deeper()
            tree = Call("unary -", (self.signed(),), at)
            self.depth -= 1
            return tree
        return self.operand()

    def operand(self):
        kind, token, at = self.kind, self.token, self.at
        if kind == "number":
            self.next()
            return Literal(Decimal(token), "number", at)
        if kind == "text":
            self.next()
            return Literal(token[1:-1], "text", at)
        if self.takes("("):
            tree = self.disjunction()
            self.require(")")
            return tree
        if kind != "name" or token in ("and", "or", "not"):
            self.refuse()
        self.next()
        if token in _WORDS:
            return Literal(token == "true", "boolean", at)
        if self.takes("("):
            return self.call(token, at)
        if self.takes("."):
            column = self.token
            if self.kind != "name":
                self.refuse()
            self.next()
            return Name(token, column, at)
        return Name(token, None, at)

    def call(self, function, at):
        if function not in FUNCTIONS:
            raise FormulaError("formula_function", found=function, at=at)
        args = []
        if not self.takes(")"):
            args.append(self.disjunction())
            while self.takes(","):
                args.append(self.disjunction())
            self.require(")")
        return Call(function, tuple(args), at)


def _written(name):
    return f"{name.name}.{name.column}" if name.column else name.name
