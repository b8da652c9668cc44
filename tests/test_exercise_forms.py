"""The forms of exercise, on small exercises of their own."""

import textwrap
import time
import tracemalloc
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from course_utils import exercises as course
from course_utils.exercises import check, hints, judge
from course_utils.exercises.feedback import Stop
from course_utils.exercises.forms import Case, Choice, Custom, Function, Value, Values, Words
from course_utils.exercises.reading import (
    MUCH,
    Unreadable,
    as_array,
    compare,
    holds_much,
    same,
    show,
    show_argument,
    show_error,
)


@pytest.fixture
def asked(monkeypatch):
    """Return a function that puts an exercise in place of lesson 99 and checks answers to it."""

    def ask(exercise, *answers, say=judge):
        monkeypatch.setattr(course, "lessons", lambda: [99])
        monkeypatch.setattr(course, "exercises", lambda lesson: {exercise.name: exercise})
        return say(exercise.name, *answers)

    return ask


def named(exercise, text=""):
    """Give an exercise its number and its text."""
    return exercise.named("99.1", hints.read(textwrap.dedent(text)), globals())


# --- names ---


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("5.99", "There is no exercise 5.99. Lesson 5 has 5.1, 5.2"),
        ("77.1", "There is no exercise '77.1'. Lessons with exercises: "),
        ("five", "There is no exercise 'five'."),
        (5.1, "stands in quotes"),
        (None, "stands in quotes"),
    ],
)
def test_an_unknown_name_gets_a_friendly_text(name, text):
    feedback = check(name, 1)
    assert not feedback.passed
    assert text in " ".join(repr(feedback).split())


def test_spaces_around_a_name_do_not_matter():
    assert check(" 5.1 ", ...).exercise == "5.1"


def test_the_number_of_answers_is_told():
    assert "takes 1 after the name, not 2" in repr(check("5.1", "a", "b"))
    assert "takes 1 after the name, not 0" in repr(check("5.1"))


def test_an_interrupt_passes_through(asked):
    def interrupted(_number):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        asked(DOUBLE, interrupted)


# --- values ---


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (1, 1.0),
        (True, 1),
        (np.float32(0.1), 0.1),
        ([1, 2], np.array([1.0, 2.0])),
        ((62, 62, 32), [62, 62, 32]),
        (range(3), (0, 1, 2)),
        ([np.array(1), 2.0], (1, 2)),
        (np.nan, np.nan),
        (" Same ", "same"),
        ("\uff33\uff41\uff4d\uff45\u3000", "same"),  # the full width of an Asian keyboard
        ({"a": [1, 2]}, {"a": (1, 2)}),
        ([[1, 2], np.array([3])], (np.array([1, 2]), [3])),
        (np.ma.array([1.0, 2.0]), [1, 2]),
        (np.array([True, False]), [1, 0]),
        (1j, 1j),
        (Fraction(28, 76), 28 / 76),
        ([Decimal("0.5"), 1], [0.5, 1]),
    ],
)
def test_the_same_written_differently(got, expected):
    assert same(got, expected)


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        ([1], 1),
        ([[1, 2]], [1, 2]),
        (1.01, 1),
        ("1", 1),
        (None, 0),
        ("same", "the same"),
        ({"a": 1, "b": 2}, {"a": 1}),
        ([[1, 2]], (np.array([1, 2]), [3])),
        ({1, 2}, [1, 2]),
    ],
)
def test_not_the_same(got, expected):
    assert not same(got, expected)


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ("1", "a text"),
        ([1, "2"], "a list that holds a text"),
        ([[1, None]], "a list that holds None"),
        ([[1, 2], [3]], "rows of different lengths"),
        ((x for x in "ab"), "generator"),
        ({1, 2}, "a set"),
        (int, "a class"),
        (np.array([None]), "an array of objects"),
        (object(), "an object of type object"),
        (np.array(["a"]), "an array of objects"),
    ],
)
def test_what_cannot_be_read_is_described(value, what):
    with pytest.raises(Unreadable, match=what):
        as_array(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1 + 0.2, "0.3"),
        (np.float32(1) / 3, "0.333333"),
        (np.int64(3), "3"),
        (10**20, "a very large whole number"),
        (np.eye(2), "[[1, 0], [0, 1]]"),
        (np.zeros((5, 5)), "an array of shape (5, 5)"),
        ((1,), "(1,)"),
        ({"b", "a"}, "{'a', 'b'}"),
        ({"a": [1.0, None]}, "{'a': [1, None]}"),
        ("x" * 100, repr("x" * 57 + "...")),
        (np.bool_(True), "True"),
        (lambda: 0, "a function"),
    ],
)
def test_values_are_shown_in_few_words(value, text):
    assert show(value) == text


def self_holding():
    value = [1, 2]
    value.extend([value] * 10)
    return value


@pytest.mark.parametrize(
    ("value", "much"),
    [
        (np.zeros(MUCH + 1), True),
        ([0] * (MUCH + 1), True),
        ([[0] * 100] * 101, True),
        ({"a": "x" * (MUCH + 1)}, True),
        ((np.zeros(MUCH), [1]), True),
        (self_holding(), True),
        (np.zeros(MUCH), False),
        ([[0] * 100] * 90, False),
        ({"a": 1, "b": [None, object()]}, False),
        (3, False),
    ],
)
def test_what_is_far_too_large_is_noticed(value, much):
    assert holds_much(value) == much


def test_arguments_are_shown_as_code():
    assert show_argument(np.array([[0, 255]], dtype="uint8")) == 'np.array([[0, 255]], dtype="uint8")'
    assert show_argument(np.array([0.5])) == "np.array([0.5])"
    assert Case([1, 2], "same").call("f") == "f([1, 2], 'same')"
    assert Case(np.zeros(3), shown="f(...) of nothing").call("f") == "f(...) of nothing"


def test_errors_are_shown_without_what_varies():
    assert show_error(ValueError("<X object at 0x7f00aa>\nmore")) == "ValueError: <X object>"
    assert show_error(OSError("no file '/home/ada/a.png'")) == "OSError: no file 'a.png'"
    assert show_error(RecursionError("maximum depth in comparison")) == "RecursionError: it calls itself without end"
    assert show_error(KeyError()) == "KeyError"


def test_a_difference_too_small_to_see_is_pointed_at():
    got = np.array([1.0, 2.0 + 1e-7])
    assert compare(got, [1.0, 2.0], rtol=0, atol=1e-9)[-1] == "at [1]: 2.0000001, not 2.0"


# --- Value ---

HALF = named(
    Value(0.5, atol=0.01),
    """
    otherwise: what is half of a half?

    - whole: `1`
      too much?
    """,
)


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        (0.5, None),
        ([0.5], None),
        (np.array([[1.0]]), "whole"),
        ([0.5, 0.5], "shape"),
        ([], "shape"),
        (1, "whole"),
        (0.7, "smallest case"),
        (50, "percent"),
        (float("nan"), "not finite"),
        ("0.5", "unreadable"),
    ],
)
def test_value(answer, hint, asked):
    assert asked(HALF, answer).hint == hint


def test_a_word_is_asked_for_in_quotes(asked):
    word = named(Value("valid"), "otherwise: think of the border")
    assert asked(word, "Valid").passed
    assert asked(word, 3).hint == "unreadable"
    assert asked(word, "same").hint == "smallest case"


# --- Choice ---

LETTERS = """
    - a
      hint of a
    - c
      hint of c
"""
ONE = named(Choice(options="abc", right="b"), LETTERS)
SEVERAL = named(
    Choice("abcd", "bd"),
    f"""{LETTERS}
    - b
      one is missing
    - d
      another is missing
    """,
)


@pytest.mark.parametrize(
    ("exercise", "answer", "hint"),
    [
        (ONE, "b", None),
        (ONE, " B. ", None),
        (ONE, "\uff22", None),
        (ONE, "a" * 10**8, "chose a"),
        (ONE, ["a" * 10**8], "not a letter"),
        (ONE, ["b"], None),
        (ONE, "a", "chose a"),
        (ONE, "ab", "several letters"),
        (ONE, "z", "unknown letter"),
        (ONE, "valid", "not a letter"),
        (ONE, ["bc"], "not a letter"),
        (SEVERAL, {"bd"}, "not a letter"),
        (SEVERAL, "b, d, scaling", "not a letter"),
        (SEVERAL, "1, 2", "unknown letter"),
        (ONE, "", "not a letter"),
        (ONE, 2, "not a letter"),
        (SEVERAL, "b and d", None),
        (SEVERAL, "\uff42\u3001\uff44", None),
        (SEVERAL, ["\uff42", "\uff44"], None),
        (SEVERAL, np.array(["d", "b"]), None),
        (SEVERAL, "abcd", "chose a"),
        (SEVERAL, "d", "missing b"),
        (SEVERAL, {"b"}, "missing d"),
    ],
)
def test_choice(exercise, answer, hint, asked):
    assert asked(exercise, answer).hint == hint


def test_each_option_needs_its_hint():
    with pytest.raises(ValueError, match="the letters \\['a', 'c'\\]"):
        named(Choice("abc", "b"), "- a\n  x")
    with pytest.raises(ValueError, match="the letters \\['a', 'b', 'c'\\]"):
        named(Choice("abc", "bc"), LETTERS)


# --- Function ---


def given_double(numbers):
    return np.asarray(numbers) * 3


def double(numbers):
    """Return a right answer."""
    return np.asarray(numbers) * 2


DOUBLE = named(
    Function(
        double,
        given=[("* 2", "* 3")],
        cases=[(np.array([1.0]),), (np.array([2.0, 3.0]),), (np.array([-1.0, 4.0]),), (np.array([-2.0]),)],
    ),
    """
    - squares: `* 2` -> `** 2`
      does it double 3?
      > Or does it square it?
    - absolute: returns `np.abs(numbers) * 2`
      and negative numbers?
    """,
)


def double_in_place(numbers):
    numbers *= 2
    return numbers


def forgets(numbers):
    doubled = numbers * 2
    print(doubled)


def half_blank(numbers):
    factor = ...
    return numbers * factor


def only_docstring(numbers):
    """Double."""


def partly(numbers):
    return np.abs(numbers) * 2 + (numbers[0] == -2) * 0.5


def elsewhere(numbers):
    return np.abs(numbers) * 2 + (numbers[0] == 1) * 0.5


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        (lambda numbers: [2 * number for number in numbers], None),
        (np.vectorize(lambda number: 2 * number), None),
        (lambda x, factor=2: x * factor, None),
        (lambda numbers: numbers**2, "squares"),
        (lambda numbers: 2 * abs(numbers), "absolute"),
        (partly, "smallest case"),  # not every case in which this mistake shows
        (elsewhere, "smallest case"),  # this mistake says nothing about the smallest case that fails
        (lambda numbers: numbers[len(numbers) / 2], "stops with an error"),  # NumPy says "ellipsis", and it is no blank
        (lambda numbers: numbers + 1, "smallest case"),
        (lambda numbers: float(numbers[0]) * 2, "smallest case"),
        (double_in_place, "changes its input"),
        (forgets, "returns nothing"),
        (lambda: 2, "arguments"),
        (np.array([2.0]), "not a function"),
        (lambda numbers: numbers + np.random.default_rng().normal(), "differs between calls"),
        (lambda numbers: numbers + np.random.normal(), "differs between calls"),  # noqa: NPY002 - learners do
        (lambda numbers: (2 * number for number in numbers), "smallest case"),  # not chance: nothing equals a generator
        (lambda numbers: numbers / "2", "stops with an error"),
    ],
)
def test_function(answer, hint, asked):
    assert asked(DOUBLE, answer).hint == hint


@pytest.mark.parametrize("answer", [half_blank, only_docstring, lambda numbers: ..., lambda numbers: None])
def test_a_function_with_a_blank_is_not_yet(answer, asked):
    feedback = asked(DOUBLE, answer)
    assert feedback.status == "not yet"
    assert "work on the cell above" in feedback.text


@pytest.mark.parametrize("answer", [given_double, lambda numbers: sum([numbers] * 3)])
def test_a_function_that_does_what_it_did_is_not_yet_and_is_told_so(answer, asked):
    feedback = asked(DOUBLE, answer)
    assert (feedback.status, feedback.hint) == ("not yet", None)
    assert "still does what it did" in feedback.text


def test_a_function_that_is_not_implemented_is_not_yet(asked):
    def later(numbers):
        raise NotImplementedError("later")

    assert asked(DOUBLE, later).status == "not yet"


def test_the_smallest_case_is_shown(asked):
    text = repr(asked(DOUBLE, lambda numbers: numbers * 2 + (len(numbers) > 1)))
    assert "double(np.array([2, 3]))\n    gives:   [5, 7]\n    must be: [4, 6]" in text


def raises_with_much(numbers):
    much = np.zeros(10**6)
    return much[numbers]


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        (lambda numbers: np.zeros(10**6), "gives:   an array of shape (1000000,)"),
        (raises_with_much, "stops with IndexError: arrays used as indices must be of integer (or boolean) type"),
    ],
)
def test_what_is_far_too_large_is_described_and_not_kept(answer, shown, asked):
    tracemalloc.start()
    feedback = asked(DOUBLE, answer)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert feedback.case[1] == shown
    assert peak < 1.5 * 8 * 10**6  # one of them, not one for each case


@pytest.mark.parametrize("length", [MUCH, 3 * 10**6])
def test_a_long_list_takes_no_long_time(length, asked):
    numbers = [0.5] * length
    start = time.process_time()
    assert asked(DOUBLE, lambda _numbers: numbers).case[1] == "gives:   a list"
    assert asked(HALF, numbers).hint in ("unreadable", "shape")
    assert time.process_time() - start < 1


def test_ellipsis_in_a_subscript_is_no_blank(asked):
    assert asked(DOUBLE, lambda numbers: numbers[..., None][..., 0] * 2).passed
    assert asked(DOUBLE, lambda numbers: numbers[..., None][..., 0] ** 2).hint == "squares"


def root(number):
    if number < 0:
        raise ValueError("negative")
    return number**0.5


def test_an_exception_can_be_what_is_asked_for(asked):
    exercise = named(Function(root, [(4,), (-4,)]))
    assert asked(exercise, root).passed
    feedback = asked(exercise, lambda number: abs(number) ** 0.5)
    assert feedback.case == ("root(-4)", "gives:   2", "must:    raise ValueError")

    def another(number):
        return root(number) if number > 0 else {}["negative"]

    assert asked(exercise, another).case[1] == "gives:   KeyError: 'negative'"


def test_a_random_generator_may_be_used_up(asked):
    def draw(random, numbers):
        return numbers + random.normal(size=2)

    exercise = named(Function(draw, [(np.random.default_rng(0), np.zeros(2))]))
    assert asked(exercise, lambda random, numbers: random.normal(size=2) + numbers).passed
    assert asked(exercise, lambda random, numbers: random.normal(size=2) * 2).hint == "smallest case"


@pytest.mark.parametrize(
    "change",
    [lambda x: x[0].append(1), lambda x: x[1].update(a=2), lambda x: x[2].clear(), lambda x: x[0].__setitem__(0, 1)],
)
def test_changed_containers_are_noticed(change, asked):
    def spoils(parts):
        change(parts)
        return 1

    exercise = named(Function(lambda parts: 1, [(([0], {"a": 1}, {1}),)]))
    assert asked(exercise, lambda parts: 1).passed
    assert asked(exercise, spoils).hint == "changes its input"


def test_cases_are_not_spoiled_by_an_answer(asked):
    def spoils(numbers):
        numbers[:] = 0
        return numbers

    asked(DOUBLE, spoils)
    assert asked(DOUBLE, lambda numbers: numbers * 2).passed


# --- Custom ---


def judge_even(number_of, limit):
    if as_array(number_of(limit)) % 2:
        yield "odd", ["even(3)", "gives an odd number"]
    if number_of(4) > 4:
        yield "too large"


EVEN = named(
    Custom(judge_even, call="even", answers=2),
    """
    - odd
      is it even?
    - too large
      is it small?
    """,
)


@pytest.mark.parametrize(
    ("function", "hint"),
    [
        (lambda limit: limit // 2 * 2, None),
        (lambda limit: limit, "odd"),
        (lambda limit: 100, "too large"),
        (lambda limit: "two", "unreadable"),
        (lambda: 2, "arguments"),
        (lambda limit: limit / 0, "stops with an error"),
        (lambda limit: print(limit), "returns nothing"),
        (2, "not a function"),
    ],
)
def test_custom(function, hint, asked):
    assert asked(EVEN, function, 3).hint == hint


def test_a_blank_function_of_a_custom_exercise_is_not_yet(asked):
    assert asked(EVEN, lambda limit: ..., 3).status == "not yet"


def test_a_stop_without_a_hint_is_not_yet():
    assert Stop(None).feedback("99.1").status == "not yet"


# --- Values and Words ---

SETTINGS = named(
    Values({"degrees": 36, "eye": 20}, variable="settings", also={"degrees": -36}, rtol=0.01),
    """
    - exchanged: `{"degrees": 20, "eye": 36}`
      which is which?
    - nothing: `0`
      none of them is nothing.

    ## degrees

    - radians: `0.63`, `3.6`
      in which unit?
    - other degrees
      how far is a whole turn?

    ## eye

    how large was it before?
    """,
)
KINDS = named(
    Words({"phone": "same", 2: "who"}, words=("same", "who", "any-one"), variable="uses"),
    """
    - words
      one of the three.

    ## phone

    - phone for anyone: `"any-one"`
      whose phone is it?
    - phone
      how many people?

    ## 2

    a name, or not?
    """,
)
PAIR = named(Values({"first": [1, 2], "second": 3}), "## first\n\nstart again.\n\n## second\n\nand then?")


@pytest.mark.parametrize(
    ("exercise", "answers", "hint"),
    [
        (SETTINGS, [{"degrees": 36, "eye": 20.1}], None),
        (SETTINGS, [{"eye": np.array([20]), "degrees": -36}], None),
        (SETTINGS, [{"degrees": 20, "eye": 36}], "exchanged"),
        (SETTINGS, [{"degrees": 36, "eye": 0}], "nothing"),
        (SETTINGS, [{"degrees": 3.6, "eye": 7}], "radians"),
        (SETTINGS, [{"degrees": 37, "eye": 7}], "other degrees"),
        (SETTINGS, [{"degrees": 36, "eye": 7}], "eye"),
        (SETTINGS, [{"degrees": 36}], "keys"),
        (SETTINGS, [[36, 20]], "not a dictionary"),
        (SETTINGS, [{"degrees": "36", "eye": 20}], "numbers"),
        (SETTINGS, [{"degrees": 37, "eye": "20"}], "other degrees"),  # one entry after the other
        (SETTINGS, [{"degrees": 20, "eye": "20"}], "other degrees"),
        (KINDS, [{"phone": " Same", 2: "WHO"}], None),
        (KINDS, [{"phone": "\uff53\uff41\uff4d\uff45", 2: "who "}], None),
        (KINDS, [{"phone": "Any one", 2: "who"}], "phone for anyone"),
        (KINDS, [{"phone": "who", 2: "woh"}], "phone"),
        (KINDS, [{"phone": "a" * 10**8, 2: "who"}], "words"),
        (KINDS, [{"phone": "who", 2: "same"}], "phone"),
        (KINDS, [{"phone": "same", 2: "same"}], "2"),
        (KINDS, [{"phone": "same", 2: 2}], "words"),
        (PAIR, [(1, 2), 3], None),
        (PAIR, [(1, 3), 3], "first"),
        (PAIR, [(1, 2), 4], "second"),
        (PAIR, [(1, 2, 3), 3], "numbers"),
    ],
)
def test_entries(exercise, answers, hint, asked):
    assert asked(exercise, *answers).hint == hint


def test_the_entry_with_another_word_is_shown(asked):
    assert asked(KINDS, {"phone": "same", 2: "woh"}).case == ("uses[2] = 'woh'",)
    assert asked(SETTINGS, {"degrees": 36, "eye": [1, 2]}).case == ("settings['eye'] = [1, 2]",)


def test_entries_are_counted_also_where_one_cannot_be_read(asked):
    asked(SETTINGS, {"degrees": 36, "eye": "20"}, say=check)
    assert "1 of the 2 entries are right" in repr(asked(SETTINGS, {"degrees": 36, "eye": "20"}, say=check))


@pytest.mark.parametrize("exercise", [SETTINGS, KINDS])
def test_mistakes_of_entries_are_whole_answers(exercise, asked):
    for mistake in exercise.mistakes:
        assert asked(exercise, mistake.answer).hint == mistake.name


def test_each_entry_needs_its_hint():
    with pytest.raises(ValueError, match="needs a heading"):
        named(Words({"phone": "same"}, words=("same", "who"), variable="uses"), "## phone\n\n- taken: `'who'`\n  x")


# --- the text of an exercise ---


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- a\n  x\n- a\n  y", "name of its own"),
        ("- a\n- b\n  y", "name of its own"),
        ("nothing above", "belongs to no hint"),
    ],
)
def test_a_text_that_cannot_be_read_is_refused(text, message):
    with pytest.raises(ValueError, match=message):
        hints.read(text)


@pytest.mark.parametrize(
    ("mistake", "message"),
    [
        ("`* 4` -> `* 5`", "does not hold '\\* 4'"),
        ("`double` -> `triple`", "change the name"),
        ("times three", "cannot be read"),
    ],
)
def test_a_mistake_that_does_not_fit_is_refused(mistake, message):
    with pytest.raises(ValueError, match=message):
        named(Function(double, [(1,)]), f"- a: {mistake}\n  x")


def test_a_hint_of_several_lines_is_one_sentence():
    text = hints.read("# 9.1 Title\n\npassed: well\ndone.\n\n- a: `1`\n  one\n  two?\n  > three\n  four.")
    item = text.items[0]
    assert (text.title, text.passed, item.hint, item.second) == ("9.1 Title", "well done.", "one two?", "three four.")
