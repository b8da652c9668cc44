import warnings
from dataclasses import replace

import numpy as np
import pytest
from matplotlib import pyplot as plt

from course_utils import fonts, plots, theme
from tools.notebooks.embedded import figures_in


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def test_face_grid_has_a_panel_and_a_title_for_each_picture():
    figure = plots.face_grid(np.zeros((5, 4, 4, 3), np.uint8), titles=list("abcde"), columns=3)
    shown = [axis for axis in figure.axes if axis.images]
    assert [axis.get_title() for axis in shown] == list("abcde")
    assert len(figure.axes) == 6


def test_face_grid_shows_all_pictures_on_one_scale():
    """A dark picture must stay dark: no panel may have a grey scale of its own."""
    figure = plots.face_grid(np.stack([np.full((2, 2), 10), np.full((2, 2), 200)]))
    assert {axis.images[0].get_clim() for axis in figure.axes} == {(0, 255)}


@pytest.mark.parametrize(("count", "titles", "message"), [(0, None, "no images"), (2, ["a"], "2 images but 1 titles")])
def test_face_grid_refuses_what_does_not_fit(count, titles, message):
    with pytest.raises(ValueError, match=message):
        plots.face_grid(np.zeros((count, 4, 4, 3), np.uint8), titles)


def drawn(figure, tmp_path) -> list[str]:
    """Draw a figure and return what Matplotlib warned of."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        figure.savefig(tmp_path / "figure.png")
    return [str(warning.message) for warning in caught]


def test_a_name_may_have_any_sign_in_it(tmp_path):
    names = ["$a{$", r"\frac", "50 $ & 50 $"]
    assert drawn(plots.face_grid(np.zeros((3, 4, 4, 3), np.uint8), titles=names), tmp_path) == []
    assert drawn(plots.confusion_table(np.arange(3), np.arange(3), names), tmp_path) == []


def test_signs_that_no_font_has_are_named_once(tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "_installed", frozenset)
    fonts._warn.cache_clear()
    with warnings.catch_warnings():  # which puts the filters back afterwards
        with pytest.warns(UserWarning, match="No font of this machine has the signs 小李王, which are drawn as boxes"):
            plots.face_grid(np.zeros((2, 4, 4, 3), np.uint8), titles=["王小", "李 é"])
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", message="Glyph")
        plots.face_grid(np.zeros((2, 4, 4, 3), np.uint8), titles=["王小", "李 é"]).savefig(tmp_path / "figure.png")


def test_a_font_that_has_the_signs_helps_out(monkeypatch):
    """Two of Matplotlib's own fonts stand for those of a machine: the second has a sign that the first lacks."""
    monkeypatch.setitem(plt.rcParams, "font.family", ["cmr10"])
    monkeypatch.setattr(fonts, "FALLBACKS", ("STIXNonUnicode", "DejaVu Sans"))
    fonts.prepare(["Ж a"])
    assert plt.rcParams["font.family"] == ["cmr10", "DejaVu Sans"]


def test_learning_curves_draw_training_and_validation():
    figure = plots.learning_curves({"loss": [3, 2, 1], "val_loss": [3, 3, 4]}, metrics=["loss"])
    training, validation = figure.axes[0].lines
    assert training.get_xydata().tolist() == [[1, 3], [2, 2], [3, 1]]
    assert validation.get_ydata().tolist() == [3, 3, 4]
    assert [text.get_text() for text in figure.axes[0].get_legend().get_texts()] == ["training", "validation"]


def test_learning_curves_name_what_is_missing():
    with pytest.raises(ValueError, match=r"no \['accuracy'\]; it has \['loss'\]"):
        plots.learning_curves({"loss": [1]})


def test_curves_are_told_apart_by_dash_and_named():
    x = np.array([0.0, 1.0])
    figure = plots.curves(x, {"up": x, "down": -x}, xlabel="angle")
    (axis,) = figure.axes
    assert [line.get_label() for line in axis.lines] == ["up", "down"]
    assert len({line.get_linestyle() for line in axis.lines}) == 2
    np.testing.assert_array_equal(axis.lines[1].get_ydata(), -x)
    assert axis.get_xlabel() == "angle"
    plt.close(figure)


def test_confusion_table_has_the_truth_in_rows():
    figure = plots.confusion_table(np.array([0, 0, 1]), np.array([1, 1, 1]), ["no", "yes"])
    assert [text.get_text() for text in figure.axes[0].texts] == ["0", "2", "0", "1"]
    assert figure.axes[0].get_ylabel() == "truth"


def test_panels_have_a_grey_scale_of_their_own_or_the_one_that_is_asked_for():
    maps = {"edges": np.array([[-1.0, 3.0]]), "picture": np.array([[0.0, 0.5]])}
    figure = plots.panels(maps, limits={"edges": (-3, 3)})
    assert [axis.images[0].get_clim() for axis in figure.axes] == [(-3, 3), (0, 0.5)]


@pytest.fixture
def displayed(monkeypatch):
    """What `plots.show` displays, by format."""
    outputs = []
    monkeypatch.setattr("IPython.display.display", lambda data, raw: outputs.append(data))
    return outputs


def test_similarity_histogram_tells_both_rates_of_error():
    similarity, mated = np.array([0.1, 0.2, 0.3, 0.8, 0.2, 0.6, 0.9, 0.7]), np.repeat([False, True], 4)
    figure = plots.similarity_histogram(similarity, mated, threshold=0.6)
    labels = [text.get_text() for text in figure.legends[0].get_texts()]
    assert labels == ["two people", "false match: 0.25", "the same person", "false non-match: 0.25"]


def test_groups_of_intervals_tell_what_is_measured_from_what_is_copied():
    groups = {"pixels only": [("ours", 0.6, 0.5, 0.8, True), ("theirs", 0.7, 0.7, 0.7, False)], "nobody yet": []}
    figure = plots.interval_groups(groups, "accuracy", ("measured", "published"))
    (axis,) = figure.axes
    assert [tick.get_text() for tick in axis.get_yticklabels()] == ["pixels only", "ours", "theirs", "nobody yet"]
    assert [tick.get_fontweight() for tick in axis.get_yticklabels()] == ["bold", "normal", "normal", "bold"]
    ours, theirs = axis.containers
    assert ours[0].get_xydata().tolist() == [[0.6, 1]]
    assert ours[2][0].get_segments()[0].tolist() == [[0.5, 1], [0.8, 1]]
    assert theirs[0].get_markerfacecolor() == theme.PAPER != ours[0].get_markerfacecolor()
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["measured", "published"]


def test_show_passes_the_alternative_text_on(displayed):
    plots.show(plt.figure(), alt='A "line" < 1.')
    (data,) = displayed
    assert set(data) == {"text/html", "text/plain"}
    assert data["text/plain"] == 'A "line" < 1.'
    assert 'alt="A &quot;line&quot; &lt; 1."' in data["text/html"]
    assert plt.get_fignums() == []


def test_a_figure_is_sharper_than_the_page_shows_it(displayed):
    figure = plt.figure(figsize=(4, 2))
    figure.patch.set_facecolor(theme.MARK)
    plots.show(figure, alt="A line.")
    (drawn,) = figures_in({"data": displayed[0]})
    shown = drawn.image()
    assert abs(shown.width - 4 * theme.PIXELS_PER_INCH) < 25  # cut at the edges, with a margin
    assert abs(replace(drawn, width=None).image().width - theme.SHARPNESS * shown.width) <= 1


FACES = np.zeros((12, 4, 4, 3), np.uint8)
LONG_ROW = {f"number {number}": np.zeros((4, 4)) for number in range(8)}
PATHS = dict.fromkeys("abcd", np.ones((2, 2)))
WIDE = {
    "face_grid": lambda: plots.face_grid(FACES, columns=12),
    "panels": lambda: plots.panels(LONG_ROW),
    "learning_curves": lambda: plots.learning_curves({"loss": [1], "accuracy": [1]}),
    "descent_paths": lambda: plots.descent_paths(lambda w: w[0] ** 2 + w[1] ** 2, PATHS),
    "similarity_histogram": lambda: plots.similarity_histogram(np.array([0.0, 1.0]), np.array([False, True]), 0.5),
    "interval_panels": lambda: plots.interval_panels({title: {"row": (1, 0, 2)} for title in "abcd"}, "gain"),
}


@pytest.mark.parametrize("name", WIDE)
def test_no_figure_is_wider_than_the_page(name):
    assert WIDE[name]().get_figwidth() <= theme.WIDEST + 1e-9


TITLED = WIDE | {
    "face_grid": lambda: plots.face_grid(FACES, titles=["two\nlines"] * 12),
    "confusion_table": lambda: plots.confusion_table(np.array([0, 1]), np.array([0, 1]), ["no", "yes"]),
}


@pytest.mark.parametrize("name", TITLED)
def test_every_text_is_as_large_as_the_notebook_s(name):
    with plt.style.context("default"):
        theme.style()
        texts = [text for text in TITLED[name]().findobj(plt.Text) if text.get_text()]
    assert texts
    assert min(text.get_fontsize() for text in texts) * theme.PIXELS_PER_INCH / 72 > 13.5


def test_titles_of_a_grid_have_their_place():
    plain, titled = (plots.face_grid(FACES[:5], titles) for titles in (None, ["two\nlines"] * 5))
    two_lines = 2 * theme.TEXT / 72
    assert titled.get_figheight() - plain.get_figheight() > two_lines


def test_panels_say_what_and_how_large_and_frame_what_was_found():
    images = {"found": np.zeros((30, 40, 3), np.uint8), "edges": np.zeros((5, 6))}
    figure = plots.panels(images, boxes={"found": np.array([1, 2, 10, 20])})
    assert [axis.get_title() for axis in figure.axes] == ["found\n30 × 40", "edges\n5 × 6"]
    (frame,) = figure.axes[0].patches
    assert (frame.get_x(), frame.get_y(), frame.get_width(), frame.get_height()) == (2, 1, 20, 10)
    assert not figure.axes[1].patches


def test_panels_refuse_a_box_without_a_picture():
    with pytest.raises(ValueError, match=r"boxes for \['b'\], but the images are \['a'\]"):
        plots.panels({"a": np.zeros((2, 2))}, boxes={"b": np.zeros(4)})


def test_descent_paths_draw_each_path_from_its_start():
    path = np.array([[-4.0, 1.0], [-2.0, 0.5]])
    figure = plots.descent_paths(lambda weights: weights[0] ** 2 + weights[1] ** 2, {"slow": path})
    line, start, lowest = figure.axes[0].lines
    np.testing.assert_array_equal(line.get_xydata(), path)
    np.testing.assert_array_equal(start.get_xydata(), path[:1])
    np.testing.assert_array_equal(lowest.get_xydata(), [[0, 0]])
    assert figure.axes[0].get_title() == "slow"


def test_curve_panels_draw_a_curve_for_one_run_and_mean_and_band_for_several():
    runs = np.array([[1.0, 2, 3], [3, 4, 5]])
    figure = plots.curve_panels({"": {"one": runs[0], "both": runs}}, ("step", "loss"), x=[10, 20, 30])
    (axis,) = figure.axes
    one, both = axis.lines
    assert one.get_xydata().tolist() == [[10, 1], [20, 2], [30, 3]]
    assert both.get_ydata().tolist() == [2, 3, 4]
    (band,) = axis.collections
    np.testing.assert_allclose(band.get_paths()[0].get_extents().get_points(), [[10, 1.1], [30, 4.9]])
    assert (axis.get_xlabel(), axis.get_ylabel()) == ("step", "loss")


def test_curve_panels_share_a_legend_where_their_names_are_the_same():
    values = np.arange(3.0)
    same = plots.curve_panels({"left": {"a": values}, "right": {"a": values}}, ("step", "loss"))
    assert [axis.get_legend() is not None for axis in same.axes] == [False, True]
    other = plots.curve_panels({"left": {"a": values}, "right": {"b": values}}, ("step", "loss"), limits=(0, 9))
    assert [axis.get_legend() is not None for axis in other.axes] == [True, True]
    assert other.axes[0].get_ylim() == (0, 9)
    assert [axis.get_title() for axis in other.axes] == ["left", "right"]
