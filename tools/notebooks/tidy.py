"""What a notebook file looks like when it is in order, and what is wrong with one that is not.

The file is the source of the lesson and its stored outputs are the lesson's test.  So that `git diff` shows real
changes only, everything goes that differs between two runs or two machines: timings, random widget ids, memory
addresses, versions, the folder that the course lies in.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course_utils import theme
from tools.notebooks.compare import WIDGET_VIEW
from tools.notebooks.digest import changed_code, code_digest
from tools.notebooks.embedded import HTML, IMAGES, figures_in, words_of
from tools.notebooks.figures import without_free_text
from tools.notebooks.predictions import COLLAPSED, is_answer
from tools.notebooks.tags import RAISES, SKIP, read_tags

ROOT = Path(__file__).resolve().parents[2]
LARGEST_NOTEBOOK = 1_000_000  # bytes
LARGEST_IMAGE = 300_000  # bytes
LONGEST_LINE = 100  # columns: a window of 1280 pixels shows 105
RUN_IT = "run `make notebooks`"

# What other programs write here (Colab, VS Code, cell timings) changes without anyone having changed the lesson.
# "course" holds what our own tools keep.  Whether an output is collapsed follows from the cell's tag alone.
_KEPT_OF_NOTEBOOK = {"accelerator", "course"}
_KEPT_OF_CELL = {"course", "deletable", "editable", "slideshow", "tags"}
_SAME_FOR_ALL = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}

_PROGRESS_BAR = re.compile(r"\b(Float|Int)Progress\(")
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
_OVERWRITTEN = re.compile(r"^.*\r(?=[^\n])", re.MULTILINE)
_EMBEDDED_IMAGE = re.compile(r"('image/\w+': ')[\w+/=\\]+'")
# Where a traceback says that code lies: in an installed package, in Python itself, in the course.
_MACHINE_FOLDERS = re.compile(
    r"(?:~|[A-Za-z]:)?[/\\][^\s'\"]*?(?:(?:site|dist)-packages[/\\]|[/\\]lib[/\\](?=python3\.\d+[/\\]))"
    rf"|{re.escape(str(ROOT))}[/\\]"
)
_ABSOLUTE_PATH = re.compile(
    r"(?<![\w./~-])(?:/(?:builds|content|etc|home|kaggle|mnt|opt|private|root|srv|tmp|usr|Users|var|Volumes|work\w*)/"
    rf"|{re.escape(str(ROOT))}|[A-Za-z]:\\+Users\\)[^\s'\"<>]*"
)


def read_notebook(text: str) -> NotebookNode:
    """Parse a notebook file; unlike `nbformat.reads` it gives no random ids to cells that have none."""
    return nbformat.v4.reads(text)


def write_notebook(notebook: NotebookNode) -> str:
    """Return the text of a notebook file: sorted keys, one line break at the end."""
    return nbformat.v4.writes(notebook, sort_keys=True).rstrip("\n") + "\n"


def normalise(notebook: NotebookNode) -> NotebookNode:
    """Return a copy of a notebook without anything that is not part of the lesson.

    Nothing is invented: a cell that was never run stays so.
    """
    cells = [_normalise_cell(cell) for cell in notebook.cells]
    _identify(cells)
    kept = {key: value for key, value in notebook.metadata.items() if key in _KEPT_OF_NOTEBOOK}
    return nbformat.from_dict({"cells": cells, "metadata": kept | _SAME_FOR_ALL, "nbformat": 4, "nbformat_minor": 5})


def _normalise_cell(cell: NotebookNode) -> NotebookNode:
    new = NotebookNode({key: value for key, value in cell.items() if key != "attachments" or value})
    new.metadata = NotebookNode(
        {key: value for key, value in cell.metadata.items() if key in _KEPT_OF_CELL and value not in ([], {})}
    )
    if is_answer(new):
        new.metadata.update(nbformat.from_dict(COLLAPSED))
    new.source = "\n".join(line.rstrip() for line in cell.source.rstrip().split("\n"))
    if cell.cell_type == "code":
        new.outputs = tidy_outputs(cell.outputs)
    return new


def _identify(cells: list[NotebookNode]) -> None:
    """Give an id to each cell that has none or shares one: always the same for the same content."""
    used = set()
    for cell in cells:
        identity = cell.get("id") or hashlib.sha256(cell.source.encode()).hexdigest()[:8]
        copies = (f"{identity}-{number}" for number in range(2, len(cells) + 2))
        cell.id = identity if identity not in used else next(copy for copy in copies if copy not in used)
        used.add(cell.id)


def tidy_outputs(outputs: Iterable[NotebookNode]) -> list[NotebookNode]:
    """Return outputs without progress bars, random widget ids, memory addresses and paths of this machine's Python."""
    tidied = []
    for output in outputs:
        if _is_progress_bar(output):
            continue
        last = tidied[-1] if tidied else None
        if last and output.output_type == "stream" and (last.output_type, last.get("name")) == ("stream", output.name):
            last.text += output.text
        else:
            tidied.append(nbformat.from_dict(output))
    return [_tidy_output(output) for output in tidied]


def _is_progress_bar(output: NotebookNode) -> bool:
    data = output.get("data", {})
    return WIDGET_VIEW in data and _PROGRESS_BAR.search(data.get("text/plain", "")) is not None


def _tidy_output(output: NotebookNode) -> NotebookNode:
    if output.output_type == "stream":
        output.text = _tidy_text(_OVERWRITTEN.sub("", output.text))
    elif output.output_type == "error":
        output.evalue = _tidy_text(output.evalue)
        output.traceback = [_MACHINE_FOLDERS.sub("", _tidy_text(line)) for line in output.traceback]
    else:
        output.data.pop(WIDGET_VIEW, None)
        for name, content in output.data.items():
            output.data[name] = _tidy_content(name, content)
    return output


def _tidy_content(name: str, content):
    if name == "image/png":
        return without_free_text(content)
    return _tidy_text(content) if isinstance(content, str) and name not in IMAGES else content


def _tidy_text(text: str) -> str:
    text = _EMBEDDED_IMAGE.sub(r"\1...'", _ADDRESS.sub("", text))
    return "\n".join(line.rstrip(" \t") for line in text.split("\n"))


def numbered_code_cells(notebook: NotebookNode) -> list[tuple[int, NotebookNode]]:
    """Return the code cells that are not empty, with the number n that JupyterLab shows as ``[n]`` when all are run."""
    return list(enumerate((cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()), 1))


def cell_tags(cell: NotebookNode) -> list[str]:
    """Return the tags of a cell."""
    return list(cell.metadata.get("tags", []))


def executed_code(notebook: NotebookNode) -> list[str]:
    """Return a digest for each code cell, kept with the outputs to tell which code they came from."""
    return [code_digest(cell.source) for _, cell in numbered_code_cells(notebook)]


def find_problems(text: str) -> dict[int, list[str]]:
    """Say what is wrong with a stored notebook, without running it.

    Parameters
    ----------
    text
        The content of the file.

    Returns
    -------
    dict
        Messages by the number of the code cell; 0 for the notebook as a whole.  Empty if all is in order.
    """
    notebook = read_notebook(text)
    problems = defaultdict(list)
    problems[0] = _notebook_problems(text, notebook)
    for number, cell in numbered_code_cells(notebook):
        problems[number] = _cell_problems(number, cell)
    for number, message in _code_problems(notebook).items():
        problems[number].append(message)
    return {number: messages for number, messages in problems.items() if messages}


def _notebook_problems(text: str, notebook: NotebookNode) -> list[str]:
    problems = []
    if "widgets" in notebook.metadata:
        problems.append(f"the state of widgets is stored (GitHub cannot show such a notebook): {RUN_IT}")
    size = len(text.encode())
    if size > LARGEST_NOTEBOOK:
        problems.append(f"the file has {size / 1e6:.2f} MB, at most 1 MB: show fewer or smaller figures, then {RUN_IT}")
    problems += _theme_problems(notebook)
    if not problems and write_notebook(normalise(notebook)) != text:
        problems.append("the file is not normalised: run `python -m tools.notebooks normalise` on it")
    return problems


def _theme_problems(notebook: NotebookNode) -> list[str]:
    """Say if the figures of the course's own kind were drawn in another look than today's."""
    figures = [figure for output in _all_outputs(notebook) for figure in figures_in(output)]
    stored = drawn_theme(notebook)
    if stored == theme.version() or all(figure.format != HTML for figure in figures):
        return []
    return [f"the figures were drawn with the theme {stored}, and it is now {theme.version()}: {RUN_IT}"]


def drawn_theme(notebook: NotebookNode) -> str | None:
    """Return the version of the theme with which the stored figures were drawn."""
    return notebook.metadata.get("course", {}).get("theme")


def _all_outputs(notebook: NotebookNode) -> list[NotebookNode]:
    return [output for _, cell in numbered_code_cells(notebook) for output in cell.outputs]


def _cell_problems(number: int, cell: NotebookNode) -> list[str]:
    tags = cell_tags(cell)
    problems = read_tags(tags)[1]
    if SKIP not in tags:
        problems += _order_problems(number, cell) + output_problems(cell.outputs, tags)
    return problems


def _code_problems(notebook: NotebookNode) -> dict[int, str]:
    """Say which stored outputs do not come from the code that stands there now; 0 for the notebook as a whole."""
    cells = dict(numbered_code_cells(notebook))
    if not any(cell.execution_count for cell in cells.values()):
        return {}
    stored = notebook.metadata.get("course", {}).get("executed_code")
    if stored is None:
        return {0: f"nothing says which code its outputs come from: {RUN_IT}"}
    changed, removed = changed_code(stored, executed_code(notebook))
    numbers = [position + 1 for position in changed if cells[position + 1].execution_count is not None]
    problems = dict.fromkeys(numbers, f"its code was changed after its outputs were stored: {RUN_IT}")
    return problems | ({0: f"a code cell is gone that others were run after: {RUN_IT}"} if removed else {})


def _order_problems(number: int, cell: NotebookNode) -> list[str]:
    """Say whether a cell was run, and after exactly the cells before it."""
    if cell.execution_count is None:
        return [f"never run, or its outputs were stripped: {RUN_IT}"]
    counts = [cell.execution_count, *(output.get("execution_count", number) for output in cell.outputs)]
    wrong = [count for count in counts if count != number]
    return [f"run out of order, it is [{wrong[0]}] and must be [{number}]: {RUN_IT}"] if wrong else []


def output_problems(outputs: Sequence[NotebookNode], tags: Sequence[str]) -> list[str]:
    """Say what may not stand in the outputs of a cell, stored or new.

    Parameters
    ----------
    outputs
        The outputs of one cell.
    tags
        The tags of the cell.
    """
    problems = []
    for output in outputs:
        problems += _stream_or_error_problems(output, RAISES.isdisjoint(tags))
        problems += _width_problems(output)
        problems += _path_problems(output)
        problems += _image_problems(output)
    if not RAISES.isdisjoint(tags) and not any(output.output_type == "error" for output in outputs):
        problems.append("tagged raises-exception, but no exception was raised: correct the code or remove the tag")
    return problems


def _stream_or_error_problems(output: NotebookNode, must_not_raise: bool) -> list[str]:
    if output.output_type == "stream" and output.name == "stderr":
        shown = output.text.strip().partition("\n")[0][:200]
        return [f"output on stderr: {shown!r}: remove its cause (a warning?), then {RUN_IT}"]
    if output.output_type == "error" and must_not_raise:
        what = "correct the code, or tag the cell raises-exception if the error is the point"
        return [f"raised {output.ename}: {output.evalue}: {what}, then {RUN_IT}"]
    return []


def _width_problems(output: NotebookNode) -> list[str]:
    """Find printed lines that a projector breaks in two."""
    lines = output.text.splitlines() if output.output_type == "stream" and output.name == "stdout" else []
    wide = [line for line in lines if len(line) > LONGEST_LINE]
    advice = f"print shorter lines, or show a table with `tables.show`, then {RUN_IT}"
    return [f"a line of {len(line)} columns, at most {LONGEST_LINE}: {line[:50]!r} ...: {advice}" for line in wide[:1]]


def _path_problems(output: NotebookNode) -> list[str]:
    """Find paths that exist on one machine only."""
    data = {name: content for name, content in output.get("data", {}).items() if name not in IMAGES}
    shown = [words_of(content) if name == HTML else content for name, content in data.items()]
    texts = [output.get("text"), output.get("evalue"), *output.get("traceback", []), *shown]
    # A dictionary, because it keeps the order and holds each path once.
    paths = dict.fromkeys(
        match.group() for text in texts if isinstance(text, str) for match in _ABSOLUTE_PATH.finditer(text)
    )
    return [f"absolute path in the output: {path!r}: show it relative to the course, then {RUN_IT}" for path in paths]


def _image_problems(output: NotebookNode) -> list[str]:
    """Find images that are too large."""
    sizes = [len(figure.data) * 3 // 4 for figure in figures_in(output)]
    what = f"at most {LARGEST_IMAGE // 1000} kB: make the figure smaller (dpi, figsize), then {RUN_IT}"
    return [f"image of {size // 1000} kB, {what}" for size in sizes if size > LARGEST_IMAGE]
