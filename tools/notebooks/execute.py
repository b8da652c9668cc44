"""Run a notebook and store its outputs, so that a second run changes nothing."""

import itertools
import time
from dataclasses import dataclass, replace
from pathlib import Path

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from course_utils import theme, whole_files
from tools.notebooks.compare import compare_outputs, compare_text
from tools.notebooks.embedded import figures_in
from tools.notebooks.figures import DEFAULT_LIMIT
from tools.notebooks.kernel import MOST_SHOWN, CellResult, NotebookKernel
from tools.notebooks.tags import SKIP, Tolerance, read_tags
from tools.notebooks.tidy import (
    cell_tags,
    drawn_theme,
    executed_code,
    normalise,
    numbered_code_cells,
    output_problems,
    read_notebook,
    size_problem,
    write_notebook,
)


class NotebookError(Exception):
    """A notebook could not be executed or may not be stored as it is; the message says which cell and why."""


@dataclass(frozen=True)
class Report:
    """What an execution took and did; memory in bytes, None where it cannot be measured."""

    seconds: float
    peak_memory: int | None
    changed: bool


def execute(path: Path, fresh: bool = False, unchanged: bool = False, timeout: float | None = None) -> Report:
    """Run a notebook in its folder and store its outputs, normalised.

    Where the code is the same as when the stored outputs were made, and the new outputs match them within the cell's
    tolerance, the stored ones stay: another processor makes no diff, and the reference does not drift.  Figures that
    were drawn with another theme do not stay.

    Parameters
    ----------
    path
        The notebook.  It is replaced in one step, or not touched.
    fresh
        Take every new output, also one within tolerance.
    unchanged
        Take no new output: for an edit that cannot change any, such as another name for a variable.  Only the digests
        of the code are stored again.
    timeout
        Longest time for a cell, in seconds; by default what the kernel allows on this machine.

    Raises
    ------
    NotebookError
        A cell raised, took too long, or gave an output that may not be stored; with `unchanged`, also an output that
        does not match the stored one.
    """
    text = path.read_text(encoding="utf-8")
    notebook = normalise(read_notebook(text))
    start = time.perf_counter()
    peak_memory = _run_cells(path, notebook, fresh, unchanged, timeout)
    seconds = time.perf_counter() - start
    made_with = {"executed_code": executed_code(notebook), "theme": theme.version()}
    notebook.metadata["course"] = notebook.metadata.get("course", {}) | made_with
    new = write_notebook(normalise(notebook))
    if problem := size_problem(new):
        raise NotebookError(f"{path}: {problem}")
    return Report(seconds, peak_memory, write_if_changed(path, text, new))


def write_if_changed(path: Path, old: str, new: str) -> bool:
    """Replace a file in one step if its content changes, so that no interruption leaves half of it."""
    if new == old:
        return False
    whole_files.write_text(path, new)
    return True


def _run_cells(path: Path, notebook: NotebookNode, fresh: bool, unchanged: bool, timeout: float | None) -> int | None:
    """Run all cells and put their outputs into the notebook; return the kernel's peak memory."""
    same_code = 0 if fresh else _cells_with_same_code(notebook)
    numbers = {cell.id: number for number, cell in numbered_code_cells(notebook)}
    same_theme = drawn_theme(notebook) == theme.version()
    with NotebookKernel(notebook, path.parent, timeout) as kernel:
        for index, cell in enumerate(notebook.cells):
            if cell.id in numbers and SKIP not in cell_tags(cell):
                number = numbers[cell.id]
                result = _run_cell(path, kernel, index, number, cell)
                if unchanged:
                    _require_match(path, number, cell, result)
                else:
                    has_figures = any(figures_in(output) for output in cell.outputs)
                    _store(cell, result, may_keep=number <= same_code and (same_theme or not has_figures))
                _count(cell, number)
        return kernel.peak_memory()


def _cells_with_same_code(notebook: NotebookNode) -> int:
    """Count the code cells from the first on whose code made the stored outputs."""
    stored = notebook.metadata.get("course", {}).get("executed_code", [])
    pairs = zip(stored, executed_code(notebook), strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))


def _run_cell(path: Path, kernel: NotebookKernel, index: int, number: int, cell: NotebookNode) -> CellResult:
    """Run a cell; raise NotebookError if its outputs may not be stored."""
    try:
        result = kernel.run(index)
        problems = output_problems(result.outputs, cell_tags(cell)) + read_tags(cell_tags(cell))[1]
        problems += _amount_problems(result)
    except (CellTimeoutError, DeadKernelError) as error:
        problems = [str(error)]
    if problems:
        raise NotebookError("\n".join([f"{path}: cell [{number}]", *problems, "the cell is:", cell.source]))
    return result


def _amount_problems(result: CellResult) -> list[str]:
    """Say if a cell showed so much that a part of it was lost."""
    what = f"it shows more than {MOST_SHOWN // 10**6} MB, which no reader looks at: print less, or show fewer figures"
    return [] if result.is_complete else [what]


def _require_match(path: Path, number: int, cell: NotebookNode, result: CellResult) -> None:
    """Raise NotebookError if a cell was never run, or if its new outputs do not match the stored ones."""
    tolerance, _ = read_tags(cell_tags(cell))
    problems = ["it was never run"] if cell.execution_count is None else _differences(cell, result, tolerance)
    if problems:
        advice = "So the edit did change something: execute the notebook without --unchanged, and look at what differs."
        raise NotebookError("\n".join([f"{path}: cell [{number}]", *problems, advice]))


def _store(cell: NotebookNode, result: CellResult, may_keep: bool) -> None:
    """Put the result of a run into the cell, unless what is stored there matches."""
    tolerance, _ = read_tags(cell_tags(cell))
    if tolerance.image is None:  # a figure that may differ is not to be kept when it does
        tolerance = replace(tolerance, image=DEFAULT_LIMIT)
    if not may_keep or cell.execution_count is None or _differences(cell, result, tolerance):
        cell.outputs = result.outputs
        about = {key: value for key, value in cell.metadata.pop("course", {}).items() if key != "widgets"}
        about |= {"widgets": result.widgets} if result.widgets else {}
        if about:
            cell.metadata["course"] = about


def _count(cell: NotebookNode, number: int) -> None:
    """Give a cell that was run its number."""
    cell.execution_count = number
    for output in cell.outputs:
        if output.output_type == "execute_result":
            output.execution_count = number


def _differences(cell: NotebookNode, result: CellResult, tolerance: Tolerance) -> list[str]:
    """Say what differs between stored outputs and new ones, unless the cell is tagged to differ."""
    return [] if "nbval-ignore-output" in cell_tags(cell) else compare_result(cell, result, tolerance)


def compare_result(cell: NotebookNode, result: CellResult, tolerance: Tolerance) -> list[str]:
    """Compare what is stored in a cell with the result of a new run: its outputs, and its widgets.

    Returns
    -------
    list of str
        What differs; empty if they match.
    """
    if not result.is_complete:
        return _amount_problems(result)
    stored_widgets = cell.metadata.get("course", {}).get("widgets", [])
    problems = compare_text("\n".join(stored_widgets), "\n".join(result.widgets), tolerance)
    return compare_outputs(cell.outputs, result.outputs, tolerance) + [f"widget: {problem}" for problem in problems]
