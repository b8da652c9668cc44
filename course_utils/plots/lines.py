"""Draw what changes: learning curves, curves by name, and paths down a loss."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from course_utils import theme


def learning_curves(history: dict[str, list[float]], metrics: Sequence[str] = ("loss", "accuracy")):
    """Draw training and validation values over the epochs.

    Parameters
    ----------
    history
        What ``fit`` returns as ``.history``: for each metric, and for "val_" + metric, one value per epoch.
    metrics
        Which metrics to draw, one panel each.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If the history lacks a metric; the message names those it has.
    """
    from matplotlib import pyplot

    missing = [name for name in metrics if name not in history]
    if missing:
        raise ValueError(f"the history has no {missing}; it has {sorted(history)}")
    figure, axes = pyplot.subplots(1, len(metrics), figsize=(4 * len(metrics), 2.8), squeeze=False)
    for axis, name in zip(axes.flat, metrics, strict=True):
        epochs = np.arange(1, len(history[name]) + 1)
        axis.plot(epochs, history[name], marker="o", label="training")
        if f"val_{name}" in history:
            axis.plot(epochs, history[f"val_{name}"], marker="s", linestyle="--", label="validation")
        axis.set_xlabel("epoch")
        axis.set_ylabel(name)
        axis.legend()
    return figure


def curves(x: np.ndarray, lines: dict[str, np.ndarray], **labels):
    """Draw lines over one axis, told apart by colour and dash.

    Parameters
    ----------
    x : ndarray of float, shape (n,)
        Where the lines are known.
    lines : dict of ndarray, each of shape (n,)
        Their values, by the name in the legend; at most four.
    **labels
        What `matplotlib.axes.Axes.set` takes, such as ``xlabel``.

    Returns
    -------
    matplotlib.figure.Figure
    """
    from matplotlib import pyplot

    figure, axis = pyplot.subplots(figsize=(5, 2.6))
    for (name, values), dash in zip(lines.items(), ("-", "--", ":", "-."), strict=False):
        axis.plot(x, values, dash, label=name)
    axis.set(**labels)
    axis.legend()
    return figure


def descent_paths(loss, paths: dict[str, np.ndarray], limits: tuple[float, float] = (5.0, 2.5)):
    """Draw paths of an optimizer over the contour lines of a loss of two weights with its lowest point at (0, 0).

    Parameters
    ----------
    loss
        Function of an array (2, ...) of weights.
    paths
        For each title an array (steps + 1, 2) of weights; the first row is the start.
    limits
        The axes reach from minus to plus these values.

    Returns
    -------
    matplotlib.figure.Figure
    """
    from matplotlib import pyplot

    first, second = limits
    grid = np.array(np.meshgrid(np.linspace(-first, first, 80), np.linspace(-second, second, 60)))
    figure, axes = pyplot.subplots(
        1, len(paths), figsize=(min(3 * len(paths), theme.WIDEST), 2.6), sharey=True, squeeze=False
    )
    for axis, (title, path) in zip(axes.flat, paths.items(), strict=True):
        axis.contour(*grid, loss(grid), levels=12, colors=theme.MUTED, linewidths=0.7)
        axis.plot(*path.T, "o-", markersize=3, linewidth=1.2)
        axis.plot(*path[0], "s", color=theme.MARK)
        axis.plot(0, 0, "*", color=theme.INK, markersize=9)
        axis.set(title=title, xlim=(-first, first), ylim=(-second, second), xlabel="weight 1")
        axis.set_aspect("equal")  # or a round bowl is an ellipse, and 45 degrees are not
    axes[0, 0].set_ylabel("weight 2")
    return figure


def curve_panels(
    panels: dict[str, dict[str, np.ndarray]],
    labels: tuple[str, str],
    x: np.ndarray | None = None,
    scales: tuple[str, str] = ("linear", "linear"),
    limits: tuple[float, float] | None = None,
    columns: int = 3,
):
    """Draw named curves, with bands where there are several runs of each, and the names on the right.

    Parameters
    ----------
    panels : dict of dict of array
        For each title, for each curve's name, its values, (n,), or those of several runs, (runs, n): then the curve is
        their mean, and the band goes from their 5 % to their 95 % quantile.  A panel without a title has the title "".
    labels : tuple of str
        What is drawn to the right, and upwards.
    x : np.ndarray, optional
        Where the values belong to; by default counted from 0.
    scales : tuple of str
        "linear" or "log", of both axes.
    limits : tuple of float, optional
        The lowest and the highest value that are shown.
    columns : int
        Panels in a row.

    Returns
    -------
    matplotlib.figure.Figure
    """
    from matplotlib import pyplot
    from matplotlib.ticker import MaxNLocator

    columns = min(columns, len(panels))
    rows = -(-len(panels) // columns)
    size = (6.5 if columns == 1 else theme.WIDEST, 0.4 + 2.4 * rows)
    figure, axes = pyplot.subplots(rows, columns, figsize=size, sharey="row", squeeze=False)
    for axis, (title, curves) in zip(axes.flat, panels.items(), strict=True):
        for name, values in curves.items():
            runs = np.atleast_2d(values)
            places = np.arange(runs.shape[1]) if x is None else x
            (line,) = axis.plot(places, runs.mean(axis=0), label=name, linewidth=1.4)
            if len(runs) > 1:
                axis.fill_between(places, *np.quantile(runs, (0.05, 0.95), axis=0), color=line.get_color(), alpha=0.15)
        axis.set(title=title, xlabel=labels[0], xscale=scales[0], yscale=scales[1], ylim=limits)
        if scales[0] == "linear":
            # There is no half step; and in narrow panels, "150" and "200" must not touch.
            axis.xaxis.set_major_locator(MaxNLocator(4 if columns > 2 else "auto", integer=True))
    for first in axes[:, 0]:
        first.set_ylabel(labels[1])
    if all(set(curves) == set(next(iter(panels.values()))) for curves in panels.values()):
        axes[0, -1].legend(loc="center left", bbox_to_anchor=(1, 0.5))
    else:
        for axis in axes.flat:
            axis.legend()
    return figure
