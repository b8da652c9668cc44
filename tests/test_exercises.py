"""What the exercises of every lesson owe a learner: right feedback, one hint, no surprise, never the solution."""

import ast
import inspect
import itertools
import re
import textwrap

import nbformat
import numpy as np
import pytest
from fresh_python import cost
from recorded_answers import FOLDER, parts, recorded
from test_lessons import BELITTLING

from course_utils import exercises as course
from course_utils.exercises import check, judge
from course_utils.exercises.forms import Choice, Function, Value, Words
from course_utils.exercises.reading import as_array, same
from tools.exercises import __main__ as command
from tools.exercises.blanks import blank_out
from tools.exercises.generate import solutions, target
from tools.exercises.rules import exercise_groups, lesson_objectives
from tools.notebooks.embedded import figures_in
from tools.notebooks.kernel import NotebookKernel
from tools.notebooks.tidy import output_problems, read_notebook

LESSONS = course.lessons()
SOLUTIONS = solutions()
LONGEST_SECONDS = 2
FEWEST_WRONG_ANSWERS, FEWEST_EXERCISES, FEWEST_KINDS = 3, 5, 4


EXERCISES = [(lesson, exercise) for lesson in LESSONS for exercise in course.exercises(lesson).values()]
each_exercise = pytest.mark.parametrize(
    ("lesson", "exercise"), EXERCISES, ids=[exercise.name for _, exercise in EXERCISES]
)
each_exercise_of_words = pytest.mark.parametrize(
    "exercise", [each for _, each in EXERCISES if isinstance(each, Words)], ids=lambda each: each.name
)
each_notebook = pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)


def test_the_lessons_with_notebooks_have_checkers_and_wrong_answers():
    assert LESSONS
    assert [int(path.name[:2]) for path in SOLUTIONS] == LESSONS
    assert all(recorded(exercise.name) for _, exercise in EXERCISES)
    files = [path for path in FOLDER.glob("lesson_*/*.py") if "__pycache__" not in path.parts]
    assert len(files) == len(EXERCISES), "answers to an exercise that does not exist"


# --- right answers, wrong answers ---


@each_exercise
def test_right_answers_pass_however_they_are_written(lesson, exercise):
    written = [parts(answer) for answer in recorded(exercise.name).RIGHT]
    assert len(written) >= 2
    for answer in [*written, *exercise.right_answers()]:
        feedback = judge(exercise.name, *answer)
        assert feedback.passed, (answer, feedback)
        assert feedback.hint is None


@each_exercise
def test_recorded_wrong_answers_get_their_hint(lesson, exercise):
    wrong = recorded(exercise.name).WRONG
    reached = {hint for hint, _ in wrong} | {mistake.name for mistake in exercise.mistakes}
    assert len(reached & (exercise.hints.keys() - {"smallest case"})) >= FEWEST_WRONG_ANSWERS
    for hint, answer in wrong:
        feedback = judge(exercise.name, *parts(answer))
        assert (feedback.status, feedback.hint) == ("try again", hint), (answer, feedback)
        assert feedback.text == exercise.hints.get(hint, feedback.text)


@each_exercise
def test_each_mistake_of_the_checker_gets_its_own_hint(lesson, exercise):
    for mistake in exercise.mistakes:
        feedback = judge(exercise.name, *(mistake.answer if exercise.answers > 1 else (mistake.answer,)))
        assert (feedback.passed, feedback.hint) == (False, mistake.name), feedback


@each_exercise
def test_every_hint_is_reached_by_some_answer(lesson, exercise):
    reached = {hint for hint, _ in recorded(exercise.name).WRONG}
    reached |= {mistake.name for mistake in exercise.mistakes}
    assert exercise.hints.keys() - reached - {"smallest case"} == set()


@each_exercise
def test_an_unknown_wrong_answer_gets_the_smallest_case(lesson, exercise):
    unknown = [answer for hint, answer in recorded(exercise.name).WRONG if hint == "smallest case"]
    assert unknown or not isinstance(exercise, (Value, Function))
    for answer in unknown:
        feedback = judge(exercise.name, answer)
        if isinstance(exercise, Function):
            call, gives, must, *_ = feedback.case
            assert exercise.call in call
            assert (gives[:8], must[:8]) == ("gives:  ", "must be:")


@each_exercise
def test_the_unanswered_is_not_yet_in_one_form(lesson, exercise):
    for blank in (..., None, [..., 1], {"a": ...}):
        feedback = judge(exercise.name, *[blank] * exercise.answers)
        text = f"{exercise.name} not yet: work on the cell above, run it, then run this check again."
        assert repr(feedback) == text
        assert not feedback.passed


@pytest.mark.parametrize(
    "exercise",
    [each for _, each in EXERCISES if getattr(each, "given", None)],
    ids=lambda each: each.name,
)
def test_a_function_to_mend_that_still_does_what_it_did_is_told_so(exercise):
    feedback = judge(exercise.name, exercise.given)
    assert feedback.status == "not yet"
    assert "still does what it did when you got it" in feedback.text


# --- checking disturbs nothing ---


def test_a_check_leaves_random_numbers_as_they_were():
    name = next(exercise.name for _, exercise in EXERCISES if isinstance(exercise, Function))
    np.random.seed(3)  # noqa: NPY002
    expected = np.random.random()  # noqa: NPY002
    np.random.seed(3)  # noqa: NPY002
    check(name, lambda *_: np.random.random())  # noqa: NPY002
    assert np.random.random() == expected  # noqa: NPY002


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_first_check_is_quick_and_none_imports_tensorflow(lesson):
    exercises = [exercise for number, exercise in EXERCISES if number == lesson]
    calls = [f"check('{each.name}', {', '.join(['lambda *_: 1'] * each.answers)})" for each in exercises]
    before = "from course_utils.exercises import check"
    seconds, _ = cost(calls[0], before, runs=1)
    assert seconds < LONGEST_SECONDS
    _, loaded = cost("; ".join(calls), before, runs=1)
    assert not loaded & {"tensorflow", "keras", "torch", "matplotlib"}


# --- hints lead and do not tell ---


def numbers_in(text):
    return [float(number) for number in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?(?!\w)", text)]


def code_of(function):
    """Return the statements of a function's body without its docstring, and what it returns, as code on one line."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    body = [node for node in tree.body if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))]
    values = [node.value for node in ast.walk(tree) if isinstance(node, (ast.Assign, ast.Return)) and node.value]
    written = {"".join(ast.unparse(node).split()) for node in [*body, *values]}
    return {code for code in written if len(code) >= 8}


def leaks(exercise, text):
    """Say what a text gives away of the solution."""
    solution = exercise.solution()
    if isinstance(exercise, Value):
        try:
            wanted = np.ravel(as_array(solution))
        except ValueError:
            words = [solution] if isinstance(solution, str) else []
            return [word for word in words if word.casefold() in text.casefold()]
        found = [any(same(number, one, exercise.rtol, exercise.atol) for number in numbers_in(text)) for one in wanted]
        return [solution] if all(found) else []
    if isinstance(exercise, Choice):
        named = re.findall(r"[\"'`(]([a-z])[\"'`)]|\b(?:option|letter|answer|statement) ([a-z])\b", text)
        return sorted({letter for pair in named for letter in pair} & solution)
    if inspect.isfunction(solution):
        squeezed = "".join(text.split())
        return [code for code in code_of(solution) if code in squeezed]
    return []


@each_exercise
def test_no_hint_holds_the_solution(lesson, exercise):
    texts = [*exercise.hints.values()]
    texts += [item.second for item in exercise.text.items]
    texts += [repr(judge(exercise.name, *parts(wrong))) for _, wrong in recorded(exercise.name).WRONG]
    for text in texts:
        text = text.removeprefix(exercise.name)
        if "here is no option" not in text and "letters in quotes" not in text:
            assert leaks(exercise, text) == [], text


@each_exercise
def test_hints_are_short_plain_and_different(lesson, exercise):
    texts = list(exercise.hints.values())
    assert len(set(texts)) == len(texts)
    for text in [*texts, exercise.text.passed]:
        assert not BELITTLING.search(text), text
        assert not re.search(r"\b(wrong|stupid|fail|failed|easy)\b", text, re.IGNORECASE), text
        assert len(text) <= 300, text
    assert all(text[-1] in ".?" for text in texts)


@each_exercise_of_words
def test_words_filled_in_from_top_to_bottom_are_not_right(exercise):
    listed = dict(zip(exercise.right, itertools.cycle(exercise.words), strict=False))
    assert not judge(exercise.name, listed).passed


# --- the notebooks ---


def test_generated_notebooks_are_current(capsys):
    assert command.main(["check"]) == 0, capsys.readouterr().err


@each_notebook
def test_objectives_are_all_tested_by_exercises_of_several_kinds(path):
    groups = exercise_groups(read_notebook(path.read_text(encoding="utf-8")))
    lesson = read_notebook((path.parents[1] / path.name).read_text(encoding="utf-8"))
    assert lesson_objectives(lesson)
    assert {objective for group in groups for objective in group.objectives} == set(lesson_objectives(lesson))
    assert len(groups) >= FEWEST_EXERCISES
    assert len({group.kind for group in groups}) >= FEWEST_KINDS


@each_notebook
def test_the_lesson_points_to_its_exercises(path):
    text = (path.parents[1] / path.name).read_text(encoding="utf-8")
    assert f"(exercises/{path.name})" in text


@each_notebook
def test_progress_calls_each_exercise_what_its_heading_calls_it(path):
    cells = read_notebook(path.read_text(encoding="utf-8")).cells
    text = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    headings = re.findall(r"^## (\d+\.\d+ .+) \(\w+\)$", text, re.MULTILINE)
    checked = course.exercises(int(path.name[:2])).values()
    assert headings == [exercise.text.title for exercise in checked]


@each_exercise_of_words
def test_the_notebook_lists_the_words_in_the_order_of_the_checker(exercise):
    (path,) = [path for path in SOLUTIONS if int(path.name[:2]) == int(exercise.name.partition(".")[0])]
    cells = read_notebook(path.read_text(encoding="utf-8")).cells
    text = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    (section,) = re.findall(rf"^## {exercise.name} .*?(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    written = re.findall(r'`"([\w-]+)"`', section)
    assert [word for word in dict.fromkeys(written) if word in exercise.words] == list(exercise.words)


@each_notebook
def test_the_setup_cell_is_that_of_the_lesson(path):
    def beginning(file):
        cells = read_notebook(file.read_text(encoding="utf-8")).cells
        first = next(cell.source for cell in cells if cell.cell_type == "code")
        return first.partition("environment.setup(")[0]

    assert beginning(path) == beginning(path.parents[1] / path.name) == beginning(target(path))


@each_notebook
def test_the_text_is_plain_and_the_figures_have_alternative_texts(path):
    for cell in read_notebook(path.read_text(encoding="utf-8")).cells:
        if cell.cell_type == "markdown":
            assert not BELITTLING.search(cell.source)
        for output in cell.get("outputs", []):
            assert all(len(figure.alt) > 20 for figure in figures_in(output))


@each_notebook
def test_blanks_have_names_of_their_own(path):
    """A check that is run before its blank must not see the answer of another exercise."""
    names = []
    for cell in read_notebook(target(path).read_text(encoding="utf-8")).cells:
        if cell.cell_type == "code":
            names += re.findall(r"^(\w+) = \.\.\.", cell.source, re.MULTILINE)
    assert len(set(names)) == len(names)


@pytest.fixture(scope="module")
def run_blanks():
    """Run the notebooks with blanks one after the other in one kernel, emptied before each.

    A kernel for each would import TensorFlow each time.  That a notebook also runs in a fresh one is seen from its
    solutions, which begin with the same cell.
    """
    everything, places = nbformat.v4.new_notebook(), {}
    for path in SOLUTIONS:
        start = len(everything.cells)
        blanks = read_notebook(target(path).read_text(encoding="utf-8"))
        everything.cells += [nbformat.v4.new_code_cell("%reset -f"), *blanks.cells]
        places[path] = range(start, len(everything.cells))
    with NotebookKernel(everything, target(SOLUTIONS[0]).parent) as kernel:
        yield lambda path: [
            (everything.cells[place], kernel.run(place).outputs)
            for place in places[path]
            if everything.cells[place].cell_type == "code"
        ]


@each_notebook
def test_the_blank_notebook_runs_and_every_check_says_not_yet(path, run_blanks):
    said = {}
    for cell, outputs in run_blanks(path):
        assert output_problems(outputs, cell.metadata.get("tags", [])) == [], cell.source
        found = re.match(r'check\("([\d.]+)"', cell.source)
        if found:
            said[found[1]] = outputs[0].data["text/plain"]
    assert list(said) == list(course.exercises(int(path.name[:2])))
    for name, text in said.items():
        assert text.startswith(f"{name} not yet: ")


@each_notebook
def test_no_line_of_a_solution_is_in_a_hint(path):
    cells = read_notebook(path.read_text(encoding="utf-8")).cells
    lines = [line for cell in cells if cell.cell_type == "code" for line in blank_out(cell.source)[1]]
    written = {"".join(line.split()) for line in lines if len(line.strip()) >= 8}
    hints = [hint for exercise in course.exercises(int(path.name[:2])).values() for hint in exercise.hints.values()]
    assert [line for line in written for hint in hints if line in "".join(hint.split())] == []
