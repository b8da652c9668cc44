"""Lesson 10 scores LFW again where it is, and says what it could not do where it is not."""

import re

import pytest
from faces_on_disk import REAL, ROOT, needs_real_data

from course_utils import datasets, environment
from course_utils.protocols import lfw_columns, lfw_scores
from tools.notebooks.tidy import read_notebook

LESSON = ROOT / "notebooks" / "10_real_faces_benchmark.ipynb"


def live_section(capsys) -> str:
    """Run the cells of section 3 as the lesson does, and return what they print."""
    cells = read_notebook(LESSON.read_text(encoding="utf-8")).cells
    section = [cell["source"] for cell in cells if cell["cell_type"] == "code" and "score_first_fold" in cell["source"]]
    assert len(section) == 2
    setup = next(cell["source"] for cell in cells if "environment.setup(seed=0)" in cell["source"])
    imports = setup.partition("environment.setup(seed=0)\n")[2]
    scores = {row["system"]: lfw_scores.load(row["system"]) for row in lfw_scores.systems()}
    names = {"pairs": lfw_scores.load_pairs(), "scores": scores}
    for source in (imports, *section):
        exec(source, names)
    return capsys.readouterr().out


@needs_real_data
def test_scores_of_the_photographs_are_the_stored_ones(capsys, monkeypatch):
    monkeypatch.setenv("SCIKIT_LEARN_DATA", str(REAL))
    environment.setup()
    printed = live_section(capsys)
    differences = [float(number) for number in re.findall(r"stored scores is (\d\.\d+)", printed)]
    assert len(differences) == 2
    assert max(differences) < 2e-4


def test_without_photographs_the_lesson_says_what_it_could_not_do(capsys, monkeypatch):
    monkeypatch.setattr(datasets, "is_available", lambda name: False)
    environment.setup()
    assert "LFW is not on this machine, so no pair was scored again" in live_section(capsys)


def test_systems_come_by_column_with_their_scores():
    systems = lfw_scores.systems()
    order = list(lfw_columns.COLUMNS)
    places = [order.index(row["column"]) for row in systems]
    assert places == sorted(places)
    assert len({row["system"] for row in systems}) == len(systems)
    assert all(len(lfw_scores.load(row["system"]).values) == 6_000 for row in systems)


@pytest.mark.parametrize("column", lfw_columns.COLUMNS)
def test_every_column_has_something_to_compare_with(column):
    measured = [row for row in lfw_scores.systems() if row["column"] == column]
    assert len(lfw_columns.published(column)) + len(measured) >= 2
