"""Answers to 11.14: right ones, and wrong ones with the hint that each must get."""


def by_loop(questions, measured):
    for question in set(measured) - set(questions):
        raise ValueError(question)
    card, still_open = {}, []
    for question in questions:
        written = str(measured.get(question, ""))
        if written.strip() in ("", "None", "nan"):
            card[question] = "not measured"
            still_open.append(question)
        else:
            card[question] = measured[question]
    return card, still_open


def by_filter(questions, measured):
    if any(question not in questions for question in measured):
        raise ValueError("This is no question of the form.")

    def is_answer(answer):
        return bool(answer.strip()) if isinstance(answer, str) else answer is not None and answer == answer

    answers = {question: answer for question, answer in measured.items() if is_answer(answer)}
    card = dict.fromkeys(questions, "not measured") | answers
    return [card, [question for question in questions if question not in answers]]


def true_or_false(questions, measured):
    if any(question not in questions for question in measured):
        raise ValueError
    card = {question: measured.get(question) or "not measured" for question in questions}
    return card, [question for question in questions if not measured.get(question)]


def zero_is_open(questions, measured):
    card = by_loop(questions, measured)[0]
    card = {question: "not measured" if answer == 0 else answer for question, answer in card.items()}
    return card, [question for question in questions if card[question] == "not measured"]


def without_the_numbers(questions, measured):
    texts = {question: answer for question, answer in measured.items() if isinstance(answer, str)}
    return by_loop(questions, texts)


def key_error(questions, measured):
    return {question: measured[question] for question in questions}, []


RIGHT = [by_loop, by_filter]

WRONG = [
    ("zero is nothing", zero_is_open),
    ("truth of the answer", true_or_false),
    ("smallest case", without_the_numbers),
    ("stops with an error", key_error),
    ("card alone", lambda questions, measured: by_loop(questions, measured)[0]),
    ("arguments", lambda questions: ({}, [])),
    ("not a function", {"for": "lessons"}),
]
