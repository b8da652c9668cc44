"""11.14: a card with open questions, to complete."""

import math

from course_utils.exercises.forms import Function


def fill_in(questions, measured):
    """Return a right answer to 11.14."""
    for question in measured:
        if question not in questions:
            raise ValueError(f"The form has no question {question!r}.")
    card = {}
    for question in questions:
        answer = measured.get(question)
        empty = answer is None or answer != answer or str(answer).strip() == ""
        card[question] = "not measured" if empty else answer
    return card, [question for question in questions if card[question] == "not measured"]


def zero_is_nothing(questions, measured):
    """Take a measured zero for an open question."""
    answered = {question: answer for question, answer in measured.items() if answer != 0}
    return fill_in(questions, answered if set(measured) <= set(questions) else measured)


def truth_of_the_answer(questions, measured):
    """Take for an answer whatever Python takes for true."""
    if any(question not in questions for question in measured):
        raise ValueError
    card = {question: measured.get(question) or "not measured" for question in questions}
    return card, [question for question in questions if not measured.get(question)]


def answers_only(questions, measured):
    """Leave out the questions that have no answer."""
    card, open_questions = fill_in(questions, measured)
    return {question: answer for question, answer in card.items() if question not in open_questions}, open_questions


def without_open_list(questions, measured):
    """Say nothing about what is open."""
    return fill_in(questions, measured)[0]


def answered_in_place_of_open(questions, measured):
    """Name the questions that have an answer."""
    card, open_questions = fill_in(questions, measured)
    return card, [question for question in questions if question not in open_questions]


def only_missing_keys(questions, measured):
    """Take whatever is written for an answer, also an empty one."""
    for question in measured:
        if question not in questions:
            raise ValueError
    card = {question: measured.get(question, "not measured") for question in questions}
    return card, [question for question in questions if question not in measured]


def numbers_of_nothing(questions, measured):
    """Take nan for a number."""
    numbers = {name: answer for name, answer in measured.items() if isinstance(answer, float) and math.isnan(answer)}
    card, open_questions = fill_in(questions, measured)
    return card | numbers, [question for question in open_questions if question not in numbers]


def unknown_dropped(questions, measured):
    """Leave out what the form does not ask."""
    return fill_in(questions, {question: answer for question, answer in measured.items() if question in questions})


def unknown_added(questions, measured):
    """Add what the form does not ask as a question of its own."""
    return fill_in([*questions, *(question for question in measured if question not in questions)], measured)


exercise = Function(
    fill_in,
    cases=[
        (["for"], {"for": "lessons"}),
        (["for", "groups"], {"for": "lessons"}),
        (["false matches"], {"false matches": 0}),
        (["groups"], {"groups": ""}),
        (["groups", "for"], {"for": " ", "groups": None}),
        (["FNMR of darker"], {"FNMR of darker": float("nan")}),
        (["morphs"], {"morph": 0.3}),
        (["morphs"], {"morphs": 0.3, "groups": 0.1}),
        (["for", "groups", "morphs", "errors"], {"errors": 0.0, "morphs": 0.31, "groups": "  "}),
        (["a", "b", "c"], {}),
        ([], {}),
    ],
)
