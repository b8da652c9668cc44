"""The learner's copy: what is in it, and what an update does with it."""

import json
import os
import re
import subprocess
from pathlib import Path, PurePosixPath

import nbformat
import pytest
from tiny_course import (
    PRINTED,
    VALUE,
    code,
    edit,
    make_course,
    mine,
    newer,
    publish,
    run_all,
    snapshot,
    sources,
    text,
    type_into,
)

from tools import learner_copy
from tools.learner_copy import FOLDER, RECORD, lay_out
from tools.notebooks.predictions import is_answer

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def course(tmp_path):
    return make_course(tmp_path)


# --- what is in the copy ---


def test_lessons_and_exercises_are_there_and_nothing_else(course):
    assert lay_out(course) == ["The lessons and the exercises were copied there just now."]
    found = {path.relative_to(course / FOLDER).as_posix() for path in (course / FOLDER).rglob("*") if path.is_file()}
    assert found == {"00_start.ipynb", "05_pipeline.ipynb", "exercises/05_pipeline.ipynb", RECORD}


def test_answers_and_pictures_of_explorers_are_left_out_and_other_outputs_stay(course):
    collapsed = {"collapsed": True, "jupyter": {"outputs_hidden": True}}
    cells = [
        code("shown", [VALUE, PRINTED], tags=["rtol:1e-2"]),
        code("answer", [PRINTED], tags=["answers-a-prediction"], **collapsed),
        code("explorer()", [PRINTED], course={"widgets": ["IntSlider(value=1)"]}),
    ]
    publish(course, "00_start", *cells)
    lay_out(course)
    notebook = json.loads(mine(course, "00_start").read_bytes())
    shown, answer, explorer = notebook["cells"]
    assert shown["outputs"] == [VALUE | {"execution_count": None}, PRINTED]
    assert answer["outputs"] == explorer["outputs"] == []
    assert [cell["execution_count"] for cell in notebook["cells"]] == [None, None, None]  # nothing was run yet
    assert [cell["source"] for cell in notebook["cells"]] == ["shown", "answer", "explorer()"]
    assert answer["metadata"] == {"tags": ["answers-a-prediction"]}  # not collapsed: nothing is there to hide
    assert "executed_code" not in notebook["metadata"]["course"]


@pytest.mark.parametrize(
    "path", learner_copy.sources(ROOT).values(), ids=lambda path: f"{path.parent.name}_{path.stem}"
)
def test_the_real_notebooks_keep_their_text_and_lose_their_answers(path):
    made = learner_copy.learners_text(path.read_bytes())
    before, after = json.loads(path.read_bytes()), json.loads(made)
    nbformat.validate(nbformat.from_dict(after))
    saved = json.loads(nbformat.writes(nbformat.reads(made.decode(), as_version=4)))  # as Jupyter's server does
    assert learner_copy.digest(saved) == learner_copy.laid_as(saved)
    pairs = list(zip(before["cells"], after["cells"], strict=True))
    assert all(old["source"] == new["source"] for old, new in pairs)
    for old, new in pairs:
        if old["cell_type"] == "code":
            hidden = is_answer(old) or "widgets" in old["metadata"].get("course", {})
            assert bool(new["outputs"]) == bool(old["outputs"] and not hidden)


@pytest.mark.parametrize("name", learner_copy.sources(ROOT))
def test_every_link_leads_to_the_same_file_from_the_copy(name):
    """Its folder is as deep as notebooks/, and nothing that a lesson links to is missing from it."""
    cells = nbformat.read(ROOT / "notebooks" / name, as_version=4).cells
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    text = re.sub(r"\$\$.*?\$\$|\$[^$\n]*\$|`[^`]*`", "", text, flags=re.DOTALL)  # "](" in formulas and code is no link
    links = re.findall(r"\]\((?!https?:|#|attachment:)([^)\s]+)\)", text)
    for link in links:
        target = os.path.normpath(PurePosixPath(FOLDER, name).parent / link)
        inside = PurePosixPath(target).is_relative_to(FOLDER)
        held = PurePosixPath(target).relative_to(FOLDER).as_posix() in learner_copy.sources(ROOT) if inside else True
        assert held, link
        assert inside or (ROOT / target).exists(), link


def test_git_does_not_see_the_copy():
    found = subprocess.run(["git", "check-ignore", f"{FOLDER}/00_start_here.ipynb"], cwd=ROOT, check=False)
    assert found.returncode in (0, 128)  # 128: the course was downloaded without git


# --- updates ---


def test_a_second_run_changes_nothing_and_says_nothing(course):
    lay_out(course)
    type_into(mine(course, "05_pipeline"))
    publish(course, "05_pipeline", text("# corrected"))
    lay_out(course)
    before = snapshot(course / FOLDER)
    assert lay_out(course) == []
    assert snapshot(course / FOLDER) == before


@pytest.mark.parametrize("touch", [lambda path: None, run_all], ids=["untouched", "run"])
def test_what_nobody_has_written_in_is_updated(course, touch):
    lay_out(course)
    touch(mine(course, "00_start"))
    publish(course, "00_start", text("# corrected"))
    assert lay_out(course) == [
        "00_start.ipynb has changed in the course. You wrote nothing in yours, so the newer version replaced it."
    ]
    assert sources(mine(course, "00_start")) == ["# corrected"]


@pytest.mark.parametrize("name", ["05_pipeline", "exercises/05_pipeline"])
@pytest.mark.parametrize(
    "change",
    [
        lambda notebook: notebook["cells"][-1].update(source="my words"),
        lambda notebook: notebook["cells"].append(text("a note of mine")),
        lambda notebook: notebook["cells"].pop(),
        lambda notebook: notebook["cells"].reverse(),
        lambda notebook: notebook["cells"][0].update(cell_type="raw"),
        lambda notebook: notebook["cells"][0].update(attachments={"image.png": {"image/png": "iVBORw0KGgo="}}),
    ],
    ids=["typed", "added", "deleted", "moved", "turned", "pasted"],
)
def test_what_somebody_has_written_in_stays_and_the_newer_version_is_next_to_it(course, name, change):
    lay_out(course)
    edit(mine(course, name), change)
    run_all(mine(course, name))
    written = mine(course, name).read_bytes()
    publish(course, name, text("# corrected"))
    assert lay_out(course) == [
        f"{name}.ipynb has changed in the course, and you have written in yours. It stays as it is; the course's "
        f"version is next to it: {newer(name)}.ipynb."
    ]
    assert mine(course, name).read_bytes() == written
    assert sources(mine(course, newer(name))) == ["# corrected"]


def test_the_newer_version_follows_the_course_until_it_is_written_in(course):
    lay_out(course)
    type_into(mine(course, "05_pipeline"))
    for number in range(3):
        publish(course, "05_pipeline", text(f"# corrected {number}"))
        lay_out(course)
        run_all(mine(course, newer("05_pipeline")))
    assert sources(mine(course, newer("05_pipeline"))) == ["# corrected 2", ""]
    type_into(mine(course, newer("05_pipeline")))
    publish(course, "05_pipeline", text("# corrected again"))
    lay_out(course)
    assert "my words" in sources(mine(course, newer("05_pipeline")))
    assert sources(mine(course, newer("05_pipeline", 2))) == ["# corrected again"]


def test_a_newer_version_that_was_deleted_does_not_come_again(course):
    lay_out(course)
    type_into(mine(course, "05_pipeline"))
    publish(course, "05_pipeline", text("# corrected"))
    lay_out(course)
    mine(course, newer("05_pipeline")).unlink()
    assert lay_out(course) == []
    assert not mine(course, newer("05_pipeline")).exists()


def test_who_takes_over_the_newer_version_gets_updates_again(course):
    lay_out(course)
    type_into(mine(course, "05_pipeline"))
    publish(course, "05_pipeline", text("# corrected"))
    lay_out(course)
    mine(course, newer("05_pipeline")).replace(mine(course, "05_pipeline"))
    assert lay_out(course) == []
    publish(course, "05_pipeline", text("# corrected again"))
    lay_out(course)
    assert sources(mine(course, "05_pipeline")) == ["# corrected again"]


def test_no_update_no_newer_version(course):
    lay_out(course)
    type_into(mine(course, "05_pipeline"))
    assert lay_out(course) == []
    type_into(mine(course, "05_pipeline"), "more of my words")
    assert lay_out(course) == []


def test_other_outputs_are_no_reason_to_touch_what_was_run(course):
    """After a new TensorFlow, say, the stored outputs differ: a learner's own are as good."""
    lay_out(course)
    run_all(mine(course, "05_pipeline"))
    run_before = mine(course, "05_pipeline").read_bytes()
    for name in ("00_start", "05_pipeline"):
        publish(course, name, text(f"# {name}"), code("1 + 1", [VALUE, PRINTED]))
    assert len(lay_out(course)) == 1
    assert mine(course, "05_pipeline").read_bytes() == run_before
    assert len(json.loads(mine(course, "00_start").read_bytes())["cells"][1]["outputs"]) == 2  # it was not even opened


def test_a_deleted_lesson_is_laid_out_again(course):
    lay_out(course)
    mine(course, "00_start").unlink()
    assert lay_out(course) == ["00_start.ipynb was missing from your copy; it is there now."]
    assert mine(course, "00_start").exists()


def test_a_renamed_or_removed_lesson_takes_nothing_with_it(course):
    lay_out(course)
    type_into(mine(course, "05_pipeline"))
    (course / "notebooks" / "05_pipeline.ipynb").rename(course / "notebooks" / "05_full_pipeline.ipynb")
    (course / "notebooks" / "exercises" / "05_pipeline.ipynb").unlink()
    said = lay_out(course)
    assert said == [
        "05_full_pipeline.ipynb was missing from your copy; it is there now.",
        "05_pipeline.ipynb is no longer part of the course; yours stays.",
        "exercises/05_pipeline.ipynb is no longer part of the course; yours stays.",
    ]
    assert "my words" in sources(mine(course, "05_pipeline"))
    assert mine(course, "exercises/05_pipeline").exists()
    assert lay_out(course) == []


def test_the_learners_other_files_are_left_alone(course):
    lay_out(course)
    others = ["notes.md", "Untitled.ipynb", "05_pipeline-Copy1.ipynb", "exercises/sketch.py", ".laying-out-mine"]
    for name in others:
        path = course / FOLDER / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("mine")
        os.utime(path, (0, 0))
    publish(course, "05_pipeline", text("# corrected"))
    lay_out(course)
    assert all((course / FOLDER / name).read_text() == "mine" for name in others)
