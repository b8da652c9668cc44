"""Figures inside HTML: found, compared, made small for the file, and drawn again after a change of the theme."""

import base64
import io
import re

import numpy as np
import pytest
import skimage
from made_up_notebooks import notebook, outputs, stored, stream
from matplotlib import pyplot as plt
from nbconvert import HTMLExporter
from nbformat.v4 import new_output
from PIL import Image

from course_utils import theme
from course_utils.markup import picture_html
from tools.notebooks import embedded
from tools.notebooks.compare import compare_outputs
from tools.notebooks.embedded import figures_in, smaller_file, with_smaller_figures, words_of
from tools.notebooks.execute import execute
from tools.notebooks.tags import Tolerance
from tools.notebooks.tidy import find_problems, read_notebook, write_notebook

RANDOM = np.random.default_rng(0)
NOISE = RANDOM.integers(0, 256, (40, 60, 3), np.uint8)


def png(pixels) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return buffer.getvalue()


def shown(pixels=NOISE, alt="A face.", width=60):
    return new_output("display_data", data={"text/html": picture_html(png(pixels), alt, width), "text/plain": alt})


def pixels_of(figure):
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(figure.data))).convert("RGB")).astype(int)


def test_a_figure_in_html_is_found_with_its_text_and_width():
    (figure,) = figures_in(shown(alt='One "line" < 3', width=30))
    assert (figure.format, figure.alt, figure.width) == ("text/html", 'One "line" < 3', 30)
    assert figure.image().size == (30, 20)
    assert np.array_equal(pixels_of(figure), NOISE)


def test_a_png_and_a_table_are_told_apart_from_it():
    bare = new_output("display_data", data={"image/png": "AAAA"}, metadata={"image/png": {"alt": "A line."}})
    assert [(figure.format, figure.alt) for figure in figures_in(bare)] == [("image/png", "A line.")]
    assert figures_in(new_output("display_data", data={"text/html": "<table></table>"})) == []
    assert figures_in(stream("text")) == []


def test_the_words_of_html_hold_the_alternative_text_and_no_picture():
    markup = f"<p>1</p>{shown().data['text/html']}<p>2</p>"
    assert words_of(markup) == '<p>1</p><img alt="A face."><p>2</p>'


def test_figures_in_html_are_compared_unless_a_tag_says_that_they_may_differ():
    turned = shown(NOISE[::-1].copy())
    assert compare_outputs([shown()], [turned], Tolerance(image=None)) == []
    (message,) = compare_outputs([shown()], [turned], Tolerance())
    assert message.startswith("output 1, text/html: figure differs near")


def test_another_alternative_text_differs_always():
    assert compare_outputs([shown()], [shown(alt="A house.")], Tolerance())


def test_figures_are_compared_in_the_size_of_the_page():
    sharp = np.kron(NOISE, np.ones((2, 2, 1), np.uint8))
    assert compare_outputs([shown()], [shown(sharp)], Tolerance(image=0.001)) == []


def drawing() -> np.ndarray:
    """Return curves and letters, as a lesson draws them."""
    with plt.style.context("default"):
        theme.style()
        figure, axes = plt.subplots(1, 2, figsize=(8, 3))
        for axis in axes:
            for number in range(5):
                axis.plot(np.cumsum(RANDOM.normal(size=30)), label=f"run {number}")
            axis.legend()
        buffer = io.BytesIO()
        figure.savefig(buffer, dpi=200)
        plt.close(figure)
    return np.asarray(Image.open(buffer).convert("RGB"))


def faces() -> np.ndarray:
    """Return noise in large pixels, as hard to store as the pixels of faces."""
    return np.kron(NOISE // 4 + 90, np.ones((4, 4, 1), np.uint8))


@pytest.mark.parametrize(("pixels", "fraction"), [(drawing(), 0.5), (faces(), 0.9)], ids=["curves", "faces"])
def test_a_figure_becomes_smaller_and_looks_the_same(pixels, fraction):
    before = base64.b64encode(png(pixels)).decode()
    kind, _, after = smaller_file(before).partition(";base64,")
    assert kind == "image/png"
    assert len(after) < fraction * len(before)
    found = pixels_of(embedded.Figure("text/html", after, ""))
    change = np.abs(found - pixels).max(axis=2)
    assert change.max() <= 16
    assert np.mean(change > 4) <= 0.05
    for extreme in (0, 255):  # paper stays paper, ink stays ink
        assert (found[(pixels == extreme).all(axis=2)] == extreme).all()
    assert smaller_file(before) == f"{kind};base64,{after}"


def test_a_photograph_becomes_a_jpeg_and_looks_the_same():
    photograph = skimage.data.astronaut()
    before = shown(photograph, "A portrait.", 256)
    after = with_smaller_figures(shown(photograph, "A portrait.", 256))
    assert 'src="data:image/jpeg;base64,' in after.data["text/html"]
    assert len(after.data["text/html"]) < 0.6 * len(before.data["text/html"])
    assert words_of(after.data["text/html"]) == words_of(before.data["text/html"])
    assert compare_outputs([before], [after], Tolerance(image=0.02)) == []


def test_only_the_picture_changes_when_it_becomes_smaller():
    output = shown(np.kron(NOISE // 4, np.ones((4, 4, 1), np.uint8)))
    before = output.data["text/html"]
    after = with_smaller_figures(output).data["text/html"]
    assert len(after) < len(before)
    assert words_of(after) == words_of(before)
    assert after.partition(" alt=")[2] == before.partition(" alt=")[2]


def test_an_exported_page_has_the_alternative_text():
    """That of an ``image/png`` nbconvert's own template leaves out."""
    made = notebook({"source": "1", "outputs": [shown(alt="A laughing face.")]})
    page, _ = HTMLExporter().from_notebook_node(made)
    assert re.findall(r'<img\b[^>]*\balt="([^"]*)"', page) == ["A laughing face."]


def test_a_large_figure_in_html_is_found():
    text = stored({"source": "1", "outputs": [shown(RANDOM.integers(0, 256, (400, 400, 3), np.uint8))]})
    assert "image of 48" in find_problems(text)[1][0]


def test_the_name_of_a_folder_inside_a_picture_is_none():
    output = shown()
    output.data["text/html"] = output.data["text/html"].replace("base64,", "base64,+/tmp/face", 1)
    assert 1 not in find_problems(stored({"source": "1", "outputs": [output]}))


def test_a_long_printed_line_is_found():
    text = stored({"source": "1", "outputs": [stream("x" * 100 + "\n" + "y" * 101 + "\n")]})
    assert "a line of 101 columns, at most 100: 'yyy" in find_problems(text)[1][0]
    assert find_problems(stored({"source": "1", "outputs": [stream("x" * 100 + "\n")]})) == {}


# --- the theme ---


def test_figures_of_another_theme_are_found():
    with_figure = {"source": "1", "outputs": [shown()]}
    assert find_problems(stored(with_figure, course={"theme": theme.version()})) == {}
    for course in ({"theme": "0123abcd"}, {}):
        (message,) = find_problems(stored(with_figure, course=course))[0]
        assert f"and it is now {theme.version()}: run `make notebooks`" in message


def test_a_notebook_without_figures_has_no_theme():
    assert find_problems(stored("1", course={"theme": "0123abcd"})) == {}


DRAWS = """
from matplotlib import pyplot as plt
from nbconvert import HTMLExporter
from course_utils import plots
figure, axis = plt.subplots(figsize=(2, 2))
axis.text(0.2, 0.5, "a word")
plots.show(figure, alt="A word in a square.")
"""


def test_another_theme_draws_figures_again_and_leaves_numbers(tmp_path, monkeypatch):
    path = tmp_path / "lesson.ipynb"
    path.write_text(write_notebook(notebook("print(0.500)", DRAWS)), encoding="utf-8")
    execute(path)
    text = path.read_text(encoding="utf-8")
    assert read_notebook(text).metadata.course.theme == theme.version()
    assert find_problems(text) == {}
    assert not execute(path).changed

    changed = read_notebook(text)
    changed.cells[0].outputs[0].text = "0.5001\n"
    markup = changed.cells[1].outputs[0].data["text/html"]
    # So little that it matches, and would stay if the theme were the same.
    changed.cells[1].outputs[0].data["text/html"] = markup.replace("max-width: 100%", "max-width: 90%", 1)
    changed.metadata.course.theme = "0123abcd"
    path.write_text(write_notebook(changed), encoding="utf-8")
    execute(path)
    number, figure = outputs(path)
    assert number.text == "0.5001\n"
    assert figure.data["text/html"] == markup
    assert find_problems(path.read_text(encoding="utf-8")) == {}
