"""What the tool of the outline cannot write, it says; and what it leaves alone then."""

import re
import shutil

import pytest
from nbformat import v4
from small_course import HEAD, a_notebook, cells_of, replace, run

from tools.notebooks.tidy import write_notebook
from tools.outline import rules

# --- what the tool cannot write, it says ---


def problems(root, capsys):
    capsys.readouterr()
    assert run(root, "--write") == 1
    return capsys.readouterr().err.splitlines()


def test_notebooks_that_the_outline_does_not_know(checkout, capsys):
    for name in ("02_losses.ipynb", "exercises/00_start.ipynb", "solutions/00_start.ipynb"):
        shutil.copy(checkout / "notebooks" / "00_start.ipynb", checkout / "notebooks" / name)
    said = problems(checkout, capsys)
    for name, line in zip(("02_losses", "solutions/00_start", "exercises/00_start"), said, strict=True):
        assert line == (
            f"notebooks/{name}.ipynb is there, but course.toml does not name it: add it there, or delete the file."
        )


@pytest.mark.parametrize("name", ["01_layers.ipynb", "exercises/01_layers.ipynb", "solutions/01_layers.ipynb"])
def test_notebooks_that_are_promised_and_missing(checkout, capsys, name):
    (checkout / "notebooks" / name).unlink()
    (line,) = problems(checkout, capsys)
    assert re.fullmatch(rf"course.toml promises .* in notebooks/{name}, which is not there: .*", line)


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "notebooks/01_layers.ipynb"])
def test_a_lesson_that_is_there_is_not_in_preparation(checkout, capsys, name):
    said = "See lesson 01 (in preparation)."
    if name.endswith("ipynb"):
        (checkout / name).write_text(write_notebook(a_notebook(end=said)), encoding="utf-8")
    else:
        (checkout / name).write_text((checkout / name).read_text(encoding="utf-8") + said, encoding="utf-8")
    assert problems(checkout, capsys) == [
        f"{name} says that lesson 01 is in preparation, but it is ready: correct the sentence."
    ]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Lesson 08 (in\npreparation) answers it; lesson 05 does not.", ["08"]),
        ("(Lesson 04, on augmentation, is in preparation.)", ["04"]),
        ("Lesson 07 and Part II (08 to 10) are in preparation.", ["07", "08", "09", "10"]),
        ("Lessons 00 to 06 are available; 07 to 10 are in preparation.", ["07", "08", "09", "10"]),
        (
            "More of lesson 05 is in lesson 06 (in preparation): the curves. Lesson 08 (in preparation) asks.",
            ["06", "08"],
        ),
        ("The curves of [lesson 05](05_full_pipeline.ipynb), in lesson 06 *(in preparation)*", ["06"]),
        ("Lessons 07, 08 and 09 (in preparation)", ["07", "08", "09"]),
        ("| 07 | 5 | Trends: *in preparation* |", []),
        ("A lesson in preparation has no file. Lesson 05 has one.", []),
    ],
)
def test_what_a_text_says_to_be_in_preparation(text, labels):
    assert rules.said_to_be_in_preparation(text) == labels


def test_a_time_that_the_length_cannot_keep(checkout, capsys):
    long = a_notebook(end="word " * 601 + "\n\n**Next:**")
    (checkout / "notebooks" / "01_layers.ipynb").write_text(write_notebook(long), encoding="utf-8")
    in_class, alone = problems(checkout, capsys)
    assert "lesson 01 states 5 minutes in class, but its length takes 5." in in_class
    assert in_class.endswith("cut the lesson, or state in_class = 10.")
    assert alone.endswith("cut the lesson, or state alone = 10.")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("<!-- outline: lessons -->\nthe old table\n<!-- end -->\n", "", "README.md must have the blocks"),
        ("outline: lessons", "outline: lesson", "README.md must have the blocks"),
        ("outline: lessons", "outline: status", "README.md must have the blocks"),
    ],
)
def test_marks_that_are_missing_unknown_or_twice(checkout, capsys, old, new, message):
    replace(checkout / "README.md", old, new)
    before = (checkout / "README.md").read_text(encoding="utf-8")
    (line,) = problems(checkout, capsys)
    assert line.startswith(message)
    assert (checkout / "README.md").read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (a_notebook(head="No title"), "must begin with a title"),
        (a_notebook(head=HEAD.replace("[![Open", "[Open")), "must have one line `[![Open in Colab]...`"),
        (a_notebook(head=HEAD.replace("**Needs:**", "Needs:")), "must have the words **Time:** and **Needs:**"),
        (a_notebook(setup="import numpy"), "must begin with the line `import sys`"),
        (v4.new_notebook(cells=[v4.new_markdown_cell(HEAD)]), "must begin and end with a markdown cell"),
    ],
)
def test_a_part_of_a_notebook_that_is_missing(checkout, capsys, changed, message):
    path = checkout / "notebooks" / "01_layers.ipynb"
    path.write_text(write_notebook(changed), encoding="utf-8")
    before = path.read_text(encoding="utf-8")
    (line,) = problems(checkout, capsys)
    assert line.startswith("notebooks/01_layers.ipynb") and message in line
    assert path.read_text(encoding="utf-8") == before


def test_the_cell_of_tables_in_lesson_00(checkout, capsys):
    (checkout / "notebooks" / "00_start.ipynb").write_text(write_notebook(a_notebook()), encoding="utf-8")
    (line,) = problems(checkout, capsys)
    assert line.startswith("notebooks/00_start.ipynb must have one cell with the mark <!-- outline: lessons -->")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"cells": null}',
        '{"cells": [{}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
        '{"cells": [1], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
        "<<<<<<< HEAD\n{}\n=======",
    ],
)
def test_a_broken_notebook_is_named_left_alone_and_does_not_stop_the_others(checkout, capsys, text):
    path = checkout / "notebooks" / "00_start.ipynb"
    path.write_text(text, encoding="utf-8")
    (line,) = problems(checkout, capsys)
    assert line.startswith("notebooks/00_start.ipynb is no notebook: ")
    assert path.read_text(encoding="utf-8") == text
    assert cells_of(checkout / "notebooks" / "01_layers.ipynb")[0].source.startswith("# 01 · Layers")


def test_an_interruption_leaves_no_half_file(checkout, monkeypatch):
    """The text is written beside the file, which it then replaces."""
    before = {path: path.read_bytes() for path in checkout.rglob("*") if path.is_file()}
    monkeypatch.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError("No space left on device")))
    with pytest.raises(OSError, match="No space left"):
        run(checkout, "--write")
    assert {path: path.read_bytes() for path in checkout.rglob("*") if path.is_file()} == before


# --- the outline ---


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[goal]", "[aim]", "course.toml lacks 'goal'"),
        ('title = "Layers"\n', "", "number 1, lacks 'title'"),
        ('question = "what is a layer?"\n', "", "number 1, lacks 'question'"),
        ("runs_in = 90\n", "", "number 1, lacks 'runs_in'"),
        ("runs_in = 90\n", 'runs_in = "90"\n', "'runs_in' is '90', it must be of the type int"),
        ("exercises = true", "exercise = true", "number 1, lacks 'exercises'"),
        ("runs_in = 90\n", "runs_in = 90\nhours = 1\n", "number 1, has 'hours'"),
        ('status = "in preparation"', 'status = "soon"', "the status is 'soon'"),
        ('file = "01_layers"', 'file = "1_layers"', "must begin with 01_"),
        ("number = 2", "number = 3", "from 0 on, in their order"),
        ("number = 2", "number = = 3", "course.toml cannot be read"),
    ],
)
def test_faults_of_the_outline_are_named(checkout, capsys, old, new, message):
    replace(checkout / "course.toml", old, new)
    assert run(checkout) == 1
    assert message in capsys.readouterr().err


def test_a_missing_outline_is_named(checkout, capsys):
    (checkout / "course.toml").unlink()
    assert run(checkout) == 1
    assert capsys.readouterr().err.startswith("course.toml cannot be read")
