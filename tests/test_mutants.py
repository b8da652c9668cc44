"""Wrong solutions are refused: a sample of the mutants of each exercise, and the tool that tries all of them."""

import ast
import copy
import functools
import random
import time

import numpy as np
import pytest

from course_utils import exercises as course
from course_utils.exercises.forms import Choice, Words
from tools.mutants import __main__ as command
from tools.mutants import verdicts as asking
from tools.mutants.inputs import find_difference
from tools.mutants.mutate import Mutant, mutants
from tools.mutants.report import is_good, remarks, score, sort_verdicts
from tools.mutants.solutions import Solution, read_solutions
from tools.mutants.survivors import Survivors, read_survivors
from tools.mutants.verdicts import ACCEPTED, BLANK, ERROR, GENERAL, NAMED, Verdict, ask, ask_all, find_exercise

SAMPLE = 8  # mutants of each exercise: all of them take minutes, `make mutants`
SOLUTIONS = {solution.exercise: solution for solution in read_solutions()}
SURVIVORS = read_survivors()
NEEDS_TRAINING = ["1.7", "3.14", "5.4"]


@functools.cache
def mutants_of(exercise):
    return mutants(SOLUTIONS[exercise].source)


def sample(solution):
    """Return some mutants, the same every time, and those that were accepted once."""
    everything = mutants_of(solution.exercise)
    chosen = random.Random(solution.exercise).sample(everything, min(SAMPLE, len(everything)))
    mended = SURVIVORS.mended.get(solution.exercise, [])
    return chosen + [mutant for mutant in everything if mutant.change in mended and mutant not in chosen]


# --- the checkers ---


@pytest.mark.parametrize(
    "solution", [one for one in SOLUTIONS.values() if not one.missing], ids=lambda one: one.exercise
)
def test_a_sample_of_wrong_solutions_is_refused(solution):
    chosen = sample(solution)
    assert set(SURVIVORS.mended.get(solution.exercise, [])) <= {mutant.change for mutant in chosen}
    result = sort_verdicts(solution.exercise, ask(solution, chosen), SURVIVORS)
    assert not result.holes, "\n".join(remarks([result]))


def test_every_exercise_with_code_is_tried():
    every = [exercise for lesson in course.lessons() for exercise in course.exercises(lesson).values()]
    assert list(SOLUTIONS) == [exercise.name for exercise in every if not isinstance(exercise, (Choice, Words))]
    assert [name for name, solution in SOLUTIONS.items() if solution.missing] == NEEDS_TRAINING
    assert all(map(mutants_of, SOLUTIONS))


def test_the_list_of_survivors_names_mutants_that_there_are():
    for listed in (SURVIVORS.equivalent, SURVIVORS.tolerated, SURVIVORS.mended):
        for exercise, changes in listed.items():
            assert set(changes) <= {mutant.change for mutant in mutants_of(exercise)}, exercise


# --- planted faults ---


@pytest.fixture
def without_a_case(monkeypatch):
    """Take away the cases of 6.5 in which a draw equals the rate."""
    weaker = copy.copy(find_exercise("6.5"))
    weaker.__dict__.pop("expected", None)
    weaker.cases = [case for case in weaker.cases if not np.isin(case.arguments[2], case.arguments[1])]
    assert len(weaker.cases) == len(find_exercise("6.5").cases) - 1
    monkeypatch.setitem(course.exercises(6), "6.5", weaker)


def test_a_checker_without_a_case_is_caught(without_a_case, capsys):
    assert command.main(["6.5", "--workers", "1"]) == 1
    printed = capsys.readouterr().out
    assert "draws < rate, 0.0, values / (1 - rate)) -> return np.where(draws <= rate" in printed
    assert "differs, for example, for dropout(np.array(" in printed


def test_a_good_checker_passes(capsys):
    assert command.main(["6.5", "5.4", "5.5", "--workers", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["exercise", "5.4", "5.5", "6.5", "all"]
    assert "left out: it needs path, test" in lines[1]
    assert lines[-1].endswith("100.0%")


def test_a_solution_that_does_not_pass_is_an_error():
    with pytest.raises(ValueError, match=r"5\.5 does not pass"):
        ask(Solution("5.5", "probability = 0.1", ("probability",)), [])


# --- what becomes of a mutant ---


@pytest.mark.parametrize(
    ("exercise", "source", "outcome", "hint"),
    [
        ("5.5", "probability = 28 / 76", ACCEPTED, ""),
        ("5.5", "probability = ...", BLANK, ""),
        ("5.5", "probability = 0.2", GENERAL, "smallest case"),
        ("5.5", "probability = 1 / 0", ERROR, "ZeroDivisionError"),
        ("5.5", "probability = [1, 2]", ERROR, "shape"),
        ("5.3", "def prepare(picture): return picture[np.newaxis] / picture.max()", NAMED, "its own maximum"),
        ("5.3", "def prepare(picture):\n    while True: pass", ERROR, "does not end"),
        ("4.2", "doubled, back = [1, 2, 3, 4], [55, 95, 135, 155]", GENERAL, "other doubled"),
    ],
)
def test_each_outcome(exercise, source, outcome, hint):
    (verdict,) = ask(SOLUTIONS[exercise], [Mutant("a -> b", "another", source)], seconds=2)
    assert (verdict.outcome, verdict.hint, verdict.partial) == (outcome, hint, False)


def test_a_hint_for_another_mistake_is_told():
    exchanged = SOLUTIONS["3.11"].source.replace("if length > largest", "if length <= largest")
    (verdict,) = ask(SOLUTIONS["3.11"], [Mutant("a -> b", "another", exchanged)])
    assert (verdict.hint, verdict.partial) == ("maximum for minimum", True)
    assert "  3.11  a -> b\n        maximum for minimum" in remarks([sort_verdicts("3.11", [verdict], SURVIVORS)])


def test_asking_changes_nothing(monkeypatch):
    monkeypatch.setattr(course.progress_file, "note", lambda *_: pytest.fail("progress was written"))
    start = time.perf_counter()
    assert ask_all(SOLUTIONS["5.3"]) == ask_all(SOLUTIONS["5.3"])
    assert time.perf_counter() - start < 20
    assert asking.LONGEST_SECONDS < 10


def test_inputs_that_tell_functions_apart_are_found():
    exercise = find_exercise("5.3")
    assert find_difference(exercise, exercise.reference) == ""
    assert find_difference(exercise, lambda picture: picture[None] / 254).startswith("prepare(np.array(")


# --- the list of survivors ---


def test_survivors_are_told_from_holes():
    verdicts = [
        Verdict("a -> b", ACCEPTED),
        Verdict("a -> c", ACCEPTED),
        Verdict("a -> d", ACCEPTED),
        Verdict("e", NAMED),
    ]
    result = sort_verdicts("1.1", verdicts, Survivors({"1.1": ["a -> b"]}, {"1.1": ["a -> c", "e"]}, {}))
    assert [[one.change for one in kind] for kind in (result.equivalent, result.tolerated, result.holes)] == [
        ["a -> b"],
        ["a -> c"],
        ["a -> d"],
    ]
    assert result.stale == ["e"]
    assert score([result]) == pytest.approx(1 / 3)
    assert not is_good([result])


@pytest.mark.parametrize(
    ("tolerated", "holes", "stale", "good"), [(1, 0, 0, True), (2, 0, 0, False), (0, 1, 0, False), (0, 0, 1, False)]
)
def test_one_in_a_hundred_may_be_tolerated_and_nothing_overlooked(tolerated, holes, stale, good):
    changes = [f"a -> {number}" for number in range(tolerated)]
    passing = [*changes, *(f"b -> {number}" for number in range(holes))]
    verdicts = [Verdict("e", NAMED)] * 120 + [Verdict(change, ACCEPTED) for change in passing]
    listed = Survivors({"1.1": ["e -> f"] * stale}, {"1.1": changes}, {})
    assert is_good([sort_verdicts("1.1", verdicts, listed)]) == good


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[equivalent]]\nexercise = "1.1"\nchanges = ["a"]', "Say why"),
        (
            '[[mended]]\nexercise = "1.1"\nchanges = ["a"]\n[[mended]]\nexercise = "1.1"\nchanges = ["a"]',
            "listed twice",
        ),
    ],
)
def test_a_faulty_list_is_refused(tmp_path, text, message):
    path = tmp_path / "survivors.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        read_survivors(path)


# --- mutants ---


@pytest.mark.parametrize(
    ("source", "change"),
    [
        ("a = b + c", "a = b + c -> a = b - c"),
        ("a = b - c", "a = b - c -> a = c - b"),
        ("a = b + 1e-7", "a = b + 1e-07 -> a = b"),
        ("a = b / 2", "a = b / 2 -> a = b // 2"),
        ("a = b < c", "a = b < c -> a = b <= c"),
        ("a = b and c", "a = b and c -> a = b or c"),
        ("a = -b", "a = -b -> a = b"),
        ("a = b if c else d", "a = b if c else d -> a = d"),
        ("a = 3", "a = 3 -> a = 4"),
        ("a = True", "a = True -> a = False"),
        ("a, b = 'no', 'yes'", "a, b = ('no', 'yes') -> a, b = ('yes', 'yes')"),
        ("def f(a, b):\n    return a", "return a -> return b"),
        ("a = b.T", "a = b.T -> a = b"),
        ("a = np.mean(b)", "a = np.mean(b) -> a = np.median(b)"),
        ("a = np.exp(b)", "a = np.exp(b) -> a = b"),
        ("b = 1\na = b.round()", "a = b.round() -> a = b"),
        ("a = f(b, c)", "a = f(b, c) -> a = f(c, b)"),
        ("a = f(b, c)", "a = f(b, c) -> a = f(b)"),
        ("a = b.sum(axis=1)", "a = b.sum(axis=1) -> a = b.sum(axis=0)"),
        ("a = b.sum(axis=1, keepdims=True)", "a = b.sum(axis=1, keepdims=True) -> a = b.sum(axis=1)"),
        ("a = np.random.default_rng(b)", "a = np.random.default_rng(b) -> a = np.random.default_rng(0)"),
        ("for i in range(n):\n    f(i)", "for i in range(n): -> for i in range(n - 1):"),
        ("a = b[i]", "a = b[i] -> a = b[i + 1]"),
        ("a = b[:c]", "a = b[:c] -> a = b[c:]"),
        ("a = b[c:]", "a = b[c:] -> a = b[:]"),
        ("a = b, c", "a = (b, c) -> a = (c, b)"),
        ("a = [b, c]", "a = [b, c] -> a = [b]"),
        ("a = [b for b in c if b]", "a = [b for b in c if b] -> a = [b for b in c]"),
        ("a = 0\na.append(1)", "a.append(1) -> pass"),
        ("a += b", "a += b -> a = b"),
        ("a += b", "a += b -> a -= b"),
        ("if a:\n    b = c", "if a: -> if not a:"),
        ("if a:\n    b = c", "if a: / b = c -> pass"),
        ("for a in b:\n    f(a)", "for a in b: -> for a in list(b)[:-1]:"),
        ("for a in b:\n    f(a)", " -> break"),
        ("a = b + c\na = b + c", "a = b + c -> a = b - c (2)"),
    ],
)
def test_each_operator(source, change):
    assert change in [mutant.change for mutant in mutants(source)]


def test_mutants_are_different_programs_with_the_same_signature():
    found = mutants_of("3.13")
    assert len({mutant.change for mutant in found}) == len({mutant.source for mutant in found}) == len(found) > 400
    head, body = ast.unparse(ast.parse(SOLUTIONS["3.13"].source)).split('"""\n')
    assert all(mutant.source.startswith(head) for mutant in found)
    assert all(not mutant.source.endswith(body) for mutant in found)


def test_the_imports_of_a_solution_are_found():
    assert SOLUTIONS["2.10"].imports == "import numpy as np\nfrom course_utils.from_scratch.layers import softmax"
    assert SOLUTIONS["5.5"].imports == ""
