"""What a learner gets in place of a solution, cell by cell.

In code cells, ``# BEGIN SOLUTION`` and ``# END SOLUTION``, each alone on its line, enclose what the learner writes.  It
becomes ``...``, or, where there are lines ``# PROMPT: text`` between the marks, these texts.  Of the tags of a cell,

=================  =======================================================================
tag                meaning
=================  =======================================================================
``solution-only``  the cell is left out
``keep-output``    the figure that the right answer draws stays; all other outputs go
=================  =======================================================================
"""

import re

from nbformat import NotebookNode

from tools.notebooks.embedded import figures_in
from tools.notebooks.tags import RAISES
from tools.notebooks.tidy import cell_tags

SOLUTION_ONLY, KEEP_OUTPUT = "solution-only", "keep-output"
BLANK = "..."

_BEGIN = re.compile(r"^( *)# BEGIN SOLUTION$")
_END = re.compile(r"^ *# END SOLUTION$")
_PROMPT = re.compile(r"^ *# PROMPT: ?(.*)$")
# Anything that was meant as a mark, however it is written.
_LOOKS_LIKE_A_MARK = re.compile(r"\b(begin|end)[ _-]*solution\b|#\s*prompt\b", re.IGNORECASE)
# Lines that give nothing away: they may stand in a solution and elsewhere too.
_TELLS_NOTHING = re.compile(r"(return \w+|else:|try:|finally:|pass|break|continue|import .*|from .* import .*|\W*)$")

# What stands after a name and "=", or after "return".
_VALUE = re.compile(r"(?:[\w., \[\]]+ [-+*/]?= |return )(.+)")
_COMPUTED = re.compile(r"[-+*/@(\[]")
LONG_VALUE = 12  # signs: shorter ones, such as len(x), may stand anywhere
_COMMENT = re.compile(r"(?:^|\s+)#.*")
_PART = re.compile(r"\w+|[^\w\s]")
_QUOTE, _BETWEEN = "[\"']", r"[\s#>\\]*"


class ExerciseError(Exception):
    """A notebook of solutions cannot be used; the message names the notebook, the cell and what to do."""


def blank_out(source: str) -> tuple[str, list[str]]:
    """Replace the solutions in the source of a code cell.

    Returns
    -------
    source
        The source with blanks.
    solutions
        The lines that were taken out and do not come back in a prompt.

    Raises
    ------
    ExerciseError
        If the marks are not in pairs, or a prompt stands outside of them.
    """
    kept, solutions = [], []
    block: list[str] | None = None
    indent = ""
    for line in source.split("\n"):
        begin = _BEGIN.match(line)
        if begin:
            if block is not None:
                raise ExerciseError("a second # BEGIN SOLUTION before the # END SOLUTION of the first")
            block, indent = [], begin[1]
        elif _END.match(line):
            if block is None:
                raise ExerciseError("an # END SOLUTION without a # BEGIN SOLUTION before it")
            blank = _blank(block, indent)
            kept += blank
            solutions += [part for part in block if not _PROMPT.match(part) and part not in blank]
            block = None
        elif block is not None:
            block.append(line)
        else:
            kept.append(line)
    if block is not None:
        raise ExerciseError("a # BEGIN SOLUTION without an # END SOLUTION after it")
    refuse_marks("\n".join(kept))
    return "\n".join(kept), solutions


def _blank(block: list[str], indent: str) -> list[str]:
    """Return what stands in place of a solution."""
    prompts = [match[1] for match in map(_PROMPT.match, block) if match]
    if len(prompts) == len([line for line in block if line.strip()]):
        raise ExerciseError("there is no solution between # BEGIN SOLUTION and # END SOLUTION")
    return [f"{indent}{line}".rstrip() for line in prompts or [BLANK]]


def refuse_marks(source: str) -> None:
    """Raise ExerciseError if something that looks like a mark is left."""
    left = _LOOKS_LIKE_A_MARK.search(source)
    if left:
        marks = "# BEGIN SOLUTION, # END SOLUTION and # PROMPT: text"
        raise ExerciseError(f"{left.group()!r} is left: write {marks}, each on a line of its own")


def telling_lines(solutions: list[str]) -> set[str]:
    """Return those lines of a solution that give it away, without indentation and comments."""
    lines = {_COMMENT.sub("", line).strip() for line in solutions}
    return {line for line in lines if len(line) >= 8 and not _TELLS_NOTHING.match(line)}


def telling_values(lines: set[str]) -> set[str]:
    """Return what such lines compute: in a sentence, it gives the solution away without its name, too."""
    values = {match[1] for match in map(_VALUE.fullmatch, lines) if match}
    return {value for value in values if len(value) >= LONG_VALUE and _COMPUTED.search(value)}


def leak_pattern(line: str) -> re.Pattern:
    """Return what finds a line of code in a text, however it is spaced, quoted, broken or commented out there."""
    parts = [_QUOTE if part in "\"'" else re.escape(part) for part in _PART.findall(line)]
    return re.compile(rf"(?<!\w){_BETWEEN.join(parts)}(?!\w)")


def kept_figures(cell: NotebookNode) -> list[NotebookNode]:
    """Return the figures of a cell that is tagged `keep-output`, and nothing else: a printed number may be the answer.

    Raises
    ------
    ExerciseError
        If there is no figure, or one has no alternative text.
    """
    kept = [output for output in cell.outputs if figures_in(output)]
    if not kept:
        raise ExerciseError(f"tagged {KEEP_OUTPUT}, but it has no figure: run `make notebooks`, or remove the tag")
    if not all(figure.alt for output in kept for figure in figures_in(output)):
        raise ExerciseError("the kept figure has no alternative text: draw it with plots.show(figure, alt=...)")
    return [
        NotebookNode(output_type="display_data", data=output.data, metadata=output.get("metadata", {}))
        for output in kept
    ]


def kept_tags(cell: NotebookNode) -> list[str]:
    """Return the tags that a learner's notebook keeps: no tolerances, for it has no outputs to compare."""
    return [tag for tag in cell_tags(cell) if tag in RAISES or tag == KEEP_OUTPUT]
