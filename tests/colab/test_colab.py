"""The lessons as Colab runs them: its versions, the badge's notebook alone, the course fetched by the setup cell.

constraints.txt beside this file says which versions.  They are installed into .venv-colab, once; where Python 3.13 is
not to be found, into an environment of the running Python, with a warning.

Notebooks take turns: `lessons_to_run` says whose turn it is at this commit.  `make test-colab` runs all.
"""

import dataclasses
import hashlib
import os
import subprocess
import sys
import warnings
from pathlib import Path

import lessons_to_run
import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tools.notebooks.execute import compare_result
from tools.notebooks.kernel import NotebookKernel
from tools.notebooks.tags import read_tags
from tools.notebooks.tidy import cell_tags, normalise, numbered_code_cells, output_problems, read_notebook
from tools.outline import links

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = ROOT / "notebooks"
CONSTRAINTS = Path(__file__).with_name("constraints.txt")
COLAB_PYTHON = "3.13"
PRETEND_COLAB = """
import sys, types
sys.modules["google.colab"] = types.ModuleType("google.colab")
"""


def requirements(path: Path) -> list[Requirement]:
    lines = (line.partition("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [Requirement(line) for line in lines if line]


def run(*command: str | Path, **options) -> str:
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **options)
    assert result.returncode == 0, result.stderr
    return result.stdout


def uv(*arguments: str | Path) -> str:
    return run(sys.executable, "-m", "uv", *arguments)


def test_colabs_own_versions_satisfy_the_requirements():
    """So the setup cell has nothing to install there; only the program that shows notebooks is Colab's own."""
    colab = {wanted.name: Version(str(wanted.specifier).removeprefix("==")) for wanted in requirements(CONSTRAINTS)}
    needed = {wanted.name: wanted.specifier for wanted in requirements(ROOT / "requirements.txt")}
    del needed["jupyterlab"]
    assert {name: str(colab.get(name)) for name in needed if colab.get(name) not in needed[name]} == {}


def find_python() -> str:
    command = [sys.executable, "-m", "uv", "python", "find", "--no-python-downloads", COLAB_PYTHON]
    found = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT.parent)
    if found.returncode == 0:
        return found.stdout.strip()
    # pyenv keeps its Pythons out of uv's sight unless they are switched on.
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    for python in sorted(pyenv.glob(f"versions/{COLAB_PYTHON}.*/bin/python")):
        return str(python)
    warnings.warn(
        f"Python {COLAB_PYTHON} was not found; Colab's versions run on {sys.version.split()[0]}", stacklevel=2
    )
    return sys.executable


@pytest.fixture(scope="module")
def colab_python() -> Path:
    """Python with Colab's versions, and nothing of the course."""
    folder = ROOT / ".venv-colab"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    base = find_python()
    recipe = hashlib.sha256(CONSTRAINTS.read_bytes() + base.encode()).hexdigest()
    stamp = folder / "recipe"
    if not stamp.exists() or stamp.read_text() != recipe:
        uv("venv", "--quiet", "--clear", "--python", base, folder)
        uv("pip", "install", "--quiet", "--python", python, "--requirement", CONSTRAINTS)
        stamp.write_text(recipe)
    return python


@pytest.fixture
def colab_machine(published, tmp_path, monkeypatch) -> Path:
    """An empty folder of a fresh machine that takes itself for Colab; the course's address leads to `published`."""
    repository = links.read_repository()
    settings = tmp_path / "gitconfig"
    address = f"https://github.com/{repository.owner}/{repository.name}"
    settings.write_text(f'[url "{published.as_uri()}"]\n\tinsteadOf = {address}\n')
    (tmp_path / "startup").mkdir()
    (tmp_path / "startup" / "sitecustomize.py").write_text(PRETEND_COLAB)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "startup"))
    monkeypatch.setenv("PYDEVD_DISABLE_FILE_VALIDATION", "1")  # the old ipykernel's debugger warns on Python 3.13
    content = tmp_path / "content"
    content.mkdir()
    return content


def every_notebook() -> list:
    """All notebooks; those that are not run are skipped, with the reason."""
    paths = sorted(NOTEBOOKS.glob("*.ipynb")) + sorted(NOTEBOOKS.glob("solutions/*.ipynb"))
    names = [path.relative_to(NOTEBOOKS).with_suffix("").as_posix() for path in paths]
    reasons = lessons_to_run.reasons_to_skip(names, ROOT, os.environ)
    return [pytest.param(name, marks=pytest.mark.skip(reasons[name]) if name in reasons else ()) for name in names]


def as_colab_shows_it(cell):
    """Take the picture from an explorer's stored output: Colab gets the widget alone (`widgets.frame` says why)."""
    shown = dict(cell.metadata.get("course", {})).get("widgets")
    for output in cell.outputs if shown else ():
        if "\n" in output.get("data", {}).get("text/plain", ""):  # a figure's text is its alternative text, one line
            output.get("data", {}).pop("text/html", None)
    return cell


@pytest.mark.parametrize("lesson", every_notebook())
def test_lesson_runs_and_gives_the_stored_outputs(lesson, colab_python, colab_machine):
    notebook = normalise(read_notebook((NOTEBOOKS / f"{lesson}.ipynb").read_text(encoding="utf-8")))
    packages = uv("pip", "freeze", "--python", colab_python)
    problems = []
    with NotebookKernel(notebook, colab_machine, python=colab_python) as kernel:
        for number, cell in numbered_code_cells(notebook):
            result = kernel.run(notebook.cells.index(cell))
            found = output_problems(result.outputs, cell_tags(cell))
            if "nbval-ignore-output" not in cell_tags(cell):
                # Words and numbers as strictly as ever; another matplotlib draws the same figure a little differently.
                tolerance = dataclasses.replace(read_tags(cell_tags(cell))[0], image=None)
                found += compare_result(as_colab_shows_it(cell), result, tolerance)
            problems += [f"cell [{number}]: {problem}" for problem in found]
    assert problems == []
    assert (colab_machine / "course" / "course_utils").is_dir()
    assert [path.name for path in colab_machine.iterdir()] == ["course"]
    assert uv("pip", "freeze", "--python", colab_python) == packages
