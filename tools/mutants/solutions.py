"""Read the solutions of exercises from their notebooks, as programs that can be changed and run."""

import ast
import builtins
from dataclasses import dataclass
from pathlib import Path

from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode

from course_utils.exercises import exercises
from course_utils.exercises.forms import Choice, Words
from tools.exercises.blanks import SOLUTION_ONLY
from tools.exercises.generate import solutions as notebooks
from tools.mutants.expressions import with_fields
from tools.notebooks.tidy import cell_tags, read_notebook

#: Their answers are letters or words: nothing is computed that could be computed wrongly.
WITHOUT_CODE = (Choice, Words)
BEGIN = "# BEGIN SOLUTION"


@dataclass(frozen=True)
class Solution:
    """The solution of an exercise, and what it takes to run it.

    Attributes
    ----------
    exercise : str
        Name of the exercise: "5.3".
    source : str
        The cell with the solution.
    answers : tuple of str
        What `check` gets, as expressions.
    imports : str
        The import statements that the cell needs.
    missing : tuple of str
        Names that the cell needs from other cells, which are not run, for they may train a network.
    """

    exercise: str
    source: str
    answers: tuple[str, ...]
    imports: str = ""
    missing: tuple[str, ...] = ()

    def imported(self) -> dict[str, object]:
        """Return what the imports give, by name."""
        names: dict[str, object] = {}
        exec(self.imports, names)
        return names

    def run(self, source: str, imported: dict[str, object]) -> list[object]:
        """Run a program in place of the cell and return its answers; it raises whatever the program raises."""
        names = dict(imported)
        exec(compile(source, f"<solution of {self.exercise}>", "exec"), names)
        return [eval(answer, names) for answer in self.answers]


def read_solutions(folder: Path | None = None) -> list[Solution]:
    """Return the solutions that are code, in the order of the exercises."""
    found = []
    for path in notebooks(folder) if folder else notebooks():
        forms = exercises(int(path.name[:2]))
        notebook = read_notebook(path.read_text(encoding="utf-8"))
        found += [one for one in solutions_in(notebook) if not isinstance(forms[one.exercise], WITHOUT_CODE)]
    return found


def solutions_in(notebook: NotebookNode) -> list[Solution]:
    """Return the solutions of a notebook: of each exercise, the cell with the marks before the one with the check."""
    setup, source, found = "", "", []
    for cell in notebook.cells:
        if cell.cell_type != "code" or SOLUTION_ONLY in cell_tags(cell):
            continue
        setup = setup or cell.source
        if BEGIN in cell.source:
            source = cell.source
        if check := check_in(cell.source):
            needed = names_needed(source)
            imports = imports_of(setup, needed)
            missing = tuple(sorted(needed - imports.keys()))
            found.append(Solution(*check[:1], source, check[1:], "\n".join(imports.values()), missing))
    return found


def check_in(source: str) -> tuple[str, ...]:
    """Return the name of the exercise and the answers, if the cell is a check and nothing else."""
    if not source.startswith("check("):
        return ()
    call = ast.parse(source).body[0].value
    return (call.args[0].value, *map(ast.unparse, call.args[1:]))


def names_needed(source: str) -> set[str]:
    """Return the names that a cell takes from elsewhere."""
    nodes = list(ast.walk(ast.parse(source)))
    loaded = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    stored = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    defined = {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
    parameters = {node.arg for node in nodes if isinstance(node, ast.arg)}
    return loaded - stored - defined - parameters - set(dir(builtins))


def imports_of(setup: str, needed: set[str]) -> dict[str, str]:
    """Return the imports of a notebook's first cell that are needed, by the name that each gives."""
    python = TransformerManager().transform_cell(setup)  # commands of the shell are not Python
    found = {}
    for node in ast.parse(python).body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                name = alias.asname or alias.name.partition(".")[0]
                if name in needed:
                    found[name] = ast.unparse(with_fields(node, names=[alias]))
    return found
