"""One look for everything: no colour is written out anywhere else, and a changed look is noticed."""

import ast
import io
import re
from pathlib import Path

import pytest
from fresh_python import cost
from IPython.core.inputtransformer2 import TransformerManager

from course_utils import theme
from tools.notebooks.tidy import read_notebook

ROOT = Path(__file__).resolve().parents[1]
LOOKS = [*sorted((ROOT / "course_utils").rglob("*.py")), ROOT / "face_renderer" / "explorer.py"]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb")) + sorted((ROOT / "notebooks" / "solutions").glob("*.ipynb"))
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\b")
COLOUR_ARGUMENTS = re.compile(r"(edge|face)?colou?rs?|cmap|c|ecolor|markeredgecolor|markerfacecolor")
NO_COLOURS = {"none", "rgb", "grayscale"}  # values of arguments with these names that are no colours


def colours_written_out(source: str) -> list[str]:
    """Return the colours in a source that do not come from the theme; C0, C1 ... are its line colours."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found += COLOUR.findall(node.value)
        if isinstance(node, ast.Call):
            for argument in node.keywords:
                if argument.arg and COLOUR_ARGUMENTS.fullmatch(argument.arg):
                    found += names_in(argument.value)
    return found


def names_in(value: ast.expr) -> list[str]:
    """Return the strings that a value may be, so also both of ``"white" if dark else "black"``."""
    match value:
        case ast.Constant(value=str(name)):
            return [] if name in NO_COLOURS or re.fullmatch(r"C\d", name) else [name]
        case ast.IfExp():
            return names_in(value.body) + names_in(value.orelse)
        case ast.List() | ast.Tuple():
            return [name for part in value.elts for name in names_in(part)]
    return []


def test_a_colour_written_out_is_found():
    assert colours_written_out('axis.plot(x, color="black", label="red")') == ["black"]
    assert colours_written_out('f(cmap="gray", edgecolors=["white", theme.MARK])') == ["gray", "white"]
    assert colours_written_out('f(color="white" if dark else "black", c="C1")') == ["white", "black"]
    assert colours_written_out('style = f"border: 1px #D55E00 {x}"') == ["#D55E00"]
    assert colours_written_out("axis.plot(x, color=theme.MARK, markerfacecolor='none')") == []


@pytest.mark.parametrize("path", LOOKS, ids=lambda path: path.stem)
def test_modules_take_their_colours_from_the_theme(path):
    if path.name != "theme.py":
        assert colours_written_out(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_lessons_take_their_colours_from_the_theme(path):
    cells = read_notebook(path.read_text(encoding="utf-8")).cells
    sources = [TransformerManager().transform_cell(cell.source) for cell in cells if cell.cell_type == "code"]
    assert [colour for source in sources for colour in colours_written_out(source)] == []


def test_lines_are_told_apart_and_from_paper():
    def luminance(colour):  # as the Web Content Accessibility Guidelines define it
        parts = [value / 255 for value in theme.rgb(colour)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    assert len(set(theme.LINES)) == len(theme.LINES)
    for colour in theme.LINES:
        assert (luminance(theme.PAPER) + 0.05) / (luminance(colour) + 0.05) > 2


def test_text_is_as_large_as_a_notebook_s():
    assert theme.TEXT * theme.PIXELS_PER_INCH / 72 > 13.5
    assert theme.WIDEST * theme.PIXELS_PER_INCH + 25 <= 828  # JupyterLab, in a window of 1280 pixels


def test_style_draws_figures_in_this_look():
    from matplotlib import pyplot as plt

    with plt.style.context("default"):
        theme.style()
        figure, axis = plt.subplots()
        (line,) = axis.plot([0, 1])
        assert line.get_color() == theme.LINES[0]
        assert axis.imshow([[0.0]]).get_cmap().name == theme.GREY
        assert figure.dpi == theme.PIXELS_PER_INCH
        figure.savefig(io.BytesIO())
        plt.close(figure)


def test_another_look_has_another_version(monkeypatch):
    before = theme.version()
    assert re.fullmatch("[0-9a-f]{8}", before)
    assert theme.version() == before
    for name, value in (("MARK", theme.BLUE), ("WIDEST", 9.0), ("STYLE", theme.STYLE | {"font.size": 11})):
        with monkeypatch.context() as changed:
            changed.setattr(theme, name, value)
            assert theme.version() != before


def test_the_import_is_instant():
    seconds, loaded = cost("from course_utils import theme")
    assert not loaded & {"matplotlib", "PIL"}
    assert seconds < 0.1
