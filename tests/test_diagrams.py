"""Diagrams: everything that goes in and comes out is drawn, and no arrow is missing."""

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.patches import FancyBboxPatch, Rectangle

from course_utils import diagrams, theme
from course_utils.diagrams import Question

PICTURE = np.full((10, 10, 3), 200, np.uint8)


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def texts(figure):
    return [text.get_text() for text in figure.axes[0].texts if text.get_text()]


def boxes(figure):
    """Return the middle of each box, by the text in it."""
    patches = [patch for patch in figure.axes[0].patches if isinstance(patch, FancyBboxPatch)]
    middles = [(patch.get_x() + patch.get_width() / 2, patch.get_y() + patch.get_height() / 2) for patch in patches]
    at = {tuple(np.round(text.get_position(), 6)): text.get_text() for text in figure.axes[0].texts}
    return {at[tuple(np.round(middle, 6))]: middle for middle in middles}


def arrows(figure):
    """Return start and end of each arrow."""
    return [(arrow.xyann, arrow.xy) for arrow in figure.axes[0].texts if getattr(arrow, "arrow_patch", None)]


def test_questions_draw_what_goes_in_and_what_comes_out():
    gallery = {"A": PICTURE, "B": PICTURE}
    figure = diagrams.questions(
        {"First\nwho?": Question([PICTURE], "B", gallery), "Second": Question([PICTURE] * 2, "yes")}
    )
    assert len(figure.axes[0].images) == 3 + 2
    assert {"First", "who?", "Second", "A", "B", "goes in", "comes out"} <= set(texts(figure))
    assert set(boxes(figure)) == {"B", "yes"}
    assert len(arrows(figure)) == 2


def test_a_frame_is_drawn_in_the_picture_that_comes_out_where_it_lies():
    figure = diagrams.questions({"Detection": Question([PICTURE], (1, 2, 4, 3))})
    goes_in, comes_out = (image.get_extent() for image in figure.axes[0].images)
    left, _right, low, high = comes_out
    assert goes_in[1] < left
    (frame,) = (patch for patch in figure.axes[0].patches if type(patch) is Rectangle)
    pixel = (high - low) / 10
    drawn = [high - frame.get_y() - frame.get_height(), frame.get_x() - left, frame.get_height(), frame.get_width()]
    np.testing.assert_allclose(drawn, np.array([1, 2, 4, 3]) * pixel)


def test_without_a_task_there_is_nothing_to_draw():
    with pytest.raises(ValueError, match=r"There is no task to draw\."):
        diagrams.questions({})


def test_the_training_loop_leads_from_the_pictures_back_to_the_weights():
    theme.style()
    figure = diagrams.training_loop()
    place = boxes(figure)

    def box_at(point):
        return min(place, key=lambda name: np.abs(np.subtract(place[name], point)).max())

    assert [(box_at(start), box_at(end)) for start, end in arrows(figure)] == [
        ("training\npictures", "network\nwith weights"),
        ("network\nwith weights", "answers"),
        ("answers", "loss"),
        ("labels:\nthe truth", "loss"),
        ("loss", "gradient"),
        ("gradient", "optimizer"),
        ("optimizer", "network\nwith weights"),
    ]


@pytest.mark.parametrize(("score", "answer"), [(0.5, "same person"), (0.3, "same person"), (0.29, "two people")])
def test_a_comparison_ends_in_the_answer_that_the_threshold_gives(score, answer):
    theme.style()
    figure = diagrams.verification([PICTURE, PICTURE], score, threshold=0.3)
    assert {f"score: cosine\n{score:.2f}", answer, "threshold 0.30"} <= set(texts(figure))
    assert len(arrows(figure)) == 7


def test_a_comparison_needs_two_pictures():
    with pytest.raises(ValueError, match="Two pictures are compared, not 1"):
        diagrams.verification([PICTURE], 0.5, 0.3)


def test_nothing_reaches_over_the_page():
    theme.style()
    for figure in (
        diagrams.training_loop(),
        diagrams.verification([PICTURE, PICTURE], 0.5, 0.3),
        diagrams.questions({"A\nb": Question([PICTURE], "no", {"C": PICTURE})}),
    ):
        figure.canvas.draw()
        axis = figure.axes[0]
        page = axis.get_window_extent()
        assert all(page.x0 - 1 <= text.get_window_extent().x0 for text in axis.texts if text.get_text())
        assert all(text.get_window_extent().x1 <= page.x1 + 1 for text in axis.texts if text.get_text())


def test_blocks_are_as_high_as_their_maps_and_say_their_shapes():
    figure = diagrams.network_blocks([("picture", (64, 64, 3)), ("pool", (32, 32, 16)), ("dense", (1024,))])
    heights = [patch.get_height() for patch in figure.axes[0].patches]
    assert heights[:2] == [1, 0.5]
    assert texts(figure) == ["picture", "64 × 64\n× 3", "pool", "32 × 32\n× 16", "dense", "1,024"]


def test_gradients_are_drawn_in_another_colour_than_values():
    figure = diagrams.graph_with_gradients(["double"], ["1", "2"], ["20", "10"], {0: ("w", "30")})
    colours = {text.get_text(): text.get_color() for text in figure.axes[0].texts if text.get_text()}
    assert {colours[text] for text in ("20", "10", "30")} == {theme.MARK}
    assert theme.MARK not in {colours[text] for text in ("double", "1", "2", "w")}


def test_a_graph_needs_a_value_and_a_gradient_at_each_arrow():
    with pytest.raises(ValueError, match="shorter"):
        diagrams.graph_with_gradients(["double"], ["1", "2"], ["20"], {})


def test_a_residual_block_ends_with_a_sum_and_relu():
    assert texts(diagrams.residual_block(["convolve"], "identity")) == [
        "convolve",
        "+",
        "ReLU",
        "identity",
        "in",
        "out",
    ]
