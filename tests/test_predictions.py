"""Questions that ask for a prediction, and the tags that say which outputs answer them."""

import json
from pathlib import Path

import pytest

from tools.notebooks.predictions import ANSWER, ANSWERED_IN_TEXT, is_answer, open_questions, questions
from tools.notebooks.tags import read_tags
from tools.notebooks.tidy import normalise, read_notebook, write_notebook

LESSONS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))
PRINTED = {"output_type": "stream", "name": "stdout", "text": "4\n"}


def text(source, *tags):
    return {"cell_type": "markdown", "metadata": {"tags": list(tags)}, "source": source}


def code(*tags, outputs=(PRINTED,)):
    return {"cell_type": "code", "metadata": {"tags": list(tags)}, "source": "2 + 2", "outputs": list(outputs)}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("**How many\nare there?** Count.", ["How many are there?"]),
        ("**Who? And why?** **Where?**", ["Who? And why?", "Where?"]),
        ("**Compute the three numbers.**", ["Compute the three numbers."]),
        ("**Write down the largest.**", ["Write down the largest."]),
        ("**1. `f(**a)` flips.** **How many?**", ["How many?"]),
        ("Is it **large** or **small**?", []),
        ("Questions in **bold** ask for a prediction. Is that so?", []),
    ],
)
def test_questions_are_what_is_bold_and_asks(source, expected):
    assert questions(source) == expected


@pytest.mark.parametrize(
    ("cells", "left"),
    [
        ([text("**How many?**"), code(ANSWER)], []),
        ([text("**How many?**"), code(outputs=()), text("And now:"), code(), code(ANSWER)], []),
        ([text("**Why?**", ANSWERED_IN_TEXT), code()], []),
        ([text("**How many?**"), code()], ["How many?"]),
        ([text("**How many?**"), code(ANSWER, outputs=())], ["How many?"]),
        ([text("**How many?**"), text("## Next"), code(ANSWER)], ["How many?"]),
        ([text("**How many?**"), text("**Why?**"), code(ANSWER)], ["How many?"]),
        ([code(ANSWER), text("**How many?**")], ["How many?"]),
    ],
)
def test_a_question_needs_an_answer_below_it(cells, left):
    assert open_questions(cells) == left


@pytest.fixture(params=LESSONS, ids=lambda path: path.stem)
def cells(request):
    return json.loads(request.param.read_text(encoding="utf-8"))["cells"]


def test_every_prediction_of_a_lesson_has_its_answer_tagged(cells):
    """Otherwise the learner's copy shows the answer under the question: CONTRIBUTING, "Change a lesson"."""
    assert open_questions(cells) == []


def test_no_tag_stands_without_a_question(cells):
    """A tag that is left over hides what a reader should see."""
    asked = False
    for cell in cells:
        if cell["cell_type"] == "markdown":
            source = "".join(cell["source"])
            headed = any(line.startswith("#") for line in source.splitlines())
            asked = bool(questions(source)) or (asked and not headed)
        elif is_answer(cell):
            assert asked and cell["outputs"], "".join(cell["source"])


def test_the_tag_collapses_the_output_and_nothing_else_does():
    """JupyterLab and Colab show an output that a cell's metadata call hidden when the reader asks for it."""
    hidden = {"collapsed": True, "jupyter": {"outputs_hidden": True}}
    cells = [code(ANSWER) | {"id": "a"}, code() | {"id": "b"}]
    cells[1]["metadata"] |= hidden
    raw = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    answer, other = normalise(read_notebook(json.dumps(raw))).cells
    assert answer.metadata == {"tags": [ANSWER]} | hidden
    assert other.metadata == {}
    once = write_notebook(normalise(read_notebook(json.dumps(raw))))
    assert write_notebook(normalise(read_notebook(once))) == once


@pytest.mark.parametrize("tag", ["answers-prediction", "Answers-a-prediction", "prediction", "answer"])
def test_a_misspelt_tag_is_an_error(tag):
    assert read_tags([ANSWER])[1] == []
    assert len(read_tags([tag])[1]) == 1
