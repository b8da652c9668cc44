"""What a notebook file looks like when it is in order, and what is wrong with one that is not.

The file is the source of the lesson and its stored outputs are the lesson's test.  So that `git diff` shows real
changes only, everything goes that differs between two runs or two machines: timings, random widget ids, memory
addresses, versions, the folder that the course lies in.
"""

import hashlib
import json
import os
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
from tools.notebooks.ids import number_ids
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

BAR_TIMES = re.compile(r"\[[\d:?]+(?:<|&lt;)[^\]\[]*\]")  # [00:01<00:05, 94.68it/s], as tqdm writes them
_PROGRESS_BAR = re.compile(rf"\b(Float|Int)Progress\(|{BAR_TIMES.pattern}")
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
_OVERWRITTEN = re.compile(r"^.*\r(?=[^\n])", re.MULTILINE)
_CONFLICT = re.compile(r"^([<>=|])\1{6}(?= |$)", re.MULTILINE)  # as git marks it, maybe in part removed
_EMBEDDED_IMAGE = re.compile(r"('image/\w+': ')[\w+/=\\]+'")
# Where a traceback says that code lies: in an installed package (its folder may have spaces in its name), or in Python
# itself.  Each pattern begins where a line or a word does, so that a long line takes no longer than its length.
_COLOUR = r"\x1b\[[\d;]*m"
_PACKAGE_LINE = re.compile(
    rf"^((?:{_COLOUR})*[ \t]*File (?:{_COLOUR})*\"?)[^\n]*[/\\](?:site|dist)-packages[/\\]", re.MULTILINE
)
_WORD = re.compile(rf"{_COLOUR}|[^\s'\"\x1b]+")
_PACKAGES = re.compile(r"(?:site|dist)-packages[/\\]")
_PYTHON = re.compile(r"[/\\]lib[/\\](?=python3\.\d+[/\\])")
_ABSOLUTE_PATH = re.compile(
    r"(?<![\w./~-])(?:/(?:builds|content|etc|home|kaggle|mnt|opt|private|root|srv|tmp|usr|Users|var|Volumes|work\w*)/"
    rf"|{re.escape(str(ROOT))}|[A-Za-z]:\\+Users\\)[^\s'\"<>]*"
)


class MalformedNotebookError(ValueError):
    """A file is no notebook that can be used; the message says why, and does not name the file."""


def read_notebook(text: str) -> NotebookNode:
    """Parse a notebook file; unlike `nbformat.reads` it gives no random ids to cells that have none.

    Raises
    ------
    MalformedNotebookError
        If it is none of format 4, or something in it is missing or of another kind.
    """
    text = text.removeprefix("\ufeff")  # the mark that some programs of Windows put before a text
    try:
        content = json.loads(text)
    except ValueError as error:
        if _CONFLICT.search(text):
            raise MalformedNotebookError("git's marks of a conflict (<<<<<<<, >>>>>>>) are in it: resolve it") from None
        raise MalformedNotebookError(f"it is no notebook, for it is no JSON ({error})") from None
    except RecursionError:
        raise MalformedNotebookError("it is no notebook, for it is nested too deeply") from None
    if problem := _malformed(content):
        raise MalformedNotebookError(problem)
    return nbformat.v4.reads(text)


def _malformed(content) -> str | None:
    """Say what in a parsed file keeps it from being a notebook."""
    if not isinstance(content, dict) or not isinstance(content.get("nbformat"), int):
        return "it is no notebook, for it does not say its format"
    if content["nbformat"] != 4:
        return f"its format is {content['nbformat']}, not 4: open it in JupyterLab and save it"
    for name, kind in (("metadata", dict), ("cells", list)):
        if not isinstance(content.get(name), kind):
            return f"it has no {name}, or not of the right kind"
    for number, cell in enumerate(content["cells"], start=1):
        if problem := _malformed_cell(cell):
            return f"cell {number} of all cells {problem}"
    return None


def _malformed_cell(cell) -> str | None:
    """Say what keeps a parsed entry from being a cell."""
    if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
        return "has no type that a cell can have"
    if not _is_text(cell.get("source")):
        return "has no source"
    if not isinstance(cell.get("metadata"), dict):
        return "has no metadata"
    outputs = cell.get("outputs", []) if cell["cell_type"] == "code" else []
    if not isinstance(outputs, list) or not all(_is_output(output) for output in outputs):
        return "has an output that is none"
    return None


def _is_text(value) -> bool:
    """Tell whether a value is a text, or the list of lines that a file has for one."""
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(line, str) for line in value))


def _is_output(output) -> bool:
    """Tell whether a parsed entry has what an output of its type needs."""
    kind = output.get("output_type") if isinstance(output, dict) else None
    if kind == "stream":
        return isinstance(output.get("name"), str) and _is_text(output.get("text"))
    if kind == "error":
        named = all(isinstance(output.get(name), str) for name in ("ename", "evalue"))
        return named and isinstance(output.get("traceback"), list) and _is_text(output["traceback"])
    return kind in ("display_data", "execute_result") and isinstance(output.get("data"), dict)


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
        output.traceback = [_without_machine_folders(_tidy_text(line)) for line in output.traceback]
    else:
        output.data.pop(WIDGET_VIEW, None)
        for name, content in output.data.items():
            output.data[name] = _tidy_content(name, content)
    return output


def _without_machine_folders(text: str) -> str:
    """Return the text of a traceback, with paths that begin at the package, at Python's version or in the course."""
    text = text.replace(f"{ROOT}{os.sep}", "")
    return _WORD.sub(_without_machine_folder, _PACKAGE_LINE.sub(r"\1", text))


def _without_machine_folder(match: re.Match) -> str:
    word = match.group()
    if ends := [found.end() for pattern in (_PYTHON, _PACKAGES) for found in pattern.finditer(word)]:
        return word[: len(word) - len(word.lstrip("([<="))] + word[max(ends) :]
    return word


def _tidy_content(name: str, content):
    if name == "image/png":
        return without_free_text(content)
    if name in ("image/svg+xml", HTML) and isinstance(content, str):
        content = number_ids(content)
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
    if problem := size_problem(text):
        problems.append(problem)
    problems += _theme_problems(notebook)
    if not problems and write_notebook(normalise(notebook)) != text:
        problems.append("the file is not normalised: run `python -m tools.notebooks normalise` on it")
    return problems


def size_problem(text: str) -> str | None:
    """Say if a notebook's file is too large to be stored."""
    size = len(text.encode())
    if size <= LARGEST_NOTEBOOK:
        return None
    return f"the file has {size / 1e6:.2f} MB, at most 1 MB: show fewer or smaller figures, then {RUN_IT}"


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
