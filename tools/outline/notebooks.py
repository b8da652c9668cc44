"""What each notebook says of itself and of the lesson after it, made from the outline.

In a lesson and in a notebook of solutions: the title, the badge, the sentence above the setup cell, the setup cell, and
the paragraph that begins with ``**Next``.  In a lesson, the times too, from ``**Time:**`` to ``**Needs:**``.  The rest
is written by hand.  (The notebooks of exercises are made from those of the solutions: ``tools.exercises``.)
"""

import re
from copy import deepcopy
from string import Template

from nbformat import NotebookNode

from tools.notebooks.tidy import executed_code
from tools.outline.blocks import filled
from tools.outline.links import Repository
from tools.outline.read import Lesson, Outline, OutlineError, duration
from tools.outline.readme import start_blocks

RUN_FIRST = "**Run the next cell first:** click into it and press Shift + Enter."
_RUN_FIRST = (
    f"{RUN_FIRST} It loads the code that the other cells use, and prints nothing\n"
    "if all is well. Loading takes a few seconds; on Colab, the cell fetches the course first."
)
# What a notebook's own imports follow.  On Colab, git must not ask for a name and a password, as it does where an
# address leads nowhere; and the error is no ImportError, for which Colab would advise to install a package with pip.
# (Colab's IPython does not understand ``said = ![ ...``.)
_SETUP = Template("""\
import sys
from pathlib import Path

problem = "This kernel cannot find the course: open the course as the README says, or choose .venv as the kernel."
if "google.colab" in sys.modules:  # on Colab: fetch the course once; Colab's own packages stay as they are
    clone = "git clone -q --depth 1 -b $tag $address course"
    said = get_ipython().getoutput(f"[ -d course/course_utils ] || GIT_TERMINAL_PROMPT=0 {clone} 2>&1")
    problem = f"The course was not fetched: run this cell again, or report what git says: {' '.join(said[-1:])}"
    sys.path.insert(0, str(Path("course").resolve()))
try:
    from course_utils import environment
except ModuleNotFoundError:
    error = RuntimeError(problem)
    error._render_traceback_ = lambda: [problem]  # one sentence in place of a traceback
    raise error from None

environment.setup(seed=$seed)""")

_SETUP_CELL = re.compile(r"\Aimport sys\n.*?^environment\.setup\(seed=(?P<seed>\d+)\)$", re.DOTALL | re.MULTILINE)
_TITLE = re.compile(r"\A# .*$", re.MULTILINE)
_BADGE = re.compile(r"^\[!\[Open in Colab\].*$", re.MULTILINE)
_TIME = re.compile(r"^\*\*Time:\*\*.*?\s(?=\*\*Needs:\*\*)", re.DOTALL | re.MULTILINE)
_LAST = "This is the last lesson."  # the paragraph after which no lesson comes


def updated(
    notebook: NotebookNode, lesson: Lesson, folder: str, outline: Outline, repository: Repository
) -> NotebookNode:
    """Return a copy of a notebook in step with the outline.

    Parameters
    ----------
    notebook
        The lesson, or its solutions.
    lesson
        What the outline says of the lesson.
    folder
        Where the notebook lies below ``notebooks/``: ``""`` or ``"solutions"``.
    outline, repository
        All lessons, and where the course is published.

    Raises
    ------
    OutlineError
        If a part is not there to be written.
    """
    where = f"notebooks/{lesson.path(folder)}"
    new = deepcopy(notebook)
    kinds = [cell.cell_type for cell in new.cells]
    if "code" not in kinds or kinds[0] != "markdown" or kinds[-1] != "markdown":
        raise OutlineError(f"{where} must begin and end with a markdown cell, and have a code cell between: add them.")
    new.cells[0].source = _head(new.cells[0].source, lesson, folder, repository, where)
    _write_setup(new, repository, where)
    new.cells[-1].source = _with_next(new.cells[-1].source, next_line(outline, lesson, folder))
    if lesson.number == 0 and not folder:
        _fill_tables(new, outline, where)
    return new


def _head(source: str, lesson: Lesson, folder: str, repository: Repository, where: str) -> str:
    """Return the first cell with title, badge and times."""
    title = f"# {lesson.label} · {lesson.title}{': exercises' if folder else ''}"
    source = _replaced(_TITLE, title, source, f"{where}: the first cell must begin with a title, `# ...`.")
    badge = repository.badge(where)
    source = _replaced(_BADGE, badge, source, f"{where}: the first cell must have one line `[![Open in Colab]...`.")
    if folder:
        return source
    missing = f"{where}: the first cell must have the words **Time:** and **Needs:**, once and in this order."
    return _replaced(_TIME, f"{times(lesson)}\n", source, missing)


def _replaced(pattern: re.Pattern, text: str, source: str, missing: str) -> str:
    """Return a source with the one match of a pattern replaced; raise OutlineError if there is none, or another."""
    new, number = pattern.subn(lambda _: text, source)
    if number != 1:
        raise OutlineError(missing)
    return new


def times(lesson: Lesson) -> str:
    """Say how long a lesson takes."""
    return (
        f"**Time:** {lesson.in_class} minutes in class, {lesson.alone} minutes alone. "
        f"All cells together run in about {duration(lesson.runs_in)} on two CPU cores."
    )


def setup_code(repository: Repository, seed: int) -> str:
    """Return the beginning of every notebook's first code cell."""
    return _SETUP.substitute(address=repository.address, tag=repository.tag, seed=seed)


def _write_setup(notebook: NotebookNode, repository: Repository, where: str) -> None:
    """Write the setup into the first code cell, and the sentence above it into a cell of its own."""
    index = next(number for number, cell in enumerate(notebook.cells) if cell.cell_type == "code")
    cell = notebook.cells[index]
    match = _SETUP_CELL.search(cell.source)
    if not match:
        raise OutlineError(
            f"{where}: the first code cell must begin with the line `import sys` and have a line "
            "`environment.setup(seed=0)`, which ends its setup: add them."
        )
    old = executed_code(notebook)[0]
    cell.source = setup_code(repository, int(match["seed"])) + cell.source[match.end() :]
    _keep_outputs(notebook, old)
    above = notebook.cells[index - 1]
    if above.cell_type == "markdown" and above.source.startswith(RUN_FIRST):
        above.source = _RUN_FIRST
    else:
        note = NotebookNode(id="run-first", cell_type="markdown", metadata=NotebookNode(), source=_RUN_FIRST)
        notebook.cells.insert(index, note)


def _keep_outputs(notebook: NotebookNode, old: str) -> None:
    """Note that the stored outputs belong to the new setup too: it shows nothing, and leaves all the rest as it was."""
    digests = notebook.metadata.get("course", {}).get("executed_code", [])
    if digests and digests[0] == old:
        digests[0] = executed_code(notebook)[0]


def next_line(outline: Outline, lesson: Lesson, folder: str) -> str:
    """Return the paragraph that leads to the lesson after this one, and from exercises to its exercises too."""
    after = outline.next_after(lesson)
    if after is None:
        return _LAST
    if not after.ready:
        return f"**Next:** lesson {after.label} (in preparation): {after.question}"
    up = "../" if folder else ""
    line = f"**Next:** [lesson {after.label}]({up}{after.path()}): {after.question}"
    return f"{line} Its exercises are [here]({after.path()})." if folder and after.exercises else line


def _with_next(source: str, line: str) -> str:
    """Return the last cell with its paragraph ``**Next``, or that of the last lesson, written or added."""
    paragraphs = source.split("\n\n")
    kept = [line if paragraph.startswith(("**Next", _LAST)) else paragraph for paragraph in paragraphs]
    return "\n\n".join(kept if line in kept else [*kept, line])


def _fill_tables(notebook: NotebookNode, outline: Outline, where: str) -> None:
    """Fill the blocks of lesson 00, which are in one cell."""
    marked = [cell for cell in notebook.cells if cell.cell_type == "markdown" and "<!-- outline:" in cell.source]
    if len(marked) != 1:
        raise OutlineError(f"{where} must have one cell with the mark <!-- outline: lessons -->.")
    marked[0].source = filled(marked[0].source, start_blocks(outline), where)
