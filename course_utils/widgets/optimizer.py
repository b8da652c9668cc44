"""The optimizer explorer of lesson 03: an optimizer walks a surface, and its loss is followed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import ipywidgets
import numpy as np

from course_utils import theme
from course_utils.from_scratch import optimizers
from course_utils.widgets.frame import (
    PICTURE_WIDTH,
    Explorer,
    Sheet,
    Shown,
    check_choice,
    check_number,
    choice,
    drawing_style,
    labelled,
    side_by_side,
)


@dataclass(frozen=True)
class Surface:
    """A loss of two weights, whose lowest value is 0.

    Attributes
    ----------
    loss
        Function of weights (2, ...) to losses (...).
    gradient
        Function of weights (2,) to the gradient (2,).
    start
        Where a walk begins.
    limits
        The picture reaches from minus to plus these two values.
    lowest
        The points where the loss is 0.
    """

    loss: Callable[[np.ndarray], np.ndarray]
    gradient: Callable[[np.ndarray], np.ndarray]
    start: tuple[float, float]
    limits: tuple[float, float] = (5.0, 3.0)
    lowest: tuple[tuple[float, float], ...] = ((0.0, 0.0),)


SURFACES = {
    "bowl": Surface(lambda w: (w[0] ** 2 + w[1] ** 2) / 2, lambda w: np.array([w[0], w[1]]), (-4.0, 2.0)),
    # 25 times as steep across as along: the rate that is right for one is wrong for the other.
    "ravine": Surface(lambda w: (w[0] ** 2 + 25 * w[1] ** 2) / 2, lambda w: np.array([w[0], 25 * w[1]]), (-4.0, 1.5)),
    # The walk begins almost on the ridge that leads to the saddle point (0, 0).
    "saddle": Surface(
        lambda w: w[0] ** 2 / 2 - w[1] ** 2 / 2 + w[1] ** 4 / 16 + 1,
        lambda w: np.array([w[0], w[1] ** 3 / 4 - w[1]]),
        (-4.0, 0.02),
        lowest=((0.0, -2.0), (0.0, 2.0)),
    ),
}
# How each is made from the two sliders.
OPTIMIZERS = {
    "gradient descent": lambda rate, _momentum: optimizers.SGD(rate),
    "momentum": lambda rate, momentum: optimizers.SGD(rate, momentum),
    "Nesterov": lambda rate, momentum: optimizers.SGD(rate, momentum, nesterov=True),
    "RMSprop": lambda rate, _momentum: optimizers.RMSprop(rate),
    "Adam": lambda rate, momentum: optimizers.Adam(rate, beta_1=momentum),
}
WITHOUT_MOMENTUM = ("gradient descent", "RMSprop")
ROUND = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9)
RATES = [float(f"{factor}e{power}") for power in range(-3, 1) for factor in ROUND]
MOST_STEPS = 100
SHOWN_LOSSES = (1e-8, 1e4)
TOO_FAR = 1e6  # times the loss at the start: the walk is stopped
HEIGHT = 312  # of the picture, in pixels; with controls and numbers it fits a projector of 720 lines


def optimizer_explorer(
    surface: str | Surface = "ravine", optimizer: str = "gradient descent", learning_rate: float = 0.03,
    momentum: float = 0.9, steps: int = 40,
) -> OptimizerExplorer:  # fmt: skip
    """Return a widget in which an optimizer walks a surface (lesson 03).

    Parameters
    ----------
    surface
        At the start: one of `SURFACES`, or a `Surface` of your own.
    optimizer
        At the start: one of `OPTIMIZERS`.
    learning_rate
        At the start, 0.001 to 9.
    momentum
        At the start, 0 to 0.99, to two decimals; Adam calls it ``beta_1``, gradient descent and RMSprop have none.
    steps
        At the start, 1 to 100.

    Returns
    -------
    OptimizerExplorer
        A notebook shows it when it is a cell's last value.

    Raises
    ------
    ValueError
        If an argument is not as described.
    """
    surfaces = dict(SURFACES)
    if isinstance(surface, Surface):
        surfaces["your own"] = surface
        surface = "your own"
    check_choice("surface", surface, list(surfaces))
    check_choice("optimizer", optimizer, list(OPTIMIZERS))
    check_number("learning_rate", learning_rate, RATES[0], RATES[-1])
    check_number("momentum", momentum, 0, 0.99)
    check_number("steps", steps, 1, MOST_STEPS, whole=True)
    return OptimizerExplorer(surfaces, surface, optimizer, float(learning_rate), round(float(momentum), 2), steps)


def walk(surface: Surface, optimizer, steps: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the weights after each step, (steps + 1, 2), and the losses, (steps + 1,).

    A walk whose loss passes a million times that of its start, or is no number, ends there: fewer rows come back.
    """
    path = [np.array(surface.start, np.float64)]
    found = [float(surface.loss(path[0]))]
    with np.errstate(over="ignore", invalid="ignore"):  # a walk that diverges is no mistake here
        while len(path) <= steps and found[-1] <= TOO_FAR * found[0]:
            path.append(optimizer.update(path[-1], surface.gradient(path[-1])))
            found.append(float(surface.loss(path[-1])))
    return np.array(path), np.array(found)


class OptimizerExplorer(Explorer):
    """The widget that `optimizer_explorer` returns; ``path`` and ``losses`` are what it shows."""

    number_columns = 2

    def __init__(
        self, surfaces: dict[str, Surface], surface: str, optimizer: str, learning_rate: float, momentum: float,
        steps: int,
    ):  # fmt: skip
        self._surfaces = surfaces
        self._drawing = _Drawing()
        controls = {
            "surface": choice("surface", "the loss of two weights", list(surfaces), surface),
            "optimizer": choice("optimizer", "how a step is made", list(OPTIMIZERS), optimizer),
            "learning_rate": labelled(
                ipywidgets.SelectionSlider,  # its values are round, unlike those of a logarithmic slider
                "learning rate",
                "how far a step goes",
                options=[(f"{rate:g}", rate) for rate in sorted({*RATES, learning_rate})],
                value=learning_rate,
            ),
            "momentum": labelled(
                ipywidgets.FloatSlider,
                "momentum",
                "share of the last step that is taken again; Adam calls it beta_1",
                value=momentum,
                min=0,
                max=0.99,
                step=0.01,
                readout_format=".2f",
            ),
            "steps": labelled(
                ipywidgets.IntSlider, "steps", "how many steps are walked", value=steps, min=1, max=MOST_STEPS
            ),
        }
        super().__init__(controls, [side_by_side(*controls.values())])

    def draw(self) -> Shown:
        """Walk from the start, and follow the loss."""
        values = self.values
        momentum, rate = round(values["momentum"], 2), values["learning_rate"]
        surface = self._surfaces[values["surface"]]
        unused = values["optimizer"] in WITHOUT_MOMENTUM
        self.controls["momentum"].disabled = unused
        self.path, self.losses = walk(surface, OPTIMIZERS[values["optimizer"]](rate, momentum), values["steps"])
        outcome = self._outcome(surface)
        few = outcome.partition(":")[0]
        marks = "■ start  ○ end  ★ lowest"
        titles = f"{values['optimizer']}, {values['surface']}\n{marks}", f"loss {few}\n{self.losses[-1]:.3g} at the end"
        return Shown(
            self._drawing.png(surface, self.path, self.losses, titles),
            f"The path of {values['optimizer']} on the surface {values['surface']}, learning rate {rate:.3g}, from a "
            f"square over {len(self.path) - 1} steps to a circle, and the loss at each step. The loss {outcome}.",
            {
                "learning rate": f"{rate:.3g}",
                "momentum": f"not used by {values['optimizer']}" if unused else f"{momentum:.2f}",
                "first loss": f"{self.losses[0]:.4g}",
                "last loss": f"{self.losses[-1]:.4g}, after {len(self.path) - 1} of {values['steps']} steps",
                "last weights": "({:.4g}, {:.4g})".format(*self.path[-1]),
                "the loss": outcome,
            },
        )

    def _outcome(self, surface: Surface) -> str:
        """Say in words what became of the loss; up to the colon, in few."""
        first, last = self.losses[0], self.losses[-1]
        if not last <= TOO_FAR * first:
            return (
                f"diverges: after {len(self.losses) - 1} steps it is over a million times that of the start, and the "
                "walk was stopped; lower the learning rate"
            )
        outside = bool((np.abs(self.path) > surface.limits).any())
        left = "; the path leaves the picture" * outside
        if last > first:
            return f"is higher than at the start: {last / first:.3g} times as high{left}"
        if last <= 1e-3 * first:
            return f"is near its lowest value: {last / first:.2g} times that of the start{left}"
        return f"falls: to {last / first:.2g} times that of the start{left}"


def _place(left: float, width: float) -> tuple[float, float, float, float]:
    """Return where a panel is, as Matplotlib wants it; 216 pixels high, above the label of its axis."""
    return left / PICTURE_WIDTH, 50 / HEIGHT, width / PICTURE_WIDTH, 216 / HEIGHT


class _Drawing:
    """The path over contour lines, and the loss at each step."""

    def __init__(self):
        self._surface = self._limits = self._contours = None
        with drawing_style():
            self._sheet = Sheet(HEIGHT)
            figure = self._sheet.figure
            self._map = figure.add_axes(_place(62, 360))  # 360 to 216, as 5 to 3: one scale for both weights
            self._follow = figure.add_axes(_place(505, 235))
            self._map.set(xlabel="weight 1", ylabel="weight 2")
            self._follow.set(xlabel="step", yscale="log")
            # Always the same, so that two walks can be compared, and the axes are drawn only once.
            self._follow.set(xlim=(0, MOST_STEPS), ylim=SHOWN_LOSSES)
            self._follow.minorticks_off()  # drawing them takes as long as all the rest
            self._lowest = self._map.plot([], [], "*", color=theme.INK, markersize=11)[0]
            self._path = self._map.plot([], [], ".-", color=theme.LINES[0], linewidth=1.2, markersize=5)[0]
            self._start = self._map.plot([], [], "s", color=theme.MARK, markersize=8)[0]
            self._end = self._map.plot(
                [], [], "o", color=theme.MARK, markersize=10, markerfacecolor="none", markeredgewidth=2.5
            )[0]
            self._losses = self._follow.plot([], [], ".-", color=theme.LINES[0], linewidth=1.2, markersize=5)[0]
            self._titles = [panel.set_title("", fontsize=11) for panel in (self._map, self._follow)]

    def png(self, surface: Surface, path: np.ndarray, found: np.ndarray, titles: tuple[str, str]) -> bytes:
        """Draw a walk."""
        if surface is not self._surface:
            self._draw_surface(surface)
        for text, words in zip(self._titles, titles, strict=True):
            text.set_text(words)
        self._path.set_data(*path.T)
        self._start.set_data(*path[:1].T)
        self._end.set_data(*path[-1:].T)
        self._losses.set_data(np.arange(len(found)), found)
        return self._sheet.png()

    def _draw_surface(self, surface: Surface) -> None:
        """Draw the contour lines; their distances grow with the loss, so that the ground is not bare."""
        self._surface = surface
        wide, high = surface.limits
        grid = np.array(np.meshgrid(np.linspace(-wide, wide, 160), np.linspace(-high, high, 96)))
        heights = surface.loss(grid)
        if self._contours is not None:
            self._contours.remove()
        levels = heights.max() * np.linspace(0.03, 1, 12) ** 2
        self._contours = self._map.contour(*grid, heights, levels=levels, colors=theme.MUTED, linewidths=0.7)
        self._lowest.set_data(*np.array(surface.lowest).T)
        if surface.limits != self._limits:
            self._limits = surface.limits
            self._map.set(xlim=(-wide, wide), ylim=(-high, high))
            self._sheet.renew()
        walked = [self._path, self._start, self._end, self._losses]
        self._sheet.moving = [self._contours, self._lowest, *walked, *self._titles]
