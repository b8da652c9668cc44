"""Change one expression of a program, in the ways in which people get one wrong.

Each operator takes an expression and what there is in the `Program`, and yields expressions to put in its place.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div)
OTHER_OPERATORS = {
    **{kind: [other for other in ARITHMETIC if other is not kind] for kind in ARITHMETIC},
    ast.Div: [ast.Add, ast.Sub, ast.Mult, ast.FloorDiv],
    ast.FloorDiv: [ast.Div, ast.Mult],
    ast.Pow: [ast.Mult],
    ast.MatMult: [ast.Mult],
}
COMMUTATIVE = (ast.Add, ast.Mult)

OTHER_COMPARISONS = {
    ast.Lt: [ast.LtE, ast.Gt, ast.GtE],
    ast.LtE: [ast.Lt, ast.Gt, ast.GtE],
    ast.Gt: [ast.GtE, ast.Lt, ast.LtE],
    ast.GtE: [ast.Gt, ast.Lt, ast.LtE],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
    ast.In: [ast.NotIn],
    ast.NotIn: [ast.In],
}

# Functions that are mistaken for each other: each for all others of its row.
SIMILAR_FUNCTIONS = [
    ("mean", "median", "sum", "min", "max"),
    ("sum", "prod"),
    ("maximum", "minimum"),
    ("argmax", "argmin"),
    ("argmax", "max"),
    ("argmin", "min"),
    ("argsort", "sort"),
    ("zeros", "ones"),
    ("zeros_like", "ones_like"),
    ("sin", "cos"),
    ("std", "var"),
    ("ceil", "floor"),
    ("any", "all"),
]


@dataclass(frozen=True)
class Program:
    """What a mutant may use in place of something else.

    Attributes
    ----------
    variables : tuple of str
        The names that the program gives to values, parameters of functions included.
    texts : tuple of str
        The strings in it.
    """

    variables: tuple[str, ...]
    texts: tuple[str, ...]


def with_fields(node: ast.AST, **fields) -> ast.AST:
    """Return a node like this one, with some fields changed; it shares all others."""
    changed = type(node)(**{**dict(ast.iter_fields(node)), **fields})
    return ast.copy_location(changed, node)


def one_more(value: ast.expr) -> ast.BinOp:
    """Return the expression plus one."""
    return ast.BinOp(value, ast.Add(), ast.Constant(1))


def one_less(value: ast.expr) -> ast.BinOp:
    """Return the expression minus one."""
    return ast.BinOp(value, ast.Sub(), ast.Constant(1))


def without(items: list, index: int) -> list:
    """Return the list without one item."""
    return [*items[:index], *items[index + 1 :]]


def put(items: list, index: int, new: object) -> list:
    """Return the list with one item replaced."""
    return [*items[:index], new, *items[index + 1 :]]


def exchanged(items: list) -> Iterator[list]:
    """Yield the list with two neighbours exchanged, for all neighbours."""
    for index in range(len(items) - 1):
        yield [*items[:index], items[index + 1], items[index], *items[index + 2 :]]


# --- operators between two values ---


def exchange_operator(node: ast.BinOp, program: Program) -> Iterator[ast.expr]:
    """Compute with another operator."""
    for other in OTHER_OPERATORS.get(type(node.op), []):
        yield with_fields(node, op=other())


def exchange_operands(node: ast.BinOp, program: Program) -> Iterator[ast.expr]:
    """Exchange both sides where it matters which is which."""
    if not isinstance(node.op, COMMUTATIVE):
        yield with_fields(node, left=node.right, right=node.left)


def drop_operand(node: ast.BinOp, program: Program) -> Iterator[ast.expr]:
    """Forget one side: this also drops a term such as an epsilon."""
    yield node.left
    yield node.right


def exchange_comparison(node: ast.Compare, program: Program) -> Iterator[ast.expr]:
    """Compare in another way."""
    if len(node.ops) == 1:
        for other in OTHER_COMPARISONS.get(type(node.ops[0]), []):
            yield with_fields(node, ops=[other()])


def exchange_and_or(node: ast.BoolOp, program: Program) -> Iterator[ast.expr]:
    """Write "or" for "and", and the other way round."""
    yield with_fields(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())


def keep_one_condition(node: ast.BoolOp, program: Program) -> Iterator[ast.expr]:
    """Look at one condition only."""
    yield from node.values


def drop_sign(node: ast.UnaryOp, program: Program) -> Iterator[ast.expr]:
    """Forget a sign, or a negation."""
    yield node.operand


def exchange_branches(node: ast.IfExp, program: Program) -> Iterator[ast.expr]:
    """Take one branch always, or each for the other."""
    yield node.body
    yield node.orelse
    yield with_fields(node, body=node.orelse, orelse=node.body)


# --- constants and names ---


def another_constant(node: ast.Constant, program: Program) -> Iterator[ast.expr]:
    """Write another number, truth value or text, or an axis where there is None."""
    value = node.value
    if isinstance(value, bool):
        others = [not value]
    elif isinstance(value, (int, float)):
        others = [other for other in (value + 1, value - 1, 2 * value, -value, value / 2) if other != value]
    elif value is None:
        others = [0]
    else:
        others = [text for text in program.texts if isinstance(value, str) and text != value]
    for other in others:
        yield ast.Constant(other)


def another_variable(node: ast.Name, program: Program) -> Iterator[ast.expr]:
    """Take one variable for another."""
    if isinstance(node.ctx, ast.Load) and node.id in program.variables:
        for name in program.variables:
            if name != node.id:
                yield ast.Name(name, ast.Load())


def drop_transposition(node: ast.Attribute, program: Program) -> Iterator[ast.expr]:
    """Forget ``.T``."""
    if node.attr == "T":
        yield node.value


# --- calls ---


def function_name(node: ast.Call) -> str:
    """Return the last part of the name of what is called: "exp" of ``np.exp``."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def similar_function(node: ast.Call, program: Program) -> Iterator[ast.expr]:
    """Call a function that is mistaken for this one."""
    name = function_name(node)
    for row in SIMILAR_FUNCTIONS:
        for other in row if name in row else ():
            field = "attr" if isinstance(node.func, ast.Attribute) else "id"
            if other != name:
                yield with_fields(node, func=with_fields(node.func, **{field: other}))


def drop_call(node: ast.Call, program: Program) -> Iterator[ast.expr]:
    """Forget to call: keep what a method is called on, or what a function is called with."""
    owner = node.func.value if isinstance(node.func, ast.Attribute) else None
    is_method = owner is not None and not (isinstance(owner, ast.Name) and owner.id not in program.variables)
    yield from [owner] if is_method else node.args


def exchange_arguments(node: ast.Call, program: Program) -> Iterator[ast.expr]:
    """Exchange neighbouring arguments."""
    for arguments in exchanged(node.args):
        yield with_fields(node, args=arguments)


def drop_argument(node: ast.Call, program: Program) -> Iterator[ast.expr]:
    """Leave out an argument; a lone one only where the call may do without, as one with a seed does."""
    if len(node.args) > 1 or function_name(node) == "default_rng":
        for index in range(len(node.args)):
            yield with_fields(node, args=without(node.args, index))
    for index in range(len(node.keywords)):
        yield with_fields(node, keywords=without(node.keywords, index))


def another_axis(node: ast.Call, program: Program) -> Iterator[ast.expr]:
    """Compute along another axis, or along all."""
    for index, keyword in enumerate(node.keywords):
        for axis in (0, 1, None, -1) if keyword.arg == "axis" else ():
            if ast.unparse(keyword.value) != str(axis):
                changed = with_fields(keyword, value=ast.Constant(axis))
                yield with_fields(node, keywords=put(node.keywords, index, changed))


def fixed_seed(node: ast.Call, program: Program) -> Iterator[ast.expr]:
    """Start random numbers from 0, whatever the seed."""
    if function_name(node) == "default_rng" and node.args:
        yield with_fields(node, args=[ast.Constant(0)])


def other_range(node: ast.Call, program: Program) -> Iterator[ast.expr]:
    """Begin or end a range one off, or count from 1."""
    if function_name(node) != "range":
        return
    for index, argument in enumerate(node.args):
        for moved in (one_more(argument), one_less(argument)):
            yield with_fields(node, args=put(node.args, index, moved))
    if len(node.args) == 1:
        yield with_fields(node, args=[ast.Constant(1), *node.args])
        yield with_fields(node, args=[ast.Constant(1), one_more(node.args[0])])


# --- indices, slices, sequences ---


def drop_index(node: ast.Subscript, program: Program) -> Iterator[ast.expr]:
    """Take the whole in place of a part."""
    if isinstance(node.ctx, ast.Load):
        yield node.value


def other_index(node: ast.Subscript, program: Program) -> Iterator[ast.expr]:
    """Look one place off, on the other side of a slice, or at rows for columns."""
    if not isinstance(node.ctx, ast.Load):
        return
    if isinstance(node.slice, ast.Name):
        yield with_fields(node, slice=one_more(node.slice))
        yield with_fields(node, slice=one_less(node.slice))
    if isinstance(node.slice, ast.Slice):
        yield with_fields(node, slice=with_fields(node.slice, lower=node.slice.upper, upper=node.slice.lower))


def other_bounds(node: ast.Slice, program: Program) -> Iterator[ast.AST]:
    """Cut one place off, or not at all."""
    for side in ("lower", "upper"):
        bound = getattr(node, side)
        for changed in (one_more(bound), one_less(bound), None) if bound else ():
            yield with_fields(node, **{side: changed})


def other_elements(node: ast.Tuple | ast.List, program: Program) -> Iterator[ast.expr]:
    """Exchange neighbours in a sequence, or leave one out."""
    if isinstance(node.ctx, ast.Load) and len(node.elts) > 1:
        for elements in exchanged(node.elts):
            yield with_fields(node, elts=elements)
        for index in range(len(node.elts)):
            yield with_fields(node, elts=without(node.elts, index))


def other_comprehension(node: ast.comprehension, program: Program) -> Iterator[ast.AST]:
    """Change which elements a comprehension takes: all, those that it left out, or all but the last."""
    if node.ifs:
        yield with_fields(node, ifs=[])
        yield with_fields(node, ifs=[ast.UnaryOp(ast.Not(), node.ifs[0]), *node.ifs[1:]])
    yield with_fields(node, iter=part_of(node.iter, upper=-1))


def part_of(sequence: ast.expr, lower: int | None = None, upper: int | None = None) -> ast.Subscript:
    """Return a slice of what a loop goes through."""
    bounds = [None if bound is None else ast.Constant(bound) for bound in (lower, upper)]
    as_list = ast.Call(ast.Name("list", ast.Load()), [sequence], [])
    return ast.Subscript(as_list, ast.Slice(*bounds), ast.Load())


OPERATORS = {
    ast.BinOp: [exchange_operator, exchange_operands, drop_operand],
    ast.Compare: [exchange_comparison],
    ast.BoolOp: [exchange_and_or, keep_one_condition],
    ast.UnaryOp: [drop_sign],
    ast.IfExp: [exchange_branches],
    ast.Constant: [another_constant],
    ast.Name: [another_variable],
    ast.Attribute: [drop_transposition],
    ast.Call: [
        similar_function,
        drop_call,
        exchange_arguments,
        drop_argument,
        another_axis,
        fixed_seed,
        other_range,
    ],
    ast.Subscript: [drop_index, other_index],
    ast.Slice: [other_bounds],
    ast.Tuple: [other_elements],
    ast.List: [other_elements],
    ast.comprehension: [other_comprehension],
}
