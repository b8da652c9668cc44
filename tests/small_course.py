"""A small course in a folder of the test, out of step with its outline; faults can be planted in it."""

import shutil

from nbformat import v4

from tools.notebooks.tidy import executed_code, read_notebook, write_notebook
from tools.outline import __main__ as command
from tools.outline.read import ROOT

COURSE = """
[goal]
in_class = 75
alone = 120

[[lessons]]
number = 0
title = "Start"
subject = "what is to come"
article = "1"
status = "ready"
file = "00_start"
exercises = false
in_class = 5
alone = 5
runs_in = 15

[[lessons]]
number = 1
title = "Layers"
subject = "by hand"
question = "what is a layer?"
article = "3.1"
status = "ready"
file = "01_layers"
exercises = true
in_class = 5
alone = 5
runs_in = 90

[[lessons]]
number = 2
title = "Losses"
subject = "what is wrong"
question = "how wrong is it?"
article = "3.2"
status = "in preparation"
"""
README = """# A course
<!-- outline: clone -->
<!-- end -->

<!-- outline: status -->
<!-- end -->
<!-- outline: lessons -->
the old table
<!-- end -->
Written by hand.
<!-- outline: exercises -->
<!-- end -->
"""
HEAD = "# Old title\n\n[![Open in Colab](a)](b)\n\nText.\n\n**Time:** long.\n**Needs:** nothing.\n\n**Why?**"
SETUP = "import sys\n\nold = 1\nenvironment.setup(seed=3)\n\nimport numpy as np"
TABLES = "<!-- outline: lessons -->\n<!-- end -->\n\n"


def a_notebook(head=HEAD, setup=SETUP, end="Some text.\n\n**Next:** old"):
    cells = [v4.new_markdown_cell(head), v4.new_code_cell(setup), v4.new_markdown_cell(end)]
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    made = v4.new_notebook(cells=cells)
    made.metadata["course"] = {"executed_code": executed_code(made)}
    return made


def write_course(folder):
    """Write the course into an empty folder and return it."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    files = {"course.toml": COURSE, "README.md": README, "CONTRIBUTING.md": "Nothing.\n"}
    head = HEAD.replace("**Time:** long.\n", "")
    files |= {
        "notebooks/00_start.ipynb": write_notebook(a_notebook(end=f"{TABLES}**Next:** old")),
        "notebooks/01_layers.ipynb": write_notebook(a_notebook()),
        "notebooks/solutions/01_layers.ipynb": write_notebook(a_notebook(head)),
        "notebooks/exercises/01_layers.ipynb": write_notebook(a_notebook(head)),
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def run(root, *arguments):
    """Run the tool on a course and return its exit status."""
    return command.main(list(arguments), root)


def cells_of(path):
    """Return the cells of a notebook."""
    return read_notebook(path.read_text(encoding="utf-8")).cells


def replace(path, old, new):
    """Replace a text in a file that has it."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
