"""2.4: five runs that went astray."""

from course_utils.exercises.forms import Custom
from course_utils.exercises.forms.entries import entries_of
from course_utils.exercises.reading import show

CAUSES = {"forty": "numbers", "glasses": "single", "four": "twice", "crowd": "shuffled", "ages": "each"}
WORDS = {*CAUSES.values(), "rows"}


def judge_causes(causes):
    """Look at the words, then for the one that explains no run, then at one run after the other."""
    yield from entries_of(causes, CAUSES)
    if not all(isinstance(word, str) and word.strip().casefold() in WORDS for word in causes.values()):
        yield "words"
    words = {run: causes[run].strip().casefold() for run in CAUSES}
    hints = [("rows", run) for run in CAUSES if words[run] == "rows"]
    hints += [(run, run) for run in CAUSES if words[run] != CAUSES[run]]
    for hint, run in hints:
        yield hint, [f"causes[{show(run)}] = {show(words[run])}"]


exercise = Custom(judge_causes, right=[(CAUSES,)])
