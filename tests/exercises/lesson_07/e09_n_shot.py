"""Answers to 7.9: right ones, and wrong ones with the hint that each must get."""

import numpy as np

from course_utils import metrics


def with_a_loop_over_the_order(embeddings, people, asked, order, n):
    enrolled = {person: [] for person in sorted(set(people.tolist()))}
    for picture in order.tolist():
        mine = enrolled[int(people[picture])]
        if not asked[picture] and len(mine) < n:
            mine.append(embeddings[picture])
    means = {person: np.sum(mine, axis=0) / np.linalg.norm(np.sum(mine, axis=0)) for person, mine in enrolled.items()}
    right, whose = [], []
    for picture in np.flatnonzero(asked):
        answer = max(means, key=lambda person: embeddings[picture] @ means[person])
        right.append(answer == people[picture])
        whose.append(people[picture])
    return metrics.person_interval(right, whose)


def with_totals(embeddings, people, asked, order, n):
    drawn = order[~asked[order]]
    names, templates = np.unique(people), []
    for person in names:
        total = embeddings[drawn[people[drawn] == person][:n]].sum(axis=0)
        templates.append(total / np.sqrt((total**2).sum()))
    answers = names[np.argmax(embeddings[asked] @ np.array(templates).T, axis=1)]
    whose = people[asked]
    right = (answers == whose).astype(float)
    mean = right.mean()
    totals = np.array([(right[whose == person] - mean).sum() for person in np.unique(whose)])
    error = np.sqrt(len(totals) / (len(totals) - 1) * (totals**2).sum()) / len(right)
    return metrics.student_interval(mean, error, len(totals) - 1, 0.95)


def of_one_picture_each(embeddings, people, asked, order, n):
    return with_totals(embeddings, people, asked, order, 1)


def errors_in_percent(embeddings, people, asked, order, n):
    return 100 * (1 - np.array(with_totals(embeddings, people, asked, order, n)))


def with_its_own(embeddings, people, asked, order, n):
    names = np.unique(people)
    templates = [embeddings[order[people[order] == person][:n]].mean(axis=0) for person in names]
    templates = [template / np.linalg.norm(template) for template in templates]
    answers = names[np.argmax(embeddings[asked] @ np.transpose(templates), axis=1)]
    return metrics.person_interval(answers == people[asked], people[asked])


def right_pictures(embeddings, people, asked, order, n):
    return with_a_loop_over_the_order(embeddings, people, asked, order, n)[0]


RIGHT = [with_a_loop_over_the_order, with_totals]

WRONG = [
    ("smallest case", errors_in_percent),
    ("smallest case", of_one_picture_each),
    ("fraction alone", right_pictures),
    ("own picture enrolled", with_its_own),
    ("arguments", lambda embeddings, people: 0),
    ("not a function", (0.9, 0.8, 1.0)),
]
