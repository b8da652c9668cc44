"""Write a model card and a data card from what a run left behind: stored results, records, and the set itself.

A card is a form: its questions are fixed, so that nobody can leave out the uncomfortable ones.  A question without an
answer is printed with "not measured", and named again at the end.  `network_answers` and `rendered_answers` take the
numbers from the files that hold them; only judgements, such as what a network is for, are words in this module.

Sources: M. Mitchell et al., Model Cards for Model Reporting, FAT* 2019; T. Gebru et al., Datasheets for Datasets,
Communications of the ACM 64(12), 86 (2021); M. Pushkarna, A. Zaldivar and O. Kjartansson, Data Cards, FAccT 2022.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

MISSING = "not measured"
BUDGET = 4  # grey levels: of the attacks that a card quotes

Form = Mapping[str, tuple[str, ...]]  # section -> its questions
Answers = Mapping[str, Mapping[str, str]]  # section -> question -> answer

MODEL_CARD: Form = {
    "Model details": ("architecture", "weights", "trained with", "licence"),
    "Intended use": ("for", "not for"),
    "Factors": ("of the picture", "of the person"),
    "Metrics": ("rates", "intervals", "threshold"),
    "Training data": ("people", "pictures shown", "augmentation"),
    "Evaluation data": ("rendered people", "real faces"),
    "Results": (
        "door, rendered people",
        "door, Olivetti",
        "door, LFW",
        "pairs of LFW, View 2",
        "errors of each group of people",
        "errors of groups by two factors at once",
        "attacks by gradient",
        "morphs",
    ),
    "Ethical considerations": ("people in the training data", "harm by errors"),
    "Caveats": ("known limits",),
}
DATA_CARD: Form = {
    "Motivation": ("why it exists", "who made it"),
    "Composition": ("people", "pictures", "parts", "balance of skin tone", "what goes together", "errors in labels"),
    "Collection": ("how", "consent"),
    "Measurements": ("what gives a person away besides the face", "difference from photographs", "ageing of a person"),
    "Uses": ("for", "not for"),
    "Distribution": ("licence", "version"),
    "Maintenance": ("how to make it again",),
}


class CardError(ValueError):
    """An answer fits no question of the form; the message says which."""


def missing(form: Form, answers: Answers) -> list[str]:
    """Return the questions of a form that have no answer, as "section: question".

    Parameters
    ----------
    form
        `MODEL_CARD` or `DATA_CARD`.
    answers
        An empty answer, or one of spaces, counts as none.

    Raises
    ------
    CardError
        If an answer fits no question: it would be lost.
    """
    for section, given in answers.items():
        if unknown := [question for question in given if question not in form.get(section, ())]:
            raise CardError(
                f"The form has no question {unknown[0]!r} in a section {section!r}; the answer would be lost. "
                "Correct its name, or add the question to the form."
            )
    return [
        f"{section}: {question}"
        for section, questions in form.items()
        for question in questions
        if not answers.get(section, {}).get(question, "").strip()
    ]


def card(title: str, form: Form, answers: Answers) -> str:
    """Return a card as Markdown, with every question of its form.

    Parameters
    ----------
    title
        What the card is of.
    form, answers
        As `missing` takes them.

    Raises
    ------
    CardError
        If an answer fits no question.
    """
    without = missing(form, answers)
    lines = [f"# {title}"]
    for section, questions in form.items():
        lines += ["", f"## {section}", ""]
        lines += [
            f"- **{question}:** {answers.get(section, {}).get(question, '').strip() or MISSING}"
            for question in questions
        ]
    lines += ["", f"## Without an answer: {len(without)} of {sum(map(len, form.values()))}", ""]
    lines += [f"- {question}" for question in without] or ["- none"]
    return "\n".join(lines) + "\n"


# -- answers from the run's own files ----------------------------------------------------------------------------------


def network_answers(record: dict, parameters: int, tables: Mapping[str, dict]) -> dict[str, dict[str, str]]:
    """Return what the course's files say about its embedding.

    Parameters
    ----------
    record : dict
        ``pretrained.record()["embedding"]``.
    parameters : int
        Numbers that were trained: ``network.count_params()``.
    tables : dict
        Stored results by name, as `results.load` returns them: "door", "transfer_comparison", "attacks".  A table that
        is not there leaves its questions without an answer.

    Returns
    -------
    dict
        Answers to questions of `MODEL_CARD`.
    """
    people, recipe = record["people"], record["recipe"]
    answers = {
        "Model details": {
            "architecture": f"residual network, {parameters:,} parameters, one embedding of a face of 64 x 64 pixels",
            "weights": f"SHA-256 {record['sha256'][:12]}...",
            "trained with": f"Keras {record['keras']}, CosFace with margin {recipe['margin']}, {recipe['precision']}",
            "licence": "MIT, as the course's code",
        },
        "Intended use": {
            "for": "lessons and experiments with rendered people, or with people who gave permission",
            "not for": "any decision about a real person",
        },
        "Factors": {
            "of the picture": "pose, light, expression, camera and what is worn: rendered, so all are known",
            "of the person": "skin tone, age, build, femininity of rendered heads",
        },
        "Metrics": {
            "rates": "FPIR and FNIR at a door, accuracy on pairs",
            "intervals": "95 %, by people; for pairs of LFW, the standard error over ten folds",
            "threshold": "chosen on development people for a wanted FPIR",
        },
        "Training data": {
            "people": f"{people['people'] * people['sets']:,} rendered people, {people['per_person']} pictures of each",
            "pictures shown": f"{recipe['shown']:,}, after the network {recipe['start']!r}",
            "augmentation": "yes" if recipe["augmented"] else "none",
        },
        "Evaluation data": {"rendered people": "others than those of the training"},
        "Results": {},
        "Ethical considerations": {
            "people in the training data": "none are real",
            "harm by errors": "see the errors at the door; on LFW, most known people were refused",
        },
        "Caveats": {"known limits": "a single training; rendered faces are easier in some respects than photographs"},
    }
    results = answers["Results"]
    if "door" in tables:
        answers["Evaluation data"]["real faces"] = "Olivetti and LFW, after all choices"
        for of in ("rendered", "Olivetti", "LFW"):
            question = "door, rendered people" if of == "rendered" else f"door, {of}"
            results[question] = "; ".join(
                f"{row['error']}: {_with_interval(row)}" for row in tables["door"]["rows"] if row["set"] == of
            )
    if "transfer_comparison" in tables:
        run = next(row for row in tables["transfer_comparison"]["rows"] if row["method"] == "as cropped")
        error = run["view2_standard_error"]
        results["pairs of LFW, View 2"] = f"accuracy {run['view2_accuracy']:.3f}, standard error {error:.3f}"
    if "attacks" in tables:
        rows = tables["attacks"]["rows"]
        results["attacks by gradient"] = "; ".join(
            f"{row['what']} by {row['attack']} within {row['budget']} grey levels: {_with_interval(row)}"
            for row in rows
            if row["part"] == "strength" and row["attack"] not in ("none", "noise") and row["budget"] == BUDGET
        )
        results["morphs"] = "; ".join(f"{row['what']}: {_with_interval(row)}" for row in rows if row["part"] == "morph")
    return answers


def _with_interval(row: dict) -> str:
    """Return the rate of a stored row with its interval, and how many people, or pairs of people, it comes from."""
    whom = "pairs" if row.get("part") == "morph" else "people"
    return f"{row['rate']:.3f} [{row['rate_low']:.3f}, {row['rate_high']:.3f}], {row['people']} {whom}"


def rendered_answers(people: pd.DataFrame, settings: dict, tables: Mapping[str, dict]) -> dict[str, dict[str, str]]:
    """Return what the course's files say about its rendered people.

    Parameters
    ----------
    people : pandas.DataFrame
        `datasets.rendered.load_people()`.
    settings : dict
        "pictures", "size" and "version": pictures of each person, their side in pixels, and
        `datasets.rendered.version()`.
    tables : dict
        Stored results by name, as `results.load` returns them: "shortcuts", "realism".

    Returns
    -------
    dict
        Answers to questions of `DATA_CARD`.
    """
    parts = people["split"].value_counts()
    tones = people["tone"].value_counts()
    shape = people["ita"].corr(people["shape_a"])
    answers = {
        "Motivation": {
            "why it exists": "to teach face recognition without anybody's face, and with every cause known",
            "who made it": "the authors of this course, with face_renderer",
        },
        "Composition": {
            "people": f"{len(people)}, who do not exist",
            "pictures": f"{settings['pictures']} of each, {settings['size']} x {settings['size']} pixels",
            "parts": ", ".join(f"{part} {count}" for part, count in parts.items()) + "; nobody is in two",
            "balance of skin tone": f"{len(tones)} classes, {tones.min()} to {tones.max()} people each",
            "what goes together": f"skin tone (ita) and head shape (shape_a): correlation {shape:.2f}",
            "errors in labels": "none, by construction",
        },
        "Collection": {"how": "rendered from CC0 assets", "consent": "nobody's is needed: nobody was modelled"},
        "Measurements": {},
        "Uses": {
            "for": "learning, tests, experiments on causes that vary from picture to picture",
            "not for": "showing that a system is fair to real people; estimating its accuracy on real faces",
        },
        "Distribution": {"licence": "CC0 1.0", "version": settings["version"]},
        "Maintenance": {"how to make it again": "make faces"},
    }
    measurements = answers["Measurements"]
    if "shortcuts" in tables:
        bound = [row for row in tables["shortcuts"]["rows"] if row["bound"]]
        worst = max(bound, key=lambda row: row["accuracy"])
        measurements["what gives a person away besides the face"] = (
            f"at most {worst['accuracy']:.2%} of the pictures are recognised without it ({worst['input']}); "
            f"chance is {worst['chance']:.2%}"
        )
    if "realism" in tables:
        whole = next(row for row in tables["realism"]["rows"] if row["part"] == "whole picture")
        measurements["difference from photographs"] = (
            f"a classifier tells {whole['successes']} of {whole['trials']} pictures apart from photographs"
        )
    return answers
