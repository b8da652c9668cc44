"""Draw networks as diagrams: the blocks of a network, a graph with its way back, a residual block."""

from __future__ import annotations

import math
from collections.abc import Sequence

from course_utils import theme


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

    figure, axis = pyplot.subplots(figsize=(theme.WIDEST, 2.9))
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
            axis.annotate(
                "", (place - 0.36, 0), (place - 0.64, 0), arrowprops={"arrowstyle": "->", "color": theme.EDGE}
            )
    axis.set(xlim=(-0.5, len(stages) - 0.5), ylim=(-1.1, 1.1))
    axis.axis("off")
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
        What stands on the arrow into each step, and on that out of the last one: one more than there are steps.
    weights : dict
        For the number of a step with a weight, (the weight, its gradient) as texts.

    Returns
    -------
    matplotlib.figure.Figure
    """
    from matplotlib import pyplot

    figure, axis = pyplot.subplots(figsize=(theme.WIDEST, 2.6))
    apart = 2.0
    for place, step in enumerate(steps):
        _box(axis, apart * place, 0, step)
    for place, (value, gradient) in enumerate(zip(values, gradients, strict=True)):
        left, right = apart * place - apart + 0.55, apart * place - 0.55
        _arrow(axis, (left, 0.2), (right, 0.2), theme.INK)
        _arrow(axis, (right, -0.2), (left, -0.2), theme.MARK)
        axis.text((left + right) / 2, 0.3, value, ha="center", va="bottom")
        axis.text((left + right) / 2, -0.3, gradient, ha="center", va="top", color=theme.MARK)
    for place, (weight, gradient) in weights.items():
        _arrow(axis, (apart * place - 0.15, 1.15), (apart * place - 0.15, 0.5), theme.INK)
        _arrow(axis, (apart * place + 0.15, 0.5), (apart * place + 0.15, 1.15), theme.MARK)
        axis.text(apart * place - 0.25, 0.9, weight, ha="right", va="center")
        axis.text(apart * place + 0.25, 0.9, gradient, ha="left", va="center", color=theme.MARK)
    axis.set(xlim=(-apart + 0.3, apart * len(steps) - 0.3), ylim=(-0.9, 1.3))
    axis.axis("off")
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
    from matplotlib import pyplot

    figure, axis = pyplot.subplots(figsize=(theme.WIDEST, 2.2))
    apart, names = 1.5, [*steps, "+", "ReLU"]
    end, start, plus = apart * len(names), -0.8 * apart, apart * len(steps)
    for place, name in enumerate(names):
        _box(axis, apart * place, 0, name)
        came_from = apart * place - apart + 0.55 if place else start
        _arrow(axis, (came_from, 0), (apart * place - 0.55, 0), theme.INK)
    _arrow(axis, (end - apart + 0.55, 0), (end - 0.55, 0), theme.INK)
    axis.plot([start, start, plus], [0, 1.1, 1.1], color=theme.FRAME)
    _arrow(axis, (plus, 1.1), (plus, 0.25), theme.FRAME)
    axis.text((start + plus) / 2, 1.17, shortcut, ha="center", va="bottom", color=theme.FRAME)
    axis.text(start - 0.1, 0, "in", ha="right", va="center")
    axis.text(end - 0.5, 0, "out", ha="left", va="center")
    axis.set(xlim=(start - 0.5, end), ylim=(-0.6, 1.6))
    axis.axis("off")
    return figure


def _box(axis, x: float, y: float, text: str) -> None:
    frame = {"boxstyle": "round,pad=0.4", "facecolor": theme.TOUCHED, "edgecolor": theme.EDGE}
    axis.text(x, y, text, ha="center", va="center", bbox=frame)


def _arrow(axis, start: tuple[float, float], end: tuple[float, float], colour: str) -> None:
    axis.annotate("", end, start, arrowprops={"arrowstyle": "->", "color": colour, "linewidth": 1.4})
