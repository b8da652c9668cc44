"""Show what is passed, and the solution of an exercise."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from course_utils.environment import ROOT
from course_utils.exercises.feedback import FACES, NOT_YET, PASSED, TRY_AGAIN, UNKNOWN, Feedback
from course_utils.exercises.forms import Exercise

# What the tool that makes the exercises reads in a solution, and no learner needs.
_MARK = re.compile(r"\s*# (BEGIN SOLUTION|END SOLUTION|PROMPT)\b")
SOLUTIONS = ROOT / "notebooks" / "solutions"


@dataclass(frozen=True, repr=False)
class Progress:
    """What is passed; as a list of one lesson's exercises, or as a line for each lesson.

    Attributes
    ----------
    lessons : Mapping
        The exercises of each lesson.
    records : Mapping
        What is remembered of each exercise, by its name.
    """

    lessons: Mapping[int, Sequence[Exercise]]
    records: Mapping[str, Mapping]

    def status(self, exercise: Exercise) -> str:
        """Return "passed", "try again", or "not yet" where nothing was checked."""
        record = self.records.get(exercise.name, {})
        return PASSED if "passed" in record else TRY_AGAIN if record else NOT_YET

    def lines(self) -> list[tuple[str, str]]:
        """Return a status and a text for each line."""
        lines = []
        for number, exercises in self.lessons.items():
            passed = sum(self.status(exercise) == PASSED for exercise in exercises)
            status = PASSED if passed == len(exercises) else NOT_YET
            lines.append((status, f"Lesson {number:02d}: {passed} of {len(exercises)} exercises passed"))
        if len(self.lessons) == 1:
            for exercise in exercises:
                lines.append((self.status(exercise), f"{exercise.text.title}: {self.status(exercise)}"))
        return lines

    def __repr__(self) -> str:
        return "\n".join(f"{FACES[status][0]} {text}" for status, text in self.lines())

    def _repr_html_(self) -> str:
        rows = "".join(
            f'<div><span style="color: {FACES[status][1]}">{FACES[status][0]}</span>&ensp;{html.escape(text)}</div>'
            for status, text in self.lines()
        )
        return f'<div style="padding: 4px 12px">{rows}</div>'


@dataclass(frozen=True, repr=False)
class Solution:
    """The code that solves an exercise."""

    code: str

    def __repr__(self) -> str:
        return self.code

    def _repr_markdown_(self) -> str:
        return f"```python\n{self.code}\n```"


def find_solution(name: str, folder: Path = SOLUTIONS) -> Solution | Feedback:
    """Return the solution of an exercise from the notebook that holds it; feedback, where this copy has none."""
    lesson, _, number = name.partition(".")
    for path in sorted(folder.glob(f"{int(lesson):02d}_*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        below = iter(cells)
        next((cell for cell in below if re.match(rf"## {lesson}\.{number} ", "".join(cell["source"]))), None)
        for cell in below:
            source = "".join(cell["source"])
            if cell["cell_type"] == "code" and "# BEGIN SOLUTION" in source:
                kept = [line for line in source.splitlines() if not _MARK.match(line)]
                return Solution("\n".join(kept))
    return Feedback(name, UNKNOWN, f"This copy of the course comes without the solutions, that of {name} among them.")
