"""The comparison of stored outputs with new ones: what is noise, and what is a regression."""

import base64
import io

import matplotlib.pyplot as plt
import numpy as np
import pytest
from nbformat.v4 import new_output

from tools.notebooks.compare import compare_outputs, compare_text
from tools.notebooks.embedded import Figure
from tools.notebooks.figures import DEFAULT_LIMIT, compare_figures, without_free_text
from tools.notebooks.tags import Tolerance, read_tags

SAME = [
    ("0.6816338896751404", "0.681634"),
    ("loss 0.68", "loss 0.69"),  # one unit in the last printed place
    ("loss 0.680", "loss 0.69"),  # of the coarser one
    ("1.02e-05", "1.03e-05"),
    ("1e-05", "1.02e-05"),
    ("3.", "3.0"),
    ("3", "3.0"),
    ("1e3", "1000.0"),
    ("-0.0", "0.0"),
    ("0.0", "1.2e-07"),
    ("nan", "nan"),
    ("inf -inf", "inf -inf"),
    ("97.5%", "97.6%"),
    ("97.5 %", "97.6 %"),
    ("1,234.56 images", "1,234.57 images"),
    ("accuracy 0.912 (0.888 to 0.931)", "accuracy 0.913 (0.887 to 0.932)"),
    ("[ 1.  -2.5]", "[1. -2.5]"),
    (
        "[[-0.29297432 -0.20333269]\n [-0.24394578 -0.22221458]]",
        "[[-0.2929743  -0.2033327 ]\n [-0.2439458  -0.2222146 ]]",
    ),
    ("array([5.594677  , 0.71834046], dtype=float32)", "array([5.594676 , 0.7183405], dtype=float32)"),
    ("[0.1 0.2\n 0.3]", "[0.1 0.2 0.3]"),  # wrapped at another column
    ("array([0.1, 0.2,\n       0.3], dtype=float32)", "array([0.1, 0.2, 0.3],\n      dtype=float32)"),
    ("[0.25,\n 0.5]", "[0.25, 0.5]"),
    ("  mean   std\n0  0.50  0.10", "   mean  std\n0  0.500  0.100"),
    ("<td>0.512</td>", "<td>0.511</td>"),
    ("$x = 0.512$", "$x = 0.511$"),
    ("text \n", "text"),
]

DIFFERENT = [
    ("loss 0.6800", "loss 0.6900"),
    ("168/256", "167/256"),
    ("89 parameters", "90 parameters"),
    ("1,234 parameters", "1,235 parameters"),
    ("-3", "3"),
    ("-0.5", "0.5"),
    ("3", "3.4"),
    ("[1. 2. 3.]", "[1. 2. 4.]"),  # nothing is printed after the point: exact values
    ("1e-05", "2e-05"),
    ("1e-05", "5e-05"),
    ("1e-3", "1e-4"),
    ("nan", "1.0"),
    ("nan", "inf"),
    ("inf", "-inf"),
    ("0.5", "NaN"),
    ("97.5%", "95.0%"),
    ("50%", "51%"),
    ("[0.1 0.2 0.3]", "[0.1 0.2]"),
    ("[[1 2]\n [3 4]]", "[[1 2 3 4]]"),
    ("dtype=float32", "dtype=float64"),
    ("layer conv2d_1", "layer conv2d_2"),
    ("(None, 16, 16, 8)", "(None, 16, 16, 7)"),
    ("tensorflow 2.21.0", "tensorflow 2.22.0"),
    ("tensorflow 2.21.0", "tensorflow 2.21.1"),
    ("v1.5", "v1.6"),
    ("0x7f00", "0x7f01"),
    ("2024-01-02", "2024-01-03"),
    ("12:01", "12:02"),
    ("f(3)=x2", "f(3)=x3"),
    ("a-5", "a-6"),
    ("25x25", "25x26"),
    ("5ms", "6ms"),
    ("a face", "no face"),
    ("True", "False"),
    ("one\ntwo", "one two"),
    ("onetwo", "one two"),
    ("text", ""),
]


@pytest.mark.parametrize(("stored", "new"), SAME)
def test_noise_is_no_difference(stored, new):
    assert compare_text(stored, new, Tolerance()) == []
    assert compare_text(new, stored, Tolerance()) == []


@pytest.mark.parametrize(("stored", "new"), DIFFERENT)
def test_a_regression_is_a_difference(stored, new):
    assert compare_text(stored, new, Tolerance())
    assert compare_text(new, stored, Tolerance())


def test_the_message_names_the_number_the_difference_and_the_rule():
    [message] = compare_text(
        "step 1\nloss 0.5000, accuracy 0.8000", "step 1\nloss 0.5001, accuracy 0.8400", Tolerance()
    )
    assert message == (
        "number 3: stored 0.8000, new 0.8400, difference 0.04 (5 %), "
        "tolerance 0.00084 (rtol 0.001), in the line 'loss 0.5000, accuracy 0.8000'"
    )


def test_the_message_shows_the_lines_that_differ():
    [message] = compare_text("a face\n0.5", "no face\n0.5", Tolerance())
    assert "-a face" in message
    assert "+no face" in message


def test_many_numbers_give_a_short_message():
    messages = compare_text(str(list(range(50))), str(list(range(1, 51))), Tolerance())
    assert len(messages) == 6
    assert messages[-1] == "... and 45 more numbers"


@pytest.mark.parametrize(
    ("tags", "stored", "new"),
    [
        (["rtol:1e-2"], "0.68000", "0.68600"),
        (["atol:0.05"], "0.10000", "0.14000"),
        (["int-tol:2"], "17 of 30", "19 of 30"),
    ],
)
def test_a_tag_widens_the_tolerance(tags, stored, new):
    tolerance, problems = read_tags(tags)
    assert problems == []
    assert compare_text(stored, new, Tolerance())
    assert compare_text(stored, new, tolerance) == []


def test_a_tag_does_not_widen_it_without_end():
    assert compare_text("0.68000", "0.69000", read_tags(["rtol:1e-2"])[0])
    assert compare_text("0.10000", "0.16000", read_tags(["atol:0.05"])[0])
    assert compare_text("17", "20", read_tags(["int-tol:2"])[0])
    assert compare_text("17", "18", read_tags(["rtol:1", "atol:1"])[0])


@pytest.mark.parametrize("tag", ["hide-input", "raises-exception", "nbval-skip", "nbval-ignore-output", "rtol:0"])
def test_good_tags_give_no_problem(tag):
    assert read_tags([tag])[1] == []


def test_image_tags_set_the_limit():
    assert read_tags([])[0].image == DEFAULT_LIMIT
    assert read_tags(["check-image"])[0].image == DEFAULT_LIMIT
    assert read_tags(["check-image:0.2"])[0].image == 0.2
    assert read_tags(["skip-image"])[0].image is None


@pytest.mark.parametrize(
    "tag",
    [
        *("rtol", "rtol:", "rtol:abc", "rtol:-1", "rtol:nan", "rtol:inf", "rtol=1e-2", "RTOL:1"),
        *("atol", "int_tol:2", "int-tol:many", "check-image:", "check_image", "checkimage", "check-images"),
        *("tolerance:3", "nbval-skp", "raise-exception", "skip_image", "skip-image:1"),
    ],
)
def test_a_tag_that_would_mean_nothing_is_an_error(tag):
    [problem] = read_tags([tag])[1]
    assert repr(tag) in problem
    assert "rtol:1e-2" in problem


def stream(text, name="stdout"):
    return new_output("stream", name=name, text=text)


def shown(**data):
    names = {"text": "text/plain", "png": "image/png", "html": "text/html", "latex": "text/latex"}
    return new_output("display_data", data={names[name]: content for name, content in data.items()})


def figure_with(alternative):
    """Return a figure with an alternative text, or without one."""
    figure = shown(text="<Figure>", png="A")
    figure.metadata = {"image/png": {"alt": alternative}} if alternative else {}
    return figure


def raised(name, message, traceback=()):
    return new_output("error", ename=name, evalue=message, traceback=list(traceback))


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        ([stream("a")], []),
        ([], [stream("a")]),
        ([stream("a")], [stream("a"), stream("b", "stderr")]),
        ([shown(text="<Figure>", png="A")], [shown(text="<Figure>")]),
        ([shown(text="<Figure>")], [shown(text="<Figure>", png="A")]),
        ([shown(text="x")], [stream("x")]),
        ([shown(text="x", html="<b>1</b>")], [shown(text="x", html="<b>2</b>")]),
        ([shown(text="x", latex="$1$")], [shown(text="x", latex="$2$")]),
        ([raised("NameError", "name 'x' is not defined")], [raised("NameError", "name 'y' is not defined")]),
        ([raised("KeyError", "3")], [raised("IndexError", "3")]),
        ([figure_with("left a face, right none")], [figure_with("right a face, left none")]),
        ([figure_with("a face")], [figure_with(None)]),
        ([figure_with(None)], [figure_with("a face")]),
        ([figure_with("a mean of 0.5")], [figure_with("a mean of 0.8")]),
    ],
)
def test_outputs_that_differ(stored, new):
    assert compare_outputs(stored, new, Tolerance())


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        ([stream("loss 0.512\n")], [stream("loss 0.513\n")]),
        ([raised("KeyError", "3", ["line 1"])], [raised("KeyError", "3", ["line 2"])]),
        ([figure_with("a mean of 0.512")], [figure_with("a mean of 0.513")]),
        ([shown(text="x", html="<b>0.512</b>")], [shown(text="x", html="<b>0.513</b>")]),
    ],
)
def test_outputs_that_match(stored, new):
    assert compare_outputs(stored, new, Tolerance()) == []


def test_the_message_names_output_and_format():
    stored, new = [stream("a"), shown(text="x", html="<b>1</b>")], [stream("a"), shown(text="x", html="<b>2</b>")]
    [message] = compare_outputs(stored, new, Tolerance())
    assert message.startswith("output 2, text/html: number 1: stored 1, new 2")


def test_the_message_lists_the_kinds():
    [message] = compare_outputs([stream("a"), shown(text="<Figure>", png="A")], [stream("a")], Tolerance())
    assert "stored: stdout, display_data (image/png, text/plain)" in message
    assert "new:    stdout" in message


DISTANCE = np.hypot(*np.mgrid[-1:1:50j, -1:1:50j])


def figure(title="distance", picture=DISTANCE, cmap="viridis", size=(4, 3), pad=6, metadata=None, **style):
    """Draw a figure as a notebook does and return it as a notebook stores it."""
    buffer = io.BytesIO()
    # From matplotlib's own settings on: another test in this process may have set the course's.
    with plt.style.context(["default", style]):
        drawn, axes = plt.subplots(figsize=size)
        axes.imshow(picture, cmap=cmap)
        axes.set_title(title, pad=pad)
        drawn.savefig(buffer, format="png", bbox_inches="tight", metadata=metadata)
        plt.close(drawn)
    return base64.b64encode(buffer.getvalue()).decode("ascii")


def compare(stored, new):
    return compare_figures(Figure("image/png", stored, ""), Figure("image/png", new, ""), DEFAULT_LIMIT)


@pytest.mark.parametrize(
    "same",
    [
        {},
        {"pad": 7},  # the picture is one pixel higher, the title in between pixels
        {"text.hinting": "none"},
        {"text.antialiased": False},
        {"picture": DISTANCE * 1.01},
    ],
)
def test_figures_that_match(same):
    assert compare(figure(), figure(**same)) is None


@pytest.mark.parametrize(
    "other",
    [
        {"title": "nearness"},
        {"title": ""},
        {"cmap": "viridis_r"},
        {"cmap": "cividis"},
        {"cmap": "gray"},
        {"picture": DISTANCE.T[::-1] ** 2},
        {"size": (4, 4)},
    ],
)
def test_figures_that_differ(other):
    assert compare(figure(), figure(**other))


def test_the_message_about_a_figure_says_where_and_how_much():
    message = compare(figure(), figure(title="nearness"))
    assert "near x = 176, y = 16 (pixels from the top left)" in message
    assert f"tolerance {DEFAULT_LIMIT:g}" in message


def test_the_message_about_a_size_says_both():
    assert "x 295 pixels" in compare(figure(), figure(size=(4, 4)))


def test_figures_are_compared_unless_a_tag_says_that_they_may_differ():
    stored, new = [shown(text="<Figure>", png=figure())], [shown(text="<Figure>", png=figure(cmap="gray"))]
    assert compare_outputs(stored, new, read_tags([])[0])
    assert compare_outputs(stored, new, read_tags(["skip-image"])[0]) == []


def test_pictures_of_a_grid_that_change_places_are_a_difference():
    """As if a lesson showed the rows of a set in another order, or a row of other people."""
    pictures = np.random.default_rng(0).integers(0, 255, (3, 4, 8, 8)).repeat(8, axis=2).repeat(8, axis=3)
    grid, exchanged = (np.block([list(row) for row in rows]) for rows in (pictures, pictures[[1, 0, 2]]))
    assert compare(figure(picture=grid), figure(picture=exchanged))


def test_transparent_is_white():
    clear, white = figure(**{"savefig.transparent": True}), figure()
    assert clear != white
    assert compare(clear, white) is None


def test_a_png_loses_its_comments_and_nothing_else():
    plain, commented = figure(metadata={"Software": None}), figure(metadata={"Software": "a version"})
    assert plain != commented
    assert without_free_text(commented) == plain
    assert without_free_text(plain) == plain
