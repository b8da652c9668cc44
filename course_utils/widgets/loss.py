"""The loss explorer of lesson 02: from a logit to a probability, its loss, and the gradient of that."""

from __future__ import annotations

import ipywidgets
import numpy as np

from course_utils import theme
from course_utils.from_scratch import losses
from course_utils.widgets.frame import (
    Explorer,
    Sheet,
    Shown,
    check_choice,
    check_number,
    choice,
    drawing_style,
    labelled,
    plain,
    side_by_side,
)

LIMIT = 8.0  # of the logit
HEIGHT = 330
CROSSENTROPY, SQUARED = "binary cross-entropy", "mean squared error"


def loss_explorer(logit: float = -2.0, label: int = 1) -> LossExplorer:
    """Return a widget that follows a logit to its probability, its loss and the gradient of that (lesson 02).

    Two losses are compared: binary cross-entropy, and the mean squared error behind a sigmoid.

    Parameters
    ----------
    logit
        At the start, -8 to 8; the slider shows it to one decimal.
    label
        The truth, 0 or 1.

    Returns
    -------
    LossExplorer
        A notebook shows it when it is a cell's last value.

    Raises
    ------
    ValueError
        If the logit or the label is not as described.
    """
    check_number("logit", logit, -LIMIT, LIMIT)
    check_choice("label", label, (0, 1))
    return LossExplorer(round(float(logit), 1), int(label))


def compute(label: int, logits: np.ndarray) -> dict[str, dict[str, np.ndarray]]:
    """Return loss and gradient at each logit, one example at a time, for both losses."""
    logits = np.asarray(logits, np.float64)
    examples = [(np.array([float(label)]), logits[[place]]) for place in range(len(logits))]
    return {
        CROSSENTROPY: {
            "loss": np.array([losses.binary_crossentropy(*example) for example in examples]),
            "gradient": np.array([losses.binary_crossentropy_gradient(*example)[0] for example in examples]),
        },
        SQUARED: {
            "loss": np.array([losses.mean_squared_error(truth, losses.sigmoid(logit)) for truth, logit in examples]),
            "gradient": np.array([losses.squared_error_behind_sigmoid_gradient(*example)[0] for example in examples]),
        },
    }


class LossExplorer(Explorer):
    """The widget that `loss_explorer` returns."""

    def __init__(self, logit: float, label: int):
        self._drawing = _Drawing()
        controls = {
            "logit": labelled(
                ipywidgets.FloatSlider,
                "logit",
                "what the network gives before the sigmoid; arrow keys move it by 0.1",
                value=logit,
                min=-LIMIT,
                max=LIMIT,
                step=0.1,
                readout_format=".1f",
            ),
            "label": choice("label", "the truth about this picture", [("0: no face", 0), ("1: a face", 1)], label),
        }
        super().__init__(controls, [side_by_side(*controls.values())])

    def draw(self) -> Shown:
        """Move the points along the curves."""
        logit, label = (
            round(self.values["logit"], 1),
            self.values["label"],
        )  # steps of 0.1 add up to 0.30000000000000004
        probability = float(losses.sigmoid(np.array(logit)))
        here = {
            name: {key: float(value[0]) for key, value in found.items()}
            for name, found in compute(label, [logit]).items()
        }
        numbers = {"logit": plain(logit, 1), "label": str(label), "probability": plain(probability, 4)}
        for name, found in here.items():
            numbers[name] = (
                f"loss {plain(found['loss'], 4)}, gradient with respect to the logit {plain(found['gradient'], 4)}"
            )
        return Shown(
            self._drawing.png(logit, label, probability, here),
            f"Curves over the logit: probability, loss and gradient, for label {label}; at logit {plain(logit, 1)} the "
            f"probability is {plain(probability)}, the cross-entropy {plain(here[CROSSENTROPY]['loss'])} with gradient "
            f"{plain(here[CROSSENTROPY]['gradient'])}, the squared error {plain(here[SQUARED]['loss'])} with gradient "
            f"{plain(here[SQUARED]['gradient'])}.",
            numbers,
        )


class _Drawing:
    """Three panels over the logit, with a point on each curve."""

    def __init__(self):
        self._logits = np.linspace(-LIMIT, LIMIT, 161)
        self._values = {label: compute(label, self._logits) for label in (0, 1)}
        looks = {CROSSENTROPY: (theme.LINES[0], "-", "o", 11), SQUARED: (theme.LINES[1], "--", "s", 7)}
        with drawing_style():
            self._sheet = Sheet(HEIGHT)
            panels = self._sheet.figure.subplots(1, 3)
            self._sheet.figure.subplots_adjust(left=0.05, right=0.99, bottom=0.21, top=0.86, wspace=0.26)
            heights = ((-0.04, 1.04), (-0.3, LIMIT + 0.3), (-1.08, 1.08))
            for panel, height in zip(panels, heights, strict=True):
                panel.set(xlabel="logit", xlim=(-LIMIT, LIMIT), ylim=height)
                panel.axhline(0, color=theme.FAINT, linewidth=0.8)
            panels[0].plot(self._logits, losses.sigmoid(self._logits), color=theme.INK)
            self._curves, self._points = {}, {}
            for panel, key in zip(panels[1:], ("loss", "gradient"), strict=True):
                for name, (color, line, marker, size) in looks.items():
                    self._curves[name, key] = panel.plot([], [], line, color=color, label=name)[0]
                    self._points[name, key] = panel.plot([], [], marker, color=color, markersize=size)[0]
            self._probability = panels[0].plot([], [], "o", color=theme.INK, markersize=9)[0]
            self._lines = [panel.axvline(0, color=theme.EDGE, linewidth=0.8, linestyle=":") for panel in panels]
            self._sheet.figure.legend(
                handles=[self._curves[name, "loss"] for name in looks], loc="lower center", ncols=2, borderaxespad=0.1
            )
            self._titles = [panel.set_title("") for panel in panels]
        moving = self._lines, self._curves.values(), self._points.values(), [self._probability], self._titles
        self._sheet.moving = [artist for group in moving for artist in group]

    def png(self, logit: float, label: int, probability: float, here: dict[str, dict[str, float]]) -> bytes:
        """Draw the points at one logit."""
        for (name, key), curve in self._curves.items():
            curve.set_data(self._logits, self._values[label][name][key])
        for line in self._lines:
            line.set_xdata([logit, logit])
        self._probability.set_data([logit], [probability])
        for (name, key), point in self._points.items():
            point.set_data([logit], [here[name][key]])
        titles = [f"probability\n{plain(probability)}"]
        for key, words in (("loss", f"loss, label {label}"), ("gradient", "gradient of the loss")):
            titles.append(f"{words}\n" + " and ".join(plain(found[key]) for found in here.values()))
        for text, words in zip(self._titles, titles, strict=True):
            text.set_text(words)
        return self._sheet.png()
