"""What every lesson owes its readers, whatever it teaches."""

import ast
import itertools
import re
from pathlib import Path

import pytest
from IPython.core.inputtransformer2 import TransformerManager

from tools.notebooks.embedded import figures_in
from tools.notebooks.tidy import read_notebook

ROOT = Path(__file__).resolve().parents[1]
LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
BELITTLING = re.compile(r"\b(simply|just|obviously|of course|trivially|clearly)\b", re.IGNORECASE)


@pytest.fixture(params=LESSONS, ids=lambda path: path.stem)
def cells(request):
    return read_notebook(request.param.read_text(encoding="utf-8")).cells


def markdown(cells):
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]


def outputs(cells):
    return [output for cell in cells for output in cell.get("outputs", [])]


def test_begins_with_what_a_reader_wants_to_know(cells):
    head = markdown(cells)[0]
    for part in ("# ", "colab-badge.svg", "**You will be able to**", "**Time:**", "**Needs:**"):
        assert part in head


def test_headings_never_skip_a_level(cells):
    levels = [len(match[1]) for text in markdown(cells) for match in re.finditer(r"^(#+) ", text, re.MULTILINE)]
    assert levels[0] == 1
    assert all(deeper <= level + 1 for level, deeper in itertools.pairwise(levels))
    assert levels.count(1) == 1


def test_no_word_belittles_the_reader(cells):
    assert [match[0] for text in markdown(cells) for match in BELITTLING.finditer(text)] == []


def test_every_figure_has_an_alternative_text(cells):
    """In HTML: what JupyterLab and nbconvert make of ``image/png`` leaves the text out."""
    figures = [figure for output in outputs(cells) for figure in figures_in(output)]
    assert figures
    assert {figure.format for figure in figures} == {"text/html"}
    assert min(len(figure.alt) for figure in figures) > 20


def test_every_table_has_a_heading(cells):
    pages = ["".join(output["data"].get("text/html", "")) for output in outputs(cells) if "data" in output]
    assert all("<caption" in page for page in pages if "<table" in page)


def test_code_cells_are_short(cells):
    sources = [cell["source"] for cell in cells if cell["cell_type"] == "code"]
    lengths = sorted(sum(bool(line.strip()) for line in source.splitlines()) for source in sources)
    assert lengths[len(lengths) // 2] <= 6
    assert lengths[-1] <= 30  # the article's program is the longest


def test_nothing_is_left_to_fill_in(cells):
    assert [text for text in markdown(cells) if re.search(r"TIME_TO|TABLE_TEXT|TODO|FIXME", text)] == []


def unguarded_imports(source, package):
    """Return the lines that import a package outside a `try` that catches its absence."""
    tree = ast.parse(TransformerManager().transform_cell(source))  # a cell may hold IPython's own lines (!, %)

    def imports(node, guarded):
        if isinstance(node, ast.Try):
            caught = " ".join(ast.unparse(handler.type) for handler in node.handlers if handler.type)
            inner = guarded or bool(re.search(r"ImportError|ModuleNotFoundError", caught))
            for child in node.body:
                yield from imports(child, inner)
            for child in [*node.handlers, *node.orelse, *node.finalbody]:
                yield from imports(child, guarded)
            return
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        if not guarded and any(name.split(".")[0] == package for name in names):
            yield node.lineno
        for child in ast.iter_child_nodes(node):
            yield from imports(child, guarded)

    return list(imports(tree, guarded=False))


def test_an_unguarded_import_is_found():
    free = "!pip list\nimport numpy\nif True:\n    from face_renderer.explorer import explorer"
    guarded = "try:\n    import face_renderer\nexcept ImportError as error:\n    print(error)"
    assert unguarded_imports(free, "face_renderer") == [4]
    assert unguarded_imports(guarded, "face_renderer") == []
    assert unguarded_imports(guarded.replace("ImportError as error", "ValueError"), "face_renderer") == [2]


def test_lessons_run_without_the_renderer(cells):
    """It needs packages that `make lab` does not install: a lesson may offer it, in a cell that does without it."""
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert [source for source in sources if unguarded_imports(source, "face_renderer")] == []


@pytest.mark.parametrize("path", sorted((ROOT / "course_utils").rglob("*.py")), ids=lambda path: path.stem)
def test_what_lessons_share_runs_without_the_renderer(path):
    source = path.read_text(encoding="utf-8")
    assert [package for package in ("face_renderer", "numba", "cv2") if unguarded_imports(source, package)] == []
