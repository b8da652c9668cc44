"""A pytest plugin around nbval: the stored outputs of a notebook are its test.

nbval collects the code cells and reads its own tags.  What differs from plain nbval:

- numbers are compared with a tolerance, and figures where a tag asks for it (`tools.notebooks.tags`);
- what can be seen without running fails first: cells never run or out of order, errors, stderr, paths, widget state;
- cells run exactly as ``make notebooks`` runs them (`tools.notebooks.kernel`), so `interact`, `Output` widgets,
  `clear_output` and `update_display` work;
- the name and message of an expected exception are compared.

Use it through ``conftest.py`` of the course, or with ``pytest --nbval -p tools.notebook_regression NOTEBOOK``.
"""

from pathlib import Path

import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbval.plugin import IPyNbCell, IPyNbFile

from tools.notebooks.execute import compare_result
from tools.notebooks.kernel import CellResult, NotebookKernel
from tools.notebooks.tags import read_tags
from tools.notebooks.tidy import (
    cell_tags,
    find_problems,
    normalise,
    numbered_code_cells,
    output_problems,
    read_notebook,
)


class RegressionError(Exception):
    """A cell, or the notebook as a whole, is not as stored; the message is all that a maintainer needs to see."""


class LessonFile(IPyNbFile):
    """A notebook: one item for the file, then one for each code cell, all in one kernel."""

    problems: dict[int, list[str]]
    running: NotebookKernel | None = None
    broken: str | None = None

    def collect(self):
        """Yield the items; nothing runs yet."""
        text = self.path.read_text(encoding="utf-8")
        self.problems = find_problems(text)
        self.normalised = normalise(read_notebook(text))
        # A cell whose stored output is at fault says so at once; the others need not run for that.
        if any(self.problems.keys() - {0}):
            self.broken = "the stored outputs of another cell are at fault; nothing was run"
        yield StoredNotebook.from_parent(self, name="Notebook")
        numbers = {id(cell): number for number, cell in numbered_code_cells(self.normalised)}
        code_cells = (cell for cell in self.normalised.cells if cell.cell_type == "code")
        for item, cell in zip(super().collect(), code_cells, strict=True):
            if id(cell) in numbers:
                number = numbers[id(cell)]
                yield LessonCell.from_parent(
                    self, name=f"Cell {number}", cell_num=number, cell=cell, options=item.options
                )

    def setup(self) -> None:
        """Start nothing: the kernel starts with the first cell that has to run."""

    def run(self, cell: NotebookNode) -> CellResult:
        """Run a cell in the notebook's kernel."""
        if self.running is None:
            self.running = NotebookKernel(self.normalised, self.path.parent).__enter__()
        return self.running.run(self.normalised.cells.index(cell))

    def teardown(self) -> None:
        """Stop the kernel."""
        if self.running is not None:
            self.running.__exit__(None, None, None)
            self.running = None


class StoredNotebook(pytest.Item):
    """The notebook as a file: its size, its metadata, whether it is normalised."""

    def runtest(self) -> None:
        """Fail if something is wrong with the file as a whole."""
        problems = self.parent.problems.get(0)
        if problems:
            raise RegressionError(failure_message(problems))

    def repr_failure(self, excinfo):
        """Show the message alone: a traceback through this plugin helps nobody."""
        return represent(excinfo) or super().repr_failure(excinfo)

    def reportinfo(self):
        """Name the item in pytest's own words."""
        return self.path, 0, f"{self.path.name}: the file"


class LessonCell(IPyNbCell):
    """A code cell: its new outputs must match the stored ones."""

    def runtest(self) -> None:
        """Run the cell and compare, unless its stored outputs are already at fault."""
        problems = self.parent.problems.get(self.cell_num)
        if not problems:
            self._skip_if_pointless()
            problems = self._run_and_compare()
        if problems:
            raise RegressionError(failure_message(problems, self.cell.source))

    def _skip_if_pointless(self) -> None:
        if self.options["skip"]:
            pytest.skip("tagged nbval-skip")
        if self.parent.broken:
            pytest.skip(self.parent.broken)

    def _run_and_compare(self) -> list[str]:
        try:
            result = self.parent.run(self.cell)
        except (CellTimeoutError, DeadKernelError) as error:
            self.parent.broken = f"cell [{self.cell_num}] took too long, or the kernel died in it"
            return [str(error)]
        problems = output_problems(result.outputs, cell_tags(self.cell))
        if self.options["check"]:
            tolerance, _ = read_tags(cell_tags(self.cell))
            problems += compare_result(self.cell, result, tolerance)
        return problems

    def setup(self) -> None:
        """Leave out nbval's setup, which is about its own kernel."""

    def repr_failure(self, excinfo):
        """Show the message alone: a traceback through this plugin helps nobody."""
        return represent(excinfo) or super().repr_failure(excinfo)

    def reportinfo(self):
        """Name the item in pytest's own words."""
        return self.path, 0, f"{self.path.name}: cell [{self.cell_num}]"


def failure_message(problems: list[str], source: str = "") -> str:
    """Write the report of a failure: what differs (pytest repeats its first line at the end), the code, what to do."""
    lines = list(problems)
    if source:
        lines += ["", "The cell is:", *(f"    {line}" for line in source.splitlines())]
    return "\n".join([*lines, "", "If the new outputs are right: make notebooks NOTEBOOK=<this notebook>"])


def represent(excinfo: pytest.ExceptionInfo) -> str | None:
    """Return the message of a failure of ours, None for any other."""
    return str(excinfo.value) if isinstance(excinfo.value, RegressionError) else None


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path: Path, parent: pytest.Collector):
    """Take over the notebooks that nbval collects."""
    collected = yield
    return [
        LessonFile.from_parent(parent, path=node.path) if isinstance(node, IPyNbFile) else node for node in collected
    ]
