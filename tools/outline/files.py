"""The files that follow the outline: as they are, as they should be, and what is wrong with them."""

from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from tools.notebooks.tidy import read_notebook, write_notebook
from tools.outline import rules
from tools.outline.blocks import filled
from tools.outline.lengths import Length, measure
from tools.outline.links import Repository
from tools.outline.notebooks import updated
from tools.outline.read import Lesson, Outline, OutlineError
from tools.outline.readme import readme_blocks

README = "README.md"
OTHER_TEXTS = ("CONTRIBUTING.md", "data/README.md", "data/MEASUREMENTS.md")  # nothing is written into them

# What nbformat raises for a file that is no notebook.
_UNREADABLE = (ValueError, TypeError, AttributeError, KeyError, nbformat.ValidationError)


@dataclass
class Findings:
    """What a look at the files found.

    Attributes
    ----------
    stale
        Files that are out of step: the text that each has, and the text that it should have.
    lengths
        How long each lesson is, by its number.
    problems
        What nobody but an author can correct, a sentence each.
    """

    stale: dict[Path, tuple[str, str]] = field(default_factory=dict)
    lengths: dict[int, Length] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def examine(root: Path, outline: Outline, repository: Repository) -> Findings:
    """Hold all files against the outline; a file that cannot be used is a problem, and the others are looked at."""
    findings = Findings(problems=rules.file_problems(outline, root))
    _examine_texts(root, outline, repository, findings)
    for lesson in outline.ready:
        for folder in ("", "solutions") if lesson.exercises else ("",):
            try:
                _examine_notebook(root, outline, repository, lesson, folder, findings)
            except FileNotFoundError:
                pass  # it is among the problems already
            except OutlineError as error:
                findings.problems.append(str(error))
    return findings


def _examine_texts(root: Path, outline: Outline, repository: Repository, findings: Findings) -> None:
    readme = root / README
    text = new = readme.read_text(encoding="utf-8")
    try:
        new = filled(text, readme_blocks(outline, repository), README)
    except OutlineError as error:
        findings.problems.append(str(error))
    if new != text:
        findings.stale[readme] = text, new
    findings.problems += rules.preparation_problems(outline, new, README)
    for name in OTHER_TEXTS:
        if (root / name).exists():
            other = (root / name).read_text(encoding="utf-8")
            findings.problems += rules.preparation_problems(outline, other, name)


def _examine_notebook(
    root: Path, outline: Outline, repository: Repository, lesson: Lesson, folder: str, findings: Findings
) -> None:
    path = root / "notebooks" / lesson.path(folder)
    text = path.read_text(encoding="utf-8")
    notebook = _parse(text, lesson.path(folder))
    new = updated(notebook, lesson, folder, outline, repository)
    if new != notebook:
        findings.stale[path] = text, write_notebook(new)
    markdown = "\n\n".join(cell.source for cell in new.cells if cell.cell_type == "markdown")
    findings.problems += rules.preparation_problems(outline, markdown, f"notebooks/{lesson.path(folder)}")
    if not folder:
        findings.lengths[lesson.number] = measure(new)
        findings.problems += rules.time_problems(lesson, findings.lengths[lesson.number])


def _parse(text: str, name: str) -> NotebookNode:
    """Return the notebook in a text."""
    try:
        notebook = read_notebook(text)
        nbformat.validate(notebook)
    except _UNREADABLE as error:
        raise OutlineError(f"notebooks/{name} is no notebook: {str(error).partition(chr(10))[0]}.") from error
    return notebook
