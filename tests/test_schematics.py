"""Drawings of ideas: everything that goes in and comes out is drawn, and no arrow of the loop is missing."""

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.patches import FancyBboxPatch, Rectangle

from course_utils import schematics, theme
from course_utils.schematics import Question

PICTURE = np.full((10, 10, 3), 200, np.uint8)


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def texts(figure):
    return [text.get_text() for text in figure.axes[0].texts]


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
    figure = schematics.questions(
        {"First\nwho?": Question([PICTURE], "B", gallery), "Second": Question([PICTURE] * 2, "yes")}
    )
    assert len(figure.axes[0].images) == 3 + 2
    assert {"First", "who?", "Second", "A", "B", "goes in", "comes out"} <= set(texts(figure))
    assert set(boxes(figure)) == {"B", "yes"}
    assert len(arrows(figure)) == 2


def test_a_frame_is_drawn_in_the_picture_that_comes_out_where_it_lies():
    figure = schematics.questions({"Detection": Question([PICTURE], (1, 2, 4, 3))})
    goes_in, comes_out = (image.get_extent() for image in figure.axes[0].images)
    left, _right, low, high = comes_out
    assert goes_in[1] < left
    (frame,) = (patch for patch in figure.axes[0].patches if type(patch) is Rectangle)
    pixel = (high - low) / 10
    drawn = [high - frame.get_y() - frame.get_height(), frame.get_x() - left, frame.get_height(), frame.get_width()]
    np.testing.assert_allclose(drawn, np.array([1, 2, 4, 3]) * pixel)


def test_without_a_task_there_is_nothing_to_draw():
    with pytest.raises(ValueError, match=r"There is no task to draw\."):
        schematics.questions({})


def test_the_training_loop_leads_from_the_pictures_back_to_the_weights():
    theme.style()
    figure = schematics.training_loop()
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
    figure = schematics.verification([PICTURE, PICTURE], score, threshold=0.3)
    written = {text.get_text() for text in figure.axes[0].texts}
    assert {f"score: cosine\n{score:.2f}", answer, "threshold 0.30"} <= written
    assert len(arrows(figure)) == 7


def test_a_comparison_needs_two_pictures():
    with pytest.raises(ValueError, match="Two pictures are compared, not 1"):
        schematics.verification([PICTURE], 0.5, 0.3)


def test_nothing_reaches_over_the_page():
    theme.style()
    for figure in (
        schematics.training_loop(),
        schematics.verification([PICTURE, PICTURE], 0.5, 0.3),
        schematics.questions({"A\nb": Question([PICTURE], "no", {"C": PICTURE})}),
    ):
        figure.canvas.draw()
        axis = figure.axes[0]
        page = axis.get_window_extent()
        assert all(page.x0 - 1 <= text.get_window_extent().x0 for text in axis.texts if text.get_text())
        assert all(text.get_window_extent().x1 <= page.x1 + 1 for text in axis.texts if text.get_text())
