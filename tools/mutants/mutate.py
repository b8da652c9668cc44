"""Make all programs that differ from one in a single place."""

import ast
import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tools.mutants import expressions, statements
from tools.mutants.expressions import Program

#: Longer texts are messages or docstrings: nobody takes one for another.
LONGEST_TEXT = 20


@dataclass(frozen=True)
class Mutant:
    """A program that differs from another one in a single place.

    Attributes
    ----------
    change : str
        The line that differs, as it was and as it is, "a = b + c -> a = b - c"; several are separated by " / ".  No two
        mutants of a program have the same.
    operator : str
        The kind of change: "exchange operator".
    source : str
        The program.
    """

    change: str
    operator: str
    source: str


@dataclass(frozen=True)
class Place:
    """Where a node hangs in the syntax tree: in a field of its parent, which may hold a list."""

    parent: ast.AST
    field: str
    index: int | None

    def get(self) -> ast.AST:
        """Return the node."""
        value = getattr(self.parent, self.field)
        return value if self.index is None else value[self.index]

    def put(self, new: ast.AST | list[ast.stmt]) -> object:
        """Put a node, or several statements, in place of what is there; return what `restore` needs."""
        old = getattr(self.parent, self.field)
        if self.index is None:
            changed = new
        else:
            changed = [*old[: self.index], *(new if isinstance(new, list) else [new]), *old[self.index + 1 :]]
        setattr(self.parent, self.field, changed)
        return old

    def restore(self, old: object) -> None:
        """Undo what `put` has done."""
        setattr(self.parent, self.field, old)


def mutants(source: str) -> list[Mutant]:
    """Return all mutants of a program, in a fixed order, each once.

    Signatures and docstrings stay as they are.
    """
    tree = ast.parse(source)
    program = describe(tree)
    original = ast.unparse(tree)
    found = {original: ("", "")}  # by source, which tells mutants apart
    for place in list(places(tree)):
        for operator, new in replacements(place, program):
            old = place.put(new)
            changed = ast.unparse(tree)
            place.restore(old)
            if changed not in found and is_program(changed):
                found[changed] = (difference(original, changed), operator)
    del found[original]
    times = Counter()
    result = []
    for changed, (change, operator) in found.items():
        times[change] += 1
        number = f" ({times[change]})" if times[change] > 1 else ""  # the same line stands twice in the program
        result.append(Mutant(change + number, operator, changed))
    return result


def describe(tree: ast.Module) -> Program:
    """Return what there is in a program."""
    nodes = list(ast.walk(tree))
    variables = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    parameters = {node.arg for node in nodes if isinstance(node, ast.arg)}
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    short = {text for text in texts if len(text) <= LONGEST_TEXT}
    return Program(tuple(sorted(variables | parameters)), tuple(sorted(short)))


def places(node: ast.AST) -> Iterator[Place]:
    """Yield all places in a tree where something may be changed."""
    if isinstance(node, ast.arguments) or is_docstring(node):
        return
    for field, value in ast.iter_fields(node):
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.AST):
                # What a statement computes and drops, as `steps.append(1)` does, is changed as a statement.
                if not isinstance(node, ast.Expr):
                    yield Place(node, field, index)
                yield from places(child)


def is_docstring(node: ast.AST) -> bool:
    """Tell whether a node is a statement that is a text alone."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def replacements(place: Place, program: Program) -> Iterator[tuple[str, ast.AST | list[ast.stmt]]]:
    """Yield what may stand in a place, each with the name of the operator."""
    node = place.get()
    if isinstance(node, ast.stmt):
        if isinstance(node, statements.LEFT_ALONE) or is_docstring(node):
            return
        for operator in [statements.drop_statement, *statements.OPERATORS.get(type(node), [])]:
            for new in operator(node):
                yield operator.__name__.replace("_", " "), new
    for operator in expressions.OPERATORS.get(type(node), []):
        for new in operator(node, program):
            yield operator.__name__.replace("_", " "), new


def is_program(source: str) -> bool:
    """Tell whether Python accepts a source."""
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


def difference(before: str, after: str) -> str:
    """Return the lines in which two programs differ."""
    old, new = before.split("\n"), after.split("\n")
    start = count_equal(old, new)
    old, new = old[start:], new[start:]
    end = count_equal(old[::-1], new[::-1])
    old, new = old[: len(old) - end], new[: len(new) - end]
    return " -> ".join(" / ".join(line.strip() for line in lines) for lines in (old, new))


def count_equal(old: list[str], new: list[str]) -> int:
    """Return with how many equal lines both begin."""
    pairs = zip(old, new, strict=False)
    return len(list(itertools.takewhile(lambda pair: pair[0] == pair[1], pairs)))
