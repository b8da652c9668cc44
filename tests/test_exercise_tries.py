"""What `check` remembers: second hints, the solution on demand, progress; and that it always comes back, quietly."""

import json
import os
import time
import warnings

import numpy as np
import pytest
from fresh_python import run_python
from named_pipes import needs_named_pipes

from course_utils import exercises as course
from course_utils.exercises import check, progress, progress_file, reset_progress, solution
from course_utils.exercises.feedback import Feedback
from course_utils.exercises.isolation import TimeLimit, quiet
from course_utils.exercises.show import find_solution
from tools.machine_speed import allowed

SHARE, LETTERS, ORDERS, MEND = "5.5", "5.1", "5.2", "5.3"


@pytest.fixture(autouse=True)
def at_the_start(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "kept"))
    reset_progress()


def without_a_batch(picture):
    return picture / 255


# --- hints ---


def test_the_second_try_brings_a_second_hint_and_offers_the_solution():
    first, second = check(SHARE, 28 / 40), check(SHARE, 28 / 40)
    assert first.more == ()
    assert second.text == first.text
    assert [line.split(":")[0] for line in second.more] == ["Second hint", '`solution("5.5")` shows the solution.']
    assert "Second hint: make the question small" in repr(second)


def test_another_mistake_on_the_second_try_gets_its_own_first_hint():
    check(SHARE, 28 / 40)
    assert check(SHARE, 28 / 48).more == ('`solution("5.5")` shows the solution.',)


def test_the_second_hint_of_a_function_is_the_smallest_case():
    assert check(MEND, without_a_batch).case == ()
    assert check(MEND, without_a_batch).case[0].startswith("prepare(np.array(")


def test_the_second_hint_of_a_mistake_is_that_of_its_text():
    def each_array_alone(gradients, largest):
        return [array * min(1, largest / max(np.linalg.norm(array), 1e-12)) for array in gradients]

    assert check("3.11", each_array_alone).more == ()
    assert check("3.11", each_array_alone).more[0].startswith("Second hint: The arrays [3] and [4] are the two sides")


def test_the_second_hint_of_letters_counts_them():
    check(LETTERS, "ab")
    assert check(LETTERS, "ab").more[0] == "Second hint: your answer has 1 of the 3 right letters."


def test_what_is_not_answered_is_no_try():
    check(SHARE, ...)
    check(SHARE, 28 / 40)
    assert check(SHARE, None).more == ()
    assert solution(SHARE).status == "unknown"


# --- the solution ---


def test_the_solution_is_shown_after_two_tries_without_marks():
    assert "after two tries" in repr(solution(MEND))
    check(MEND, without_a_batch)
    assert "after two tries" in repr(solution(MEND))
    check(MEND, without_a_batch)
    shown = repr(solution(MEND))
    assert "return batch / 255" in shown
    assert "SOLUTION" not in shown
    assert "PROMPT" not in shown
    assert solution(MEND)._repr_markdown_().startswith("```python\ndef prepare")


def test_the_solution_of_what_is_passed_is_shown():
    check(SHARE, 28 / 76)
    assert "28 / (48 + 28)" in repr(solution(SHARE))


@pytest.mark.parametrize("name", [name for lesson in course.lessons() for name in course.exercises(lesson)])
def test_every_exercise_has_a_solution_to_show(name):
    shown = find_solution(name)
    assert not isinstance(shown, Feedback)
    assert shown.code.strip()


def test_a_copy_without_solutions_says_so(tmp_path):
    assert "without the solutions" in repr(find_solution(MEND, tmp_path))


def test_the_solution_of_an_exercise_that_does_not_exist():
    assert "There is no exercise 5.99" in repr(solution("5.99"))


# --- progress ---


def test_progress_says_what_is_passed():
    check(SHARE, 28 / 76)
    check(LETTERS, "a")
    lines = repr(progress(5)).splitlines()
    assert lines[0] == "\u2026 Lesson 05: 1 of 9 exercises passed"
    assert lines[1].startswith("\u2718 5.1 ")
    assert lines[2].endswith("not yet")
    assert lines[5].startswith("\u2714 5.5 ")
    assert "1 of 9" in progress()._repr_html_()
    assert len(repr(progress()).splitlines()) == len(course.lessons())


def test_what_is_passed_stays_passed_and_can_be_forgotten():
    check(SHARE, 28 / 76)
    check(SHARE, 1)
    assert progress_file.load()[SHARE]["tries"] == 1
    reset_progress()
    assert progress_file.load() == {}


@pytest.mark.parametrize("damaged", ["", "{", "[1]", '{"5.5": 3}', "\x00" * 50])
def test_a_damaged_file_is_an_empty_one(damaged):
    progress_file.file().parent.mkdir()
    progress_file.file().write_text(damaged, encoding="utf-8")
    assert check(SHARE, 28 / 76).passed
    assert list(progress_file.load()) == [SHARE]


@needs_named_pipes
def test_a_pipe_in_the_place_of_the_file_is_not_opened():
    progress_file.file().parent.mkdir()
    os.mkfifo(progress_file.file())
    assert check(SHARE, 28 / 76).passed


def test_where_nothing_can_be_written_feedback_is_given_all_the_same():
    progress_file.file().parent.parent.mkdir(exist_ok=True)
    progress_file.file().parent.write_text("a file in place of the folder", encoding="utf-8")
    assert check(SHARE, 28 / 76).passed


def test_no_answer_is_kept():
    check(SHARE, 0.123456)
    assert set(json.loads(progress_file.file().read_text(encoding="utf-8"))[SHARE]) == {"tries"}


# --- the face ---


def test_feedback_has_a_sign_a_word_and_a_colour_in_a_notebook():
    faces = [check(SHARE, answer)._repr_html_() for answer in (28 / 76, 28 / 40, ...)]
    for face, sign, word in zip(faces, "\u2714\u2718\u2026", ("passed", "try again", "not yet"), strict=True):
        assert sign in face
        assert word in face
    assert len({face.partition("solid ")[2][:7] for face in faces}) == 3
    assert "<em>faces</em>" in faces[1]


def test_what_an_answer_holds_is_no_markup():
    shown = Feedback("9.1", "try again", "<script>", "hint", ("gives: <b>",))._repr_html_()
    assert "<script>" not in shown
    assert "<b>9.1" in shown
    assert "gives: &lt;b&gt;" in shown


# --- it comes back, and leaves nothing behind ---


def test_a_function_without_end_is_given_up(monkeypatch):
    monkeypatch.setattr(course, "LONGEST_SECONDS", 0.2)

    def prepare(picture):
        while True:
            picture = picture + 1

    start = time.monotonic()
    feedback = check(MEND, prepare)
    assert feedback.hint == "does not end"
    assert time.monotonic() - start < allowed(5)
    assert check(MEND, without_a_batch).hint == "no batch"


def test_a_function_that_swallows_an_interrupt_is_interrupted_again(monkeypatch):
    monkeypatch.setattr(course, "LONGEST_SECONDS", 0.2)
    interrupts = []

    def prepare(picture):
        while len(interrupts) < 2:
            try:
                time.sleep(60)
            except KeyboardInterrupt:
                interrupts.append(1)
        raise KeyboardInterrupt

    assert check(MEND, prepare).hint == "does not end"


def test_a_function_without_end_is_given_up_where_interrupts_are_ignored():
    code = """
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
from course_utils import exercises
exercises.exercises(5)  # loaded before the time runs
exercises.LONGEST_SECONDS = 0.2
def prepare(picture):
    while True:
        picture = picture + 1
print(exercises.judge("5.3", prepare).hint, signal.getsignal(signal.SIGINT) == signal.SIG_IGN)
"""
    assert run_python(code).stdout.strip() == "does not end True"


def test_no_interrupt_comes_after_the_limit_is_lifted():
    for _ in range(50):
        limit = TimeLimit(0.002)
        try:
            with limit:
                time.sleep(0.002)
        except KeyboardInterrupt:
            limit.stop()
        sum(range(1000))


def test_an_interrupt_on_the_way_out_is_the_last_one(monkeypatch):
    class LeavesLate(TimeLimit):
        def __exit__(self, *error):
            raise KeyboardInterrupt  # as if it came with the first instruction

    monkeypatch.setattr(course, "LONGEST_SECONDS", 0.1)
    monkeypatch.setattr(course, "TimeLimit", LeavesLate)
    start = time.monotonic()
    assert check(MEND, lambda picture: time.sleep(60)).hint == "does not end"
    assert time.monotonic() - start < 5  # it is woken from its sleep
    time.sleep(1.5)  # the next interrupt would come after a second


def test_an_answer_that_checks_itself_ends():
    assert check(MEND, lambda picture: check(MEND, lambda other: other)).status == "try again"


def test_what_a_function_prints_is_not_kept():
    code = """
import resource
from course_utils.exercises import judge
def prepare(picture):
    for _ in range(50):
        print("x" * 10_000_000)
    return picture / 255
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
judge("5.3", prepare)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000)
"""
    assert run_python(code).stdout.strip() == "True"


def test_nothing_is_displayed_drawn_or_changed():
    code = """
import os, sys
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shown = []
shell.display_pub.publish = lambda *arguments, **options: shown.append(1)
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from course_utils.exercises import judge
mine = plt.figure()
def prepare(picture):
    plt.figure()
    plt.show()
    display("x")
    np.set_printoptions(precision=1)
    sys.setrecursionlimit(5000)
    os.chdir("/")
    return picture / 255
before = os.getcwd(), sys.getrecursionlimit(), np.get_printoptions()
feedback = judge("5.3", prepare)
print(feedback.hint, shown, plt.get_fignums(), before == (os.getcwd(), sys.getrecursionlimit(), np.get_printoptions()))
"""
    assert run_python(code).stdout.strip() == "no batch [] [1] True"


def test_warnings_and_errors_of_numpy_are_quiet_inside_only():
    with quiet():
        np.log(0)
        warnings.warn("nobody sees this", stacklevel=1)
    with pytest.warns(RuntimeWarning):
        np.log(np.float64(0))
