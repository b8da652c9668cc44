"""Answers that nobody means well with: no check raises, passes or takes long, and none says what varies."""

import contextlib
import io
import json
import re
import time

import pytest
from fresh_python import run_python
from recorded_answers import FOLDER, load, parts, recorded

from course_utils import exercises as course
from course_utils.exercises import judge
from tools.machine_speed import allowed

HOSTILE = load(FOLDER / "hostile.py").HOSTILE
EXERCISES = [exercise for lesson in course.lessons() for exercise in course.exercises(lesson).values()]
ONE_OF_EACH_KIND = list({type(exercise): exercise for exercise in EXERCISES}.values())
LONGEST_SECONDS = 2


def hostile_feedback(to=EXERCISES):
    """Feed every hostile answer to exercises; return all texts and the longest time."""
    texts, longest = {}, 0.0
    for exercise in to:
        for name, make in HOSTILE.items():
            start = time.perf_counter()
            feedback = judge(exercise.name, *[make() for _ in range(exercise.answers)])
            longest = max(longest, time.perf_counter() - start)
            assert not feedback.passed, (exercise.name, name)
            texts[f"{exercise.name} {name}"] = repr(feedback)
    return texts, longest


def wrong_feedback():
    return {
        f"{exercise.name} {hint} {number}": repr(judge(exercise.name, *parts(answer)))
        for exercise in EXERCISES
        for number, (hint, answer) in enumerate(recorded(exercise.name).WRONG)
    }


@pytest.fixture(scope="module")
def hostile_texts():
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        texts, longest = hostile_feedback()
    assert output.getvalue() == ""
    return texts, longest


def test_no_answer_makes_the_check_raise_pass_or_take_long(hostile_texts):
    texts, longest = hostile_texts
    assert len(texts) == len(EXERCISES) * len(HOSTILE)
    assert longest < allowed(LONGEST_SECONDS)


def test_feedback_shows_nothing_that_varies(hostile_texts):
    for name, text in hostile_texts[0].items():
        assert not re.search(r"0x[0-9a-f]{4}|/tmp/|\.py\b|line \d", text), (name, text)
        assert len(text) < 1500, (name, text)


def test_the_text_is_the_same_in_every_process(hostile_texts):
    code = (
        "import sys, json; sys.path.insert(0, 'tests'); import test_hostile_answers as t; "
        "print(json.dumps([t.hostile_feedback(t.ONE_OF_EACH_KIND)[0], t.wrong_feedback()]))"
    )
    run = run_python(code, PYTHONHASHSEED="1")
    assert run.stderr == ""
    hostile, wrong = json.loads(run.stdout)
    assert hostile.items() <= hostile_texts[0].items()
    assert wrong == wrong_feedback()
