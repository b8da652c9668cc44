"""Change one statement of a program, in the ways in which people get one wrong.

Each operator takes a statement and yields lists of statements to put in its place.
"""

import ast
from collections.abc import Iterator

from tools.mutants.expressions import ARITHMETIC, part_of, with_fields


def drop_statement(node: ast.stmt) -> Iterator[list[ast.stmt]]:
    """Forget the statement."""
    yield [ast.Pass()]


def overwrite(node: ast.AugAssign) -> Iterator[list[ast.stmt]]:
    """Write ``=`` in place of ``+=``."""
    yield [ast.copy_location(ast.Assign([node.target], node.value), node)]


def another_update(node: ast.AugAssign) -> Iterator[list[ast.stmt]]:
    """Update with another operator."""
    for other in ARITHMETIC:
        if not isinstance(node.op, other):
            yield [with_fields(node, op=other())]


def other_condition(node: ast.If) -> Iterator[list[ast.stmt]]:
    """Take the wrong branch, or always the same one."""
    yield [with_fields(node, test=ast.UnaryOp(ast.Not(), node.test))]
    yield node.body
    yield node.orelse or [ast.Pass()]


def shorter_loop(node: ast.For) -> Iterator[list[ast.stmt]]:
    """Go through a loop once only, or without its last or first time."""
    yield [with_fields(node, body=[*node.body, ast.Break()])]
    yield [with_fields(node, iter=part_of(node.iter, upper=-1))]
    yield [with_fields(node, iter=part_of(node.iter, lower=1))]


#: For all statements but these: their parts are changed, or nothing.
LEFT_ALONE = (ast.FunctionDef, ast.Import, ast.ImportFrom, ast.Pass)
OPERATORS = {
    ast.AugAssign: [overwrite, another_update],
    ast.If: [other_condition],
    ast.For: [shorter_loop],
}
