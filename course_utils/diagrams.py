"""Draw diagrams: tasks with their input and output, the training loop, and networks with their backward pass.

Each function returns a figure, which `plots.show` displays.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from course_utils import theme

PICTURE = 0.8  # inches, the edge of a drawn picture
ROW = PICTURE + 0.42  # inches: a picture with a name under it
BOX = 1.3, 0.62  # inches, width and height
INPUTS, OUTPUTS = 2.15, 7.3  # inches from the left: where the first picture begins; the middle of the answers


@dataclass(frozen=True)
class Question:
    """One question as an example: the pictures that go in, and the answer that comes out.

    Parameters
    ----------
    pictures : sequence of ndarray
        Pictures (h, w, 3) that go in.
    answer : str, or (top, left, height, width)
        What comes out: a word or two, or a frame in the first picture, in pixels.
    gallery : mapping of str to ndarray, optional
        The people who are known: a picture for each name.
    """

    pictures: Sequence[np.ndarray]
    answer: str | Sequence[int]
    gallery: Mapping[str, np.ndarray] | None = None


def questions(tasks: Mapping[str, Question]):
    """Draw tasks below each other: what goes in on the left, what comes out on the right.

    Parameters
    ----------
    tasks : mapping of str to Question
        A question for each task's name; if a name has several lines, the first is printed in bold.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there is no task.
    """
    if not tasks:
        raise ValueError("There is no task to draw.")
    height = ROW * len(tasks)
    figure, axis = _page(height + 0.3)
    axis.text(INPUTS, height + 0.15, "goes in", va="center")
    axis.text(OUTPUTS, height + 0.15, "comes out", va="center", ha="center")
    for number, (name, question) in enumerate(tasks.items(), 1):
        top = height - ROW * (number - 1)
        axis.plot([0, theme.WIDEST], [top, top], color=theme.FILL, linewidth=1)
        title, *rest = name.split("\n")
        axis.text(0.05, top - ROW / 2 + 0.15, title, weight="bold", va="center")
        axis.text(0.05, top - ROW / 2 - 0.15, "\n".join(rest), va="center")
        _draw_question(axis, question, middle=top - PICTURE / 2 - 0.1)
    return figure


def _draw_question(axis, question: Question, middle: float) -> None:
    """Draw pictures, gallery, arrow and answer around the height ``middle``."""
    left = INPUTS
    for picture in question.pictures:
        _picture(axis, picture, left, middle)
        left += PICTURE + 0.1
    if question.gallery:
        axis.text(left + 0.08, middle, "in", va="center", ha="center")
        left += 0.26
        for name, picture in question.gallery.items():
            _picture(axis, picture, left, middle)
            axis.text(left + PICTURE / 2, middle - PICTURE / 2 - 0.05, name, va="top", ha="center")
            left += PICTURE + 0.06
    if isinstance(question.answer, str):
        _box(axis, (OUTPUTS, middle), question.answer)
        _pointed_arrow(axis, (left, middle), (OUTPUTS - BOX[0] / 2, middle))
    else:
        _picture(axis, question.pictures[0], OUTPUTS - PICTURE / 2, middle, frame=question.answer)
        _pointed_arrow(axis, (left, middle), (OUTPUTS - PICTURE / 2, middle))


def training_loop():
    """Draw how a network learns: pictures, network, answers, loss, gradient, optimizer, and back to the weights.

    Returns
    -------
    matplotlib.figure.Figure
    """
    columns, (top, middle, bottom) = (0.75, 2.9, 5.05, 7.2), (2.85, 1.7, 0.45)
    places = {
        "training\npictures": (columns[0], middle),
        "network\nwith weights": (columns[1], middle),
        "answers": (columns[2], middle),
        "labels:\nthe truth": (columns[3], top),
        "loss": (columns[3], middle),
        "gradient": (columns[3], bottom),
        "optimizer": (columns[1], bottom),
    }
    pictures, network, answers, labels, loss, gradient, optimizer = places.values()
    figure, axis = _page(3.3)
    for text, place in places.items():
        _box(axis, place, text, theme.TOUCHED if place == network else theme.PAPER)
    _connect(axis, pictures, network, "a batch")
    _connect(axis, network, answers)
    _connect(axis, answers, loss)
    _connect(axis, labels, loss)
    _connect(axis, loss, gradient)
    _connect(axis, gradient, optimizer)
    _connect(axis, optimizer, network, "changes\nthe weights")
    return figure


def verification(pictures: Sequence[np.ndarray], score: float, threshold: float):
    """Draw how two pictures are compared: one network embeds both, a score, a threshold, an answer.

    Parameters
    ----------
    pictures : sequence of two ndarrays
        Pictures (h, w, 3).
    score : float
        How similar the embeddings are.
    threshold : float
        From this score on, the answer is "same person".

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there are not two pictures.
    """
    if len(pictures) != 2:
        raise ValueError(f"Two pictures are compared, not {len(pictures)}.")
    columns, rows = (1.65, 3.35, 5.25, 7.2), (1.75, 0.75)
    figure, axis = _page(2.6)
    middle = sum(rows) / 2
    for picture, height, name in zip(pictures, rows, ("a", "b"), strict=True):
        _picture(axis, picture, 0.05, height)
        _pointed_arrow(axis, (0.05 + PICTURE, height), (columns[0] - BOX[0] / 2, height))
        _box(axis, (columns[0], height), "the same\nnetwork", theme.TOUCHED)
        _connect(axis, (columns[0], height), (columns[1], height))
        _box(axis, (columns[1], height), f"embedding {name}\n128 numbers")
        _pointed_arrow(axis, (columns[1] + BOX[0] / 2, height), (columns[2] - BOX[0] / 2, middle))
    _box(axis, (columns[2], middle), f"score: cosine\n{score:.2f}")
    _connect(axis, (columns[2], middle), (columns[3], middle))
    _box(axis, (columns[3], middle), "same person" if score >= threshold else "two people")
    axis.text(columns[3], middle - BOX[1] / 2 - 0.1, f"threshold {threshold:.2f}", ha="center", va="top")
    return figure


def network_blocks(stages: Sequence[tuple[str, tuple[int, ...]]]):
    """Draw what each layer of a network gives as a block: as high as its maps, and wider the more channels it has.

    Parameters
    ----------
    stages : sequence of (str, tuple of int)
        For each layer its name, and the shape of what it gives, (height, width, channels) or (units,).

    Returns
    -------
    matplotlib.figure.Figure
    """
    from matplotlib import pyplot

    figure, axis = _canvas(2.9, across=(-0.5, len(stages) - 0.5), up=(-1.1, 1.1))
    largest = max(shape[0] for _, shape in stages if len(shape) == 3)
    for place, (name, shape) in enumerate(stages):
        maps = len(shape) == 3
        height = shape[0] / largest if maps else math.log2(shape[0] + 1) / 13
        width = (0.09 + 0.07 * math.log2(shape[2])) if maps else 0.09
        colour = theme.TOUCHED if maps else theme.SKY
        axis.add_patch(
            pyplot.Rectangle((place - width / 2, -height / 2), width, height, facecolor=colour, edgecolor=theme.EDGE)
        )
        axis.text(place, 0.62, name, ha="center", va="bottom")
        axis.text(place, -0.62, _written(shape), ha="center", va="top")
        if place:
            _arrow(axis, (place - 0.64, 0), (place - 0.36, 0), theme.EDGE, linewidth=1)
    return figure


def _written(shape: tuple[int, ...]) -> str:
    """Write a shape in two lines: the size of the maps, and how many there are."""
    return f"{shape[0]} × {shape[1]}\n× {shape[2]}" if len(shape) == 3 else f"{shape[0]:,}"


def graph_with_gradients(steps: Sequence[str], values: Sequence[str], gradients: Sequence[str], weights: dict):
    """Draw a chain of steps: values go forward above it, gradients come back below it.

    Parameters
    ----------
    steps : sequence of str
        What each step does.
    values, gradients : sequence of str
        The labels of the arrow into each step and of the arrow out of the last one: one more than there are steps.
    weights : dict
        For the number of a step with a weight, (the weight, its gradient) as texts.

    Returns
    -------
    matplotlib.figure.Figure
    """
    apart = 2.0
    figure, axis = _canvas(2.6, across=(-apart + 0.3, apart * len(steps) - 0.3), up=(-0.9, 1.3))
    for place, step in enumerate(steps):
        _framed_text(axis, apart * place, step)
    for place, (value, gradient) in enumerate(zip(values, gradients, strict=True)):
        left, right = apart * place - apart + 0.55, apart * place - 0.55
        _arrow(axis, (left, 0.2), (right, 0.2))
        _arrow(axis, (right, -0.2), (left, -0.2), theme.MARK)
        axis.text((left + right) / 2, 0.3, value, ha="center", va="bottom")
        axis.text((left + right) / 2, -0.3, gradient, ha="center", va="top", color=theme.MARK)
    for place, (weight, gradient) in weights.items():
        _arrow(axis, (apart * place - 0.15, 1.15), (apart * place - 0.15, 0.5))
        _arrow(axis, (apart * place + 0.15, 0.5), (apart * place + 0.15, 1.15), theme.MARK)
        axis.text(apart * place - 0.25, 0.9, weight, ha="right", va="center")
        axis.text(apart * place + 0.25, 0.9, gradient, ha="left", va="center", color=theme.MARK)
    return figure


def residual_block(steps: Sequence[str], shortcut: str):
    """Draw the steps of a residual block in a row, and the shortcut from its input to the sum behind them.

    Parameters
    ----------
    steps : sequence of str
        The layers between the input and the sum.
    shortcut : str
        What happens on the shortcut.

    Returns
    -------
    matplotlib.figure.Figure
    """
    apart, names = 1.5, [*steps, "+", "ReLU"]
    end, start, plus = apart * len(names), -0.8 * apart, apart * len(steps)
    figure, axis = _canvas(2.2, across=(start - 0.5, end), up=(-0.6, 1.6))
    for place, name in enumerate(names):
        _framed_text(axis, apart * place, name)
        came_from = apart * place - apart + 0.55 if place else start
        _arrow(axis, (came_from, 0), (apart * place - 0.55, 0))
    _arrow(axis, (end - apart + 0.55, 0), (end - 0.55, 0))
    axis.plot([start, start, plus], [0, 1.1, 1.1], color=theme.FRAME)
    _arrow(axis, (plus, 1.1), (plus, 0.25), theme.FRAME)
    axis.text((start + plus) / 2, 1.17, shortcut, ha="center", va="bottom", color=theme.FRAME)
    axis.text(start - 0.1, 0, "in", ha="right", va="center")
    axis.text(end - 0.5, 0, "out", ha="left", va="center")
    return figure


def _page(height: float):
    """Return a figure and its only axis, measured in inches from the lower left corner."""
    return _canvas(height, across=(0, theme.WIDEST), up=(0, height), aspect="equal")


def _canvas(height: float, across: tuple[float, float], up: tuple[float, float], aspect: str = "auto"):
    """Return a figure as wide as a page, `height` inches high, and its only axis, which has no frame."""
    from matplotlib import pyplot

    figure, axis = pyplot.subplots(figsize=(theme.WIDEST, height))
    axis.set(xlim=across, ylim=up, aspect=aspect)
    axis.axis("off")
    return figure, axis


def _picture(axis, picture: np.ndarray, left: float, middle: float, frame: Sequence[int] | None = None) -> None:
    """Draw a picture, with a frame in it or without."""
    from matplotlib import pyplot

    low, limits = middle - PICTURE / 2, axis.axis()
    axis.imshow(picture, extent=(left, left + PICTURE, low, low + PICTURE), interpolation="antialiased")
    axis.axis(limits)  # `imshow` has changed them
    if frame is not None:
        top, column, height, width = np.array(frame) * PICTURE / len(picture)
        corner = left + column, low + PICTURE - top - height
        axis.add_patch(pyplot.Rectangle(corner, width, height, fill=False, edgecolor=theme.HIGHLIGHT, linewidth=2.5))


def _box(axis, place: tuple[float, float], text: str, colour: str = theme.PAPER) -> None:
    """Draw a box around a place, with a text in it."""
    from matplotlib.patches import FancyBboxPatch

    corner, shape = (place[0] - BOX[0] / 2, place[1] - BOX[1] / 2), "round,pad=0,rounding_size=0.08"
    axis.add_patch(FancyBboxPatch(corner, *BOX, shape, facecolor=colour, edgecolor=theme.FRAME, linewidth=1.5))
    axis.text(*place, text, ha="center", va="center", linespacing=1.25)


def _connect(axis, start: tuple[float, float], end: tuple[float, float], label: str = "") -> None:
    """Draw an arrow from one box to another in the same row or column, with a label above it or on its left."""
    way = np.sign(np.subtract(end, start)) * np.array(BOX) / 2
    _pointed_arrow(axis, np.add(start, way), np.subtract(end, way))
    middle = np.add(start, end) / 2
    if way[0]:
        axis.text(middle[0], middle[1] + 0.08, label, ha="center", va="bottom")
    else:
        axis.text(middle[0] - 0.1, middle[1], label, ha="right", va="center")


def _framed_text(axis, x: float, text: str) -> None:
    """Draw a text in a box that fits it."""
    frame = {"boxstyle": "round,pad=0.4", "facecolor": theme.TOUCHED, "edgecolor": theme.EDGE}
    axis.text(x, 0, text, ha="center", va="center", bbox=frame)


def _pointed_arrow(axis, start: Sequence[float], end: Sequence[float]) -> None:
    """Draw the arrow of ideas: a filled head, and a gap in front of what it comes from."""
    _arrow(axis, start, end, arrowstyle="-|>", shrinkA=3)


def _arrow(axis, start: Sequence[float], end: Sequence[float], colour: str = theme.INK, **look) -> None:
    """Draw an arrow; `look` are properties of Matplotlib's arrows."""
    axis.annotate("", end, start, arrowprops={"arrowstyle": "->", "color": colour, "linewidth": 1.4} | look)
