import pytest
from matplotlib import pyplot as plt

from course_utils import diagrams, theme


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def texts(figure):
    return [text.get_text() for text in figure.axes[0].texts if text.get_text()]


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
