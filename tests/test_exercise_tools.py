"""Making exercises from solutions, and every fault that a notebook of solutions may have."""

import nbformat
import pytest
from nbformat import v4

from course_utils import exercises as course
from tools.exercises import __main__ as command
from tools.exercises import generate as generating
from tools.exercises.blanks import ExerciseError, blank_out, telling_lines
from tools.exercises.generate import generate, refuse_leaks, target
from tools.exercises.rules import exercise_groups, lesson_objectives
from tools.notebooks import __main__ as notebooks_command
from tools.notebooks.tidy import normalise, read_notebook, write_notebook

TITLE = "# 99 · Exercises\n\n[badge](https://host/notebooks/solutions/99_lesson.ipynb)\n\nText."
OBJECTIVES = "# 99\n\n**You will be able to**\n\n- count;\n- name the\n  parts.\n\n**Time:** 1 minute."
HEADING = "## 99.1 Count (predict)\n\n**Objective:** count\n\nHow many?"
SECOND = "## 99.2 Name (interpret)\n\n**Objective:** name the parts\n\nWhich?"
BLANK = "# BEGIN SOLUTION\n# PROMPT: total = ...\ntotal = 20 + 3\n# END SOLUTION"
PICTURE = '<img src="data:image/png;base64,AAAA" alt="{}" width="1" height="1">'
FIGURE = {"data": {"text/html": PICTURE.format("One line."), "text/plain": "One line."}}


def markdown(source, *tags):
    return v4.new_markdown_cell(source, metadata={"tags": list(tags)})


def code(source, *tags, outputs=()):
    return v4.new_code_cell(source, metadata={"tags": list(tags)}, outputs=list(outputs), execution_count=1)


def figure(**changes):
    return v4.new_output("display_data", **(FIGURE | changes))


def printed(text):
    return v4.new_output("stream", text=text)


def good_cells():
    return [
        markdown(TITLE),
        markdown("These are the solutions.", "solution-only"),
        code("import numpy as np", outputs=[printed("ready")]),
        markdown(HEADING),
        code(BLANK, "rtol:0.1", outputs=[printed("23")]),
        code('check("99.1", total)', outputs=[printed("passed")]),
        code("draw()", "keep-output", outputs=[printed("23"), figure()]),
        markdown(SECOND),
        code("part = (\n    # BEGIN SOLUTION\n    'a secret'\n    # END SOLUTION\n)"),
        code('check("99.2", part)'),
    ]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(course, "lessons", lambda: [99])
    monkeypatch.setattr(course, "exercises", lambda lesson: dict.fromkeys(["99.1", "99.2"]))
    for name in ("solutions", "exercises"):
        (tmp_path / name).mkdir()
    (tmp_path / "99_lesson.ipynb").write_text(text_of([markdown(OBJECTIVES)]), encoding="utf-8")
    return tmp_path


def text_of(cells):
    made = {"cells": [cell | {"id": f"c{n}"} for n, cell in enumerate(cells)], "metadata": {}}
    return write_notebook(normalise(nbformat.from_dict(made | {"nbformat": 4, "nbformat_minor": 5})))


def write(folder, cells):
    path = folder / "solutions" / "99_lesson.ipynb"
    path.write_text(text_of(cells), encoding="utf-8")
    return path


# --- cells ---


@pytest.mark.parametrize(
    ("source", "blank", "taken"),
    [
        ("a = 1", "a = 1", []),
        (
            "def f(x):\n    # BEGIN SOLUTION\n    y = x\n    return y\n    # END SOLUTION",
            "def f(x):\n    ...",
            ["    y = x", "    return y"],
        ),
        (
            "if x:\n    # BEGIN SOLUTION\n    # PROMPT: for y in x:\n    # PROMPT:     y += ...\n"
            "    y = sum(x)\n    # END SOLUTION\nz",
            "if x:\n    for y in x:\n        y += ...\nz",
            ["    y = sum(x)"],
        ),
        (
            "# BEGIN SOLUTION\n# PROMPT: a = 1\n# PROMPT: b = ...\na = 1\nb = 2\n# END SOLUTION",
            "a = 1\nb = ...",
            ["b = 2"],
        ),
    ],
)
def test_a_solution_becomes_a_blank(source, blank, taken):
    assert blank_out(source) == (blank, taken)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("# BEGIN SOLUTION\na", "without an # END SOLUTION"),
        ("a\n# END SOLUTION", "without a # BEGIN SOLUTION"),
        ("# BEGIN SOLUTION\n# BEGIN SOLUTION\na\n# END SOLUTION", "a second # BEGIN SOLUTION"),
        ("# BEGIN SOLUTION\n# PROMPT: a = ...\n# END SOLUTION", "no solution between"),
        ("# BEGIN SOLUTION\n\n# END SOLUTION", "no solution between"),
        ("#BEGIN SOLUTION\na", "'BEGIN SOLUTION' is left"),
        ("a  # begin solution", "'begin solution' is left"),
        ("# PROMPT: a", "'# PROMPT' is left"),
        ("# BEGIN SOLUTION\na\n# END SOLUTION\n## end_solution", "'end_solution' is left"),
    ],
)
def test_marks_that_are_not_in_pairs_are_refused(source, message):
    with pytest.raises(ExerciseError, match=message):
        blank_out(source)


def test_lines_that_any_code_may_have_give_nothing_away():
    assert telling_lines(
        ["    return total", "else:", "import numpy as np", ")", "x = 1  # one", "total = x + 1  # y"]
    ) == {"total = x + 1"}


# --- a whole notebook ---


def test_the_exercises_of_a_good_notebook(folder):
    path = write(folder, good_cells())
    made = read_notebook(generate(path))
    sources = [cell.source for cell in made.cells]
    assert "`progress(99)` shows what you have passed" in sources[0]
    assert "(https://host/notebooks/exercises/99_lesson.ipynb)" in sources[0]
    assert sources[1] == "import numpy as np"
    assert sources[3] == "total = ..."
    assert sources[7] == "part = (\n    ...\n)"
    assert made.metadata.course == {"generated_from": "notebooks/solutions/99_lesson.ipynb"}
    outputs = [cell.get("outputs", []) for cell in made.cells]
    assert [len(each) for each in outputs] == [0, 0, 0, 0, 0, 1, 0, 0, 0]
    assert outputs[5][0].data == FIGURE["data"]
    assert all(cell.execution_count is None for cell in made.cells if cell.cell_type == "code")
    assert [cell.metadata.get("tags", []) for cell in made.cells if cell.cell_type == "code"][1:4] == [
        [],
        [],
        ["keep-output"],
    ]
    assert generate(path) == generate(path)


def without(part):
    return lambda cells: [cell for cell in cells if part not in cell.source]


def changed(old, new, number=0):
    def change(cells):
        found = [cell for cell in cells if old in cell.source]
        found[number].source = found[number].source.replace(old, new)
        return cells

    return change


def added(*new, at=None):
    return lambda cells: cells[:at] + list(new) + (cells[at:] if at is not None else [])


def retagged(part, *tags):
    def change(cells):
        next(cell for cell in cells if part in cell.source).metadata.tags = list(tags)
        return cells

    return change


def with_outputs(part, *outputs):
    def change(cells):
        next(cell for cell in cells if part in cell.source).outputs = list(outputs)
        return cells

    return change


FAULTS = {
    "no end": (changed("# END SOLUTION", ""), "cell 5 .*without an # END SOLUTION"),
    "a mark in text": (changed("How many?", "# BEGIN SOLUTION"), "cell 4 .*is left"),
    "a mark in given code": (changed("import numpy as np", "x = 1  # END SOLUTION"), "cell 3 .*is left"),
    "solution in a later cell": (added(code("total = 20 + 3")), "holds a line of a solution, 'total = 20 \\+ 3'"),
    "solution in the text": (changed("How many?", "`total = 20 + 3`?"), "holds a line of a solution"),
    "duplicate name": (changed("99.2", "99.1", 0), 'check\\("99.2", ...\\) stands in exercise 99.1'),
    "duplicate exercise": (
        lambda cells: [*cells, markdown(HEADING), code(BLANK), code('check("99.1", total)')],
        "cell 11: a second exercise 99.1",
    ),
    "wrong number": (
        lambda cells: [*cells, markdown(HEADING.replace("99.1", "99.4")), code(BLANK), code('check("99.4", 1)')],
        "99.1, 99.2, 99.4; they must be 99.1, 99.2, 99.3",
    ),
    "no checker": (
        lambda cells: [*cells, markdown(HEADING.replace("99.1", "99.3")), code(BLANK), code('check("99.3", 1)')],
        "cell 11: exercise 99.3 has no checker in course_utils/exercises/lesson_99",
    ),
    "no exercise for a checker": (lambda cells: cells[:7], "the checker 99.2 has no exercise"),
    "objective without exercise": (
        changed("**Objective:** name the parts", "**Objective:** count"),
        "no exercise tests the objective 'name the parts'",
    ),
    "unknown objective": (changed("Objective:** count", "Objective:** counts"), "cell 4: exercise 99.1 tests 'counts'"),
    "no objective": (changed("**Objective:** count", ""), "cell 4 .*has no line `\\*\\*Objective"),
    "unknown kind": (changed("(predict)", "(guess)"), "cell 4 .*must be one line"),
    "no check": (without('check("99.1"'), "cell 4 .*exercise 99.1 has no cell with check"),
    "no blank": (changed(BLANK, "total = 23"), "exercise 99.1 has no code cell with a blank"),
    "check of another": (changed('check("99.1"', 'check("99.2"'), 'check\\("99.2", ...\\) stands in exercise 99.1'),
    "check before the first": (added(code('check("99.1", 1)'), at=1), "cell 2 .*before the first exercise"),
    "kept without figure": (retagged("import numpy", "keep-output"), "cell 3 .*has no figure"),
    "kept without alternative text": (
        with_outputs("draw()", figure(data={"text/html": PICTURE.format("")})),
        "cell 7 .*no alternative text",
    ),
    "no title": (lambda cells: [code("1"), *cells], "must be markdown and begin with the title"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_refused_by_notebook_and_cell(name, folder, capsys):
    plant, message = FAULTS[name]
    path = write(folder, plant(good_cells()))
    with pytest.raises(ExerciseError, match=f"(?s)solutions/99_lesson.ipynb.*{message}"):
        generate(path)
    assert command.main(["build"], folder) == 1
    assert "99_lesson.ipynb" in capsys.readouterr().err
    assert not target(path).exists()


def test_a_solution_without_a_lesson_is_refused(folder):
    path = write(folder, good_cells())
    (folder / path.name).unlink()
    with pytest.raises(ExerciseError, match="no lesson of the name 99_lesson"):
        generate(path)


def test_outputs_that_nobody_asked_for_are_refused():
    """`generate` takes them out; should it ever not, this is noticed."""
    blanked = nbformat.from_dict(code("total = ...", outputs=[printed("23")]) | {"id": "c1"})
    with pytest.raises(ExerciseError, match="has outputs, but no tag keep-output"):
        refuse_leaks([blanked], set(), "solutions/99_lesson.ipynb")
    blanked.metadata.tags = ["keep-output"]
    with pytest.raises(ExerciseError, match="an output that is not a figure"):
        refuse_leaks([blanked], set(), "solutions/99_lesson.ipynb")


def test_a_leak_of_the_generator_itself_is_noticed(folder, monkeypatch):
    monkeypatch.setattr(generating, "kept_figures", lambda cell: cell.outputs)
    with pytest.raises(ExerciseError, match="an output that is not a figure"):
        generate(write(folder, good_cells()))


WAYS_OF_A_LEAK = {  # the solution is: total = 20 + 3
    "without spaces": code("total=20+3"),
    "with more spaces": code("total  =  20 +  3"),
    "with a comment behind": code("total = 20 + 3 # as above"),
    "as a comment": code("x = 1\n# total = 20 + 3"),
    "after another statement": code("x = 1; total = 20 + 3"),
    "indented": code("if x:\n    total = 20 + 3"),
    "in a string": code('print("total = 20 + 3")'),
    "over two lines": code("total = 20 \\\n    + 3"),
    "in a sentence": markdown("So total = 20 + 3."),
    "in backticks": markdown("So `total = 20 + 3`."),
    "in two backticks": markdown("So ``total = 20 + 3``."),
    "in a block": markdown("So\n\n```python\ntotal = 20 + 3\n```"),
    "indented in text": markdown("So\n\n    total = 20 + 3"),
    "quoted": markdown("> So total = 20\n> + 3"),
    "in a table": markdown("| what |\n|---|\n| total = 20 + 3 |"),
    "in HTML": markdown("<details>total = 20 + 3</details>"),
    "escaped": markdown("So total \\= 20 \\+ 3"),
    "in a figure's text": code(
        "draw()", "keep-output", outputs=[figure(data={"text/html": PICTURE.format("total = 20 + 3")})]
    ),
}


@pytest.mark.parametrize("way", WAYS_OF_A_LEAK)
def test_a_solution_leaks_in_no_way(folder, way):
    with pytest.raises(ExerciseError, match=r"holds a line of a solution, 'total = 20 \+ 3'"):
        generate(write(folder, [*good_cells(), WAYS_OF_A_LEAK[way]]))


@pytest.mark.parametrize(
    ("solution", "leak"),
    [
        ("names = ['a', 'b']", code('names = ["a", "b"]')),
        ("total = first / (first + second)", markdown("It is first / (first + second).")),
        ("return first / (first + second)", markdown("It is `first / (first + second)`.")),
    ],
)
def test_a_solution_with_other_quotes_or_another_name_is_noticed(folder, solution, leak):
    blank = f"def f():\n    # BEGIN SOLUTION\n    {solution}\n    # END SOLUTION"
    with pytest.raises(ExerciseError, match="holds a line of a solution"):
        generate(write(folder, [*changed(BLANK, blank)(good_cells()), leak]))


@pytest.mark.parametrize(
    "fine", [code("subtotal = 20 + 3"), code("total = 20 + 30"), markdown("The total is 20 and 3 more."), code("total")]
)
def test_what_only_looks_similar_is_no_leak(folder, fine):
    generate(write(folder, [*good_cells(), fine]))


# --- rules ---


def test_objectives_are_read_across_lines():
    assert lesson_objectives(read_notebook(text_of([markdown(OBJECTIVES)]))) == ["count", "name the parts"]
    assert lesson_objectives(read_notebook(text_of([markdown("# 1")]))) == []


def test_groups_know_their_kind_and_objectives():
    first, second = exercise_groups(read_notebook(text_of(good_cells())))
    assert (first.name, first.kind, first.objectives, first.cell) == ("99.1", "predict", ["count"], 4)
    assert (second.kind, second.objectives) == ("interpret", ["name the parts"])


# --- the command line ---


def test_build_writes_once_and_check_agrees(folder, capsys):
    path = write(folder, good_cells())
    assert command.main(["check"], folder) == 1
    assert command.main(["build"], folder) == 0
    assert command.main(["build"], folder) == 0
    assert command.main(["check"], folder) == 0
    lines = [line.split()[-1] for line in capsys.readouterr().out.splitlines()]
    assert lines == ["written", "unchanged", "current"]
    assert target(path).read_text(encoding="utf-8") == generate(path)


def test_a_stale_file_and_an_orphan_are_reported(folder, capsys):
    path = write(folder, good_cells())
    command.main(["build"], folder)
    target(path).write_text(target(path).read_text(encoding="utf-8").replace("How many?", "How much?"))
    (folder / "exercises" / "98_gone.ipynb").write_text("{}")
    capsys.readouterr()
    assert command.main(["check"], folder) == 1
    said = capsys.readouterr().err
    assert "exercises/99_lesson.ipynb is not what its solutions make" in said
    assert "exercises/98_gone.ipynb has no solutions" in said


def test_the_tool_of_notebooks_leaves_generated_ones_alone(folder, capsys):
    path = write(folder, good_cells())
    command.main(["build"], folder)
    before = target(path).read_bytes()
    assert notebooks_command.main(["execute", str(target(path))]) == 1
    assert "is generated: correct notebooks/solutions/99_lesson.ipynb" in capsys.readouterr().err
    assert target(path).read_bytes() == before
