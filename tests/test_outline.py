"""The outline, course.toml, and the files that follow it: the course's own, and a small course that is put in step."""

import json
import re
import subprocess

import nbformat
import pytest
from nbformat import v4
from small_course import a_notebook, cells_of, replace, run

from tools.notebooks.tidy import executed_code, read_notebook, write_notebook
from tools.outline import lengths, links, notebooks, read
from tools.outline.blocks import block_text, filled
from tools.outline.files import examine
from tools.outline.read import ROOT, OutlineError

REPOSITORY = links.Repository("ada", "faces", "v2.0.0")


@pytest.fixture(scope="module")
def outline():
    return read.read_outline()


# --- the course itself ---


@pytest.fixture(scope="module")
def findings(outline):
    return examine(ROOT, outline, links.read_repository())


def test_the_course_is_in_step(findings):
    assert findings.problems == []
    assert [path.name for path in findings.stale] == []


def test_every_stated_time_can_be_kept(outline, findings):
    assert [lesson.number for lesson in outline.ready] == list(findings.lengths)
    for lesson in outline.ready:
        length = findings.lengths[lesson.number]
        assert lesson.in_class >= length.in_class
        assert lesson.alone >= length.alone


def test_every_lesson_is_in_the_tables(outline):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    start = read_notebook((ROOT / "notebooks" / "00_start_here.ipynb").read_text(encoding="utf-8"))
    tables = {"README": block_text(readme, "lessons"), "lesson 00": block_text(start.cells[-1].source, "lessons")}
    for lesson in outline.lessons:
        assert f"{lesson.title}: " in tables["README"]
    for lesson in outline.ready:
        assert f"(notebooks/{lesson.path()})" in tables["README"]
        assert lesson.number == 0 or f"]({lesson.path()})" in tables["lesson 00"]
        if lesson.exercises:
            assert f"/{lesson.path('exercises')})" in block_text(readme, "exercises")
            assert f"]({lesson.path('exercises')})" in tables["lesson 00"]


def test_every_notebook_has_its_badge_and_the_same_setup_cell(outline):
    repository = links.read_repository()
    paths = sorted((ROOT / "notebooks").rglob("*.ipynb"))
    paths = [path for path in paths if ".ipynb_checkpoints" not in path.parts]
    assert {path.parent.name for path in paths} == {"notebooks", "exercises", "solutions"}
    for path in paths:
        cells = read_notebook(path.read_text(encoding="utf-8")).cells
        assert cells[0].source.count(repository.badge(path.relative_to(ROOT).as_posix())) == 1
        first = next(number for number, cell in enumerate(cells) if cell.cell_type == "code")
        assert cells[first].source.startswith(f"{notebooks.setup_code(repository, seed=0)}\n")
        assert cells[first - 1].source.startswith(notebooks.RUN_FIRST)


def test_the_setup_cell_is_short():
    lines = notebooks.setup_code(REPOSITORY, seed=0).splitlines()
    assert sum(bool(line) for line in lines) <= 15


def test_tables_and_readers_see_no_marks():
    """The marks are comments, alone on their lines, so that the table between them stays a table."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(re.findall(r"^<!-- outline: \w+ -->$", text, re.MULTILINE)) == text.count("<!-- outline:") == 4


# --- a small course, in which faults are planted ---


def test_what_is_out_of_step_is_named_then_written_once(checkout, capsys):
    assert run(checkout) == 1
    stale = [
        "README.md",
        "notebooks/00_start.ipynb",
        "notebooks/01_layers.ipynb",
        "notebooks/solutions/01_layers.ipynb",
    ]
    named = capsys.readouterr().out.splitlines()[:-1]
    assert named == [f"{name}: out of step (make outline)" for name in stale]
    assert run(checkout, "--write") == 0
    assert capsys.readouterr().out.splitlines()[:-1] == [f"{name}: written" for name in stale]
    before = {path: path.stat().st_mtime_ns for path in checkout.rglob("*")}
    assert run(checkout, "--write") == run(checkout) == 0
    assert {path: path.stat().st_mtime_ns for path in checkout.rglob("*")} == before


def test_readme_gets_its_tables(checkout):
    run(checkout, "--write")
    text = (checkout / "README.md").read_text(encoding="utf-8")
    assert block_text(text, "status") == "Lessons 00 and 01 are available; 02 is in preparation.\n"
    rows = block_text(text, "lessons").splitlines()
    badge = links.read_repository(checkout).badge("notebooks/01_layers.ipynb")
    assert rows[3] == (
        f"| [01](notebooks/01_layers.ipynb) | 3.1 | Layers: by hand | 5 minutes | 5 minutes | 1.5 minutes | {badge} |"
    )
    assert rows[4] == "| 02 | 3.2 | Losses: what is wrong *(in preparation)* |  |  |  |  |"
    assert "Written by hand.\n" in text
    assert "the old table" not in text
    assert block_text(text, "exercises").startswith("- [01 Layers](notebooks/exercises/01_layers.ipynb) [![")


def test_a_lesson_gets_its_head_setup_and_last_line(checkout):
    run(checkout, "--write")
    repository = links.read_repository(checkout)
    head, above, setup, end = cells_of(checkout / "notebooks" / "01_layers.ipynb")
    assert head.source == (
        f"# 01 · Layers\n\n{repository.badge('notebooks/01_layers.ipynb')}\n\nText.\n\n"
        "**Time:** 5 minutes in class, 5 minutes alone. All cells together run in about 1.5 minutes on two CPU cores.\n"
        "**Needs:** nothing.\n\n**Why?**"
    )
    assert above.source.startswith("**Run the next cell first:**")
    assert setup.source == f"{notebooks.setup_code(repository, seed=3)}\n\nimport numpy as np"
    assert end.source == "Some text.\n\n**Next:** lesson 02 (in preparation): how wrong is it?"


def test_the_start_and_solutions_lead_on(checkout):
    run(checkout, "--write")
    *_, end = cells_of(checkout / "notebooks" / "00_start.ipynb")
    assert end.source.endswith("**Next:** [lesson 01](01_layers.ipynb): what is a layer?")
    assert "| [01](01_layers.ipynb) | Layers: by hand | 5 | [exercises](exercises/01_layers.ipynb) |" in end.source
    replace(checkout / "course.toml", "exercises = false", "exercises = true")
    solutions = cells_of(checkout / "notebooks" / "solutions" / "01_layers.ipynb")
    assert solutions[0].source.startswith("# 01 · Layers: exercises\n")
    lesson = read.read_outline(checkout).lessons[0]
    line = notebooks.next_line(read.read_outline(checkout), lesson, "solutions")
    assert line == (
        "**Next:** [lesson 01](../01_layers.ipynb): what is a layer? Its exercises are [here](01_layers.ipynb)."
    )


def test_the_next_lesson_is_one_that_is_there(outline):
    """Here, the lessons after 06 are in preparation, whatever is ready by now."""
    lessons = [*outline.lessons[:7], *(read.Lesson(number, "", "", "", "in preparation") for number in range(7, 11))]
    ready_8 = [*lessons[:8], read.Lesson(8, "Pairs", "", "", "ready", file="08_pairs"), *lessons[9:]]
    assert read.Outline(tuple(lessons), 75, 120).next_after(lessons[6]).number == 7
    assert read.Outline(tuple(ready_8), 75, 120).next_after(lessons[6]).number == 8
    assert read.Outline(tuple(lessons), 75, 120).next_after(lessons[10]) is None


def test_stored_outputs_still_belong_to_the_code(checkout):
    """The setup changes, the lesson does not: its outputs need not be made again."""
    run(checkout, "--write")
    lesson = read_notebook((checkout / "notebooks" / "01_layers.ipynb").read_text(encoding="utf-8"))
    assert lesson.metadata["course"]["executed_code"] == executed_code(lesson)


def test_code_that_was_changed_since_is_not_taken_for_run(checkout):
    path = checkout / "notebooks" / "01_layers.ipynb"
    changed = a_notebook()
    changed.cells[1].source += "\nprint(2)"
    path.write_text(write_notebook(changed), encoding="utf-8")
    run(checkout, "--write")
    lesson = read_notebook(path.read_text(encoding="utf-8"))
    assert lesson.metadata["course"]["executed_code"] != executed_code(lesson)


def test_owner_and_tag_come_from_pyproject_and_on_demand_from_the_remote(checkout, capsys):
    subprocess.run(["git", "init", "--quiet", checkout], check=True)
    subprocess.run(["git", "-C", checkout, "remote", "add", "origin", "git@github.com:ada/faces.git"], check=True)
    run(checkout, "--write")
    assert "ada/faces" not in (checkout / "README.md").read_text(encoding="utf-8")
    assert run(checkout, "--write", "--from-remote") == 0
    tag = links.read_repository(checkout).tag
    assert f"github/ada/faces/blob/{tag}/notebooks/" in (checkout / "README.md").read_text(encoding="utf-8")
    setup = cells_of(checkout / "notebooks" / "01_layers.ipynb")[2].source
    assert f'    clone = "git clone -q --depth 1 -b {tag} https://github.com/ada/faces course"' in setup.splitlines()
    assert capsys.readouterr().out.endswith(f"badges and setup cells point at ada/faces, tag {tag}\n")


def test_a_written_notebook_is_a_notebook(checkout):
    run(checkout, "--write")
    for path in (checkout / "notebooks").rglob("*.ipynb"):
        nbformat.validate(json.loads(path.read_text(encoding="utf-8")))


def test_numbers_of_lessons_as_a_sentence_names_them(outline):
    def said(*wanted):
        return read.numbers([outline.lessons[number] for number in wanted])

    assert said(7, 8, 9, 10) == "07 to 10"
    assert said(7, 9) == "07 and 09"
    assert said(7, 8) == "07 and 08"
    assert said(0, 1, 2, 5) == "00 to 02 and 05"
    assert said(0, 2, 4) == "00, 02 and 04"


def test_durations():
    assert [read.duration(seconds) for seconds in (1, 15, 60, 90, 125, 180)] == [
        "1 second", "15 seconds", "1 minute", "1.5 minutes", "2.1 minutes", "3 minutes",
    ]  # fmt: skip


# --- lengths ---


def test_what_is_counted():
    text = """# Three words here

[![Open in Colab](https://badge.example/a_b)](https://colab.example/c_d) <!-- nothing of this -->

| a | b |
|---|---|
| 0.5 | [two words](file.ipynb) |

**How many words? And questions?** **Not this.** Not this either? — **And
this one?**"""
    cells = [v4.new_markdown_cell(text), v4.new_code_cell("x = 1  # **Why?**"), v4.new_code_cell("")]
    length = lengths.measure(v4.new_notebook(cells=cells))
    assert length == lengths.Length(words=3 + 2 + 3 + 5 + 2 + 3 + 3, code_cells=1, questions=2)


def test_minutes():
    length = lengths.Length(words=1600, code_cells=20, questions=10)
    assert length.in_class == pytest.approx(1600 / 160 + 30 * 40 / 60)
    assert length.alone == pytest.approx(1600 / 100 + 30)
    assert [lengths.stated(minutes) for minutes in (0.1, 5, 5.1, 64.7)] == [5, 5, 10, 65]


def test_lessons_that_are_too_long_are_listed(checkout, capsys):
    replace(checkout / "course.toml", "in_class = 75", "in_class = 1")
    assert run(checkout, "lengths") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1:3]] == ["00_start", "01_layers"]
    assert lines[-1] == "The goal is 1 minutes in class and 120 alone at most; too long: 00, 01."


def test_lengths_are_counted_of_the_notebooks_that_are_there(checkout, capsys):
    (checkout / "notebooks" / "00_start.ipynb").write_text("{", encoding="utf-8")
    assert run(checkout, "lengths") == 1
    printed = capsys.readouterr()
    assert [line.split()[0] for line in printed.out.splitlines()[1:-1]] == ["01_layers"]
    assert printed.err.startswith("notebooks/00_start.ipynb is no notebook")


def test_blocks_are_filled_and_the_rest_stays():
    text = "a\n<!-- outline: one -->\nold\n<!-- end -->\nb\n<!-- measured: two -->\nkept\n<!-- end -->\n"
    new = filled(text, {"one": "new\nlines"}, "README.md")
    assert new == text.replace("old", "new\nlines")
    with pytest.raises(OutlineError, match=r"README.md must have the blocks one, two, .* but it has one"):
        filled(text, {"one": "", "two": ""}, "README.md")
