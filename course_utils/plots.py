"""Figures that several lessons draw.  Each function takes arrays and returns a figure; `show` displays it."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np

from course_utils import fonts, theme
from course_utils.markup import picture_html


def show(figure, alt: str) -> None:
    """Display a figure with its alternative text for screen readers.

    Parameters
    ----------
    figure
        A matplotlib figure.
    alt
        One sentence that says what the figure shows.
    """
    from IPython.display import display
    from matplotlib import pyplot
    from PIL import Image

    buffer = io.BytesIO()
    dpi = theme.SHARPNESS * theme.PIXELS_PER_INCH
    figure.savefig(buffer, dpi=dpi, bbox_inches="tight", metadata={"Software": None})  # the version would make a diff
    width = round(Image.open(buffer).width / theme.SHARPNESS)
    display({"text/html": picture_html(buffer.getvalue(), alt, width), "text/plain": alt}, raw=True)
    pyplot.close(figure)  # or the notebook shows it a second time at the end of the cell


def face_grid(images: np.ndarray, titles: Sequence[str] | None = None, columns: int = 5, picture_size: float = 1.2):
    """Draw pictures in a grid.

    Parameters
    ----------
    images
        Array (n, h, w, 3) uint8, or (n, h, w) for grey.
    titles
        One short line above each picture, n of them, or None.
    columns
        Pictures in a row.
    picture_size
        Width of one picture, in inches; it is less where the row would be wider than the page.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there are no images, or titles and images differ in number.
    """
    from matplotlib import pyplot

    if len(images) == 0:
        raise ValueError("there are no images to draw")
    if titles is not None and len(titles) != len(images):
        raise ValueError(f"{len(images)} images but {len(titles)} titles")
    fonts.prepare(() if titles is None else titles)
    columns = min(columns, len(images))
    rows = -(-len(images) // columns)
    width = min(picture_size, theme.WIDEST / columns)
    height = width if titles is None else width + _height_of_titles(titles)
    figure, axes = pyplot.subplots(rows, columns, figsize=(columns * width, rows * height), squeeze=False)
    for axis in axes.flat:
        axis.axis("off")
    for index, (axis, image) in enumerate(zip(axes.flat, images, strict=False)):
        axis.imshow(image, vmin=0, vmax=255)
        if titles is not None:
            axis.set_title(titles[index], fontsize=theme.TEXT, parse_math=False)  # a name may have a $ in it
    return figure


def _height_of_titles(titles: Sequence[str]) -> float:
    """Return the space that the highest title takes, in inches."""
    lines = max(title.count("\n") + 1 for title in titles)
    return 0.1 + lines * 1.2 * theme.TEXT / 72


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


def confusion_table(truth: np.ndarray, answers: np.ndarray, names: Sequence[str]):
    """Draw how often each true class (rows) got each answer (columns).

    Parameters
    ----------
    truth, answers
        Integer labels, both of shape (n,).
    names
        Name of each label.

    Returns
    -------
    matplotlib.figure.Figure
    """
    from matplotlib import pyplot
    from sklearn.metrics import ConfusionMatrixDisplay

    fonts.prepare(names)
    figure, axis = pyplot.subplots(figsize=(3.6, 2.8))
    ConfusionMatrixDisplay.from_predictions(
        truth, answers, labels=range(len(names)), display_labels=names, cmap=theme.COUNTS, colorbar=False, ax=axis
    )
    for label in (*axis.get_xticklabels(), *axis.get_yticklabels()):
        label.set_parse_math(False)  # a name may have a $ in it
    axis.spines[:].set_visible(True)
    axis.set_xlabel("answer")
    axis.set_ylabel("truth")
    return figure


def similarity_histogram(similarity: np.ndarray, mated: np.ndarray, threshold: float):
    """Draw how similar mated and non-mated pairs are, a threshold, and the share of each that is on its wrong side.

    Each kind of pair is a histogram of its own, of area 1, however many pairs it has.

    Parameters
    ----------
    similarity
        One score per pair, shape (n,).
    mated
        True where both pictures show the same person, shape (n,).
    threshold
        From here on, a pair is taken for the same person.

    Returns
    -------
    matplotlib.figure.Figure
    """
    from matplotlib import pyplot

    figure, axis = pyplot.subplots(figsize=(6.5, 3.2))
    edges = np.linspace(similarity.min(), similarity.max(), 81)
    errors = (
        ("two people", ~mated, lambda scores: scores >= threshold, "false match"),
        ("the same person", mated, lambda scores: scores < threshold, "false non-match"),
    )
    for color, (name, kind, wrong, error) in zip(theme.LINES, errors, strict=False):
        scores = similarity[kind]
        rate = wrong(scores).mean()
        heights, _edges = np.histogram(scores, edges, density=True)
        axis.stairs(heights, edges, color=color, linewidth=1.5, label=name)
        middle = (edges[:-1] + edges[1:]) / 2
        axis.stairs(
            np.where(wrong(middle), heights, 0), edges, fill=True, alpha=0.35, color=color, label=f"{error}: {rate:.2f}"
        )
    axis.axvline(threshold, color=theme.INK, linestyle="--")
    axis.set(xlabel="similarity (cosine)", ylabel="density", yticks=[])
    figure.legend(loc="outside lower center", ncols=2)
    return figure


def panels(
    images: dict[str, np.ndarray],
    boxes: dict[str, np.ndarray] | None = None,
    panel_size: float = 2.2,
    limits: dict[str, tuple[float, float]] | None = None,
):
    """Draw pictures of different kinds side by side, each with its name and size above it, and on its own grey scale.

    Parameters
    ----------
    images
        For each name a picture, (h, w) or (h, w, 3).
    boxes
        For some of the names a frame to draw, as (top, left, height, width) in pixels.
    panel_size
        Width of one panel, in inches; it is less where the row would be wider than the page.
    limits
        For some of the names the values that are drawn black and white; otherwise the picture's smallest and largest.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If a box has no picture of its name.
    """
    from matplotlib import pyplot

    boxes, limits = boxes or {}, limits or {}
    if not set(boxes) <= set(images):
        raise ValueError(f"boxes for {sorted(set(boxes) - set(images))}, but the images are {sorted(images)}")
    width = min(panel_size, theme.WIDEST / len(images))
    size = (width * len(images), width + _height_of_titles(["\n"]))
    figure, axes = pyplot.subplots(1, len(images), figsize=size, squeeze=False)
    for axis, (name, image) in zip(axes.flat, images.items(), strict=True):
        low, high = limits.get(name, (None, None))
        axis.imshow(image, vmin=low, vmax=high)
        axis.set_title(f"{name}\n{image.shape[0]} × {image.shape[1]}", fontsize=theme.TEXT)
        axis.axis("off")
        if name in boxes:
            top, left, height, width = boxes[name]
            frame = pyplot.Rectangle((left, top), width, height, fill=False, edgecolor=theme.HIGHLIGHT, linewidth=3)
            axis.add_patch(frame)
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
        their mean, and the band holds 90 % of them.  A panel without a title has the title "".
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


def interval_panels(panels: dict[str, dict[str, tuple[float, float, float]]], label: str, reference: float = 0.0):
    """Draw means with their intervals in panels that share their rows.

    Parameters
    ----------
    panels
        For each title, for each row's name, (mean, low, high).  The first panel's order is that of the rows, from the
        top; a row that another panel lacks stays empty there.
    label
        What is measured; written below the panels.
    reference
        Where each panel has a vertical line.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If a panel has a row that the first one lacks.
    """
    from matplotlib import pyplot

    names = list(next(iter(panels.values())))
    unknown = {name for values in panels.values() for name in values} - set(names)
    if unknown:
        raise ValueError(f"only the rows of the first panel are drawn; {sorted(unknown)} are not among them")
    size = (min(2.6 + 2.2 * len(panels), theme.WIDEST), 1 + 0.24 * len(names))
    figure, axes = pyplot.subplots(1, len(panels), figsize=size, sharey=True, squeeze=False)
    for axis, (title, values) in zip(axes.flat, panels.items(), strict=True):
        rows = [names.index(name) for name in values]
        means, lows, highs = np.array(list(values.values())).T
        axis.axvline(reference, color=theme.MUTED, linewidth=1)
        axis.errorbar(means, rows, xerr=(means - lows, highs - means), fmt="o", markersize=4, capsize=2)
        axis.set(title=title, yticks=range(len(names)), yticklabels=names)
    axes[0, 0].invert_yaxis()
    figure.supxlabel(label, fontsize=theme.TEXT)
    return figure
