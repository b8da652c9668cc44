"""Draw how good a recogniser is: confusions, similarities, and means with their intervals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from course_utils import fonts, theme


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


# How a row of `interval_panels` is drawn, by its verdict: marker, colour, filled or not.
VERDICTS = {
    "better": ("o", theme.PASSED, True),
    "worse": ("s", theme.TRY_AGAIN, True),
    "undecided": ("o", theme.MUTED, True),
    "not trained": ("D", theme.MUTED, False),
}


def interval_panels(
    panels: dict[str, dict[str, tuple[float, float, float]]],
    label: str,
    reference: float = 0.0,
    verdicts: dict[str, dict[str, str]] | None = None,
    one_scale: bool = False,
):
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
    verdicts
        For each title, for each row's name, one of `VERDICTS`; those that occur are in a legend.  None: all rows look
        the same.
    one_scale
        Whether all panels have the same horizontal axis, so that a reader can compare them.  False: each panel has the
        axis that fits its values.

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
    figure, axes = pyplot.subplots(1, len(panels), figsize=size, sharex=one_scale, sharey=True, squeeze=False)
    for axis, (title, values) in zip(axes.flat, panels.items(), strict=True):
        axis.axvline(reference, color=theme.MUTED, linewidth=1)
        for name, (mean, low, high) in values.items():
            marker, color, filled = VERDICTS[verdicts[title][name]] if verdicts else ("o", theme.LINES[0], True)
            bars = [[mean - low], [high - mean]]
            face = color if filled else theme.PAPER
            axis.errorbar(
                mean,
                names.index(name),
                xerr=bars,
                fmt=marker,
                color=color,
                markerfacecolor=face,
                markersize=5,
                capsize=2,
            )
        axis.set(title=title, yticks=range(len(names)), yticklabels=names)
    # A quarter of a row above and below, or the frame would cut the markers of two or three rows.
    axes[0, 0].margins(y=max(pyplot.rcParams["axes.ymargin"], 0.25 / max(len(names) - 1, 1)))
    axes[0, 0].invert_yaxis()
    figure.supxlabel(label, fontsize=theme.TEXT)
    if verdicts:
        _legend_of_verdicts(figure, {verdict for rows in verdicts.values() for verdict in rows.values()})
    return figure


def interval_groups(groups: dict[str, list[tuple[str, float, float, float, bool]]], label: str, kinds: tuple[str, str]):
    """Draw values with their intervals, one below the other, in groups of two kinds.

    Parameters
    ----------
    groups
        For each title, rows of a name, a value, the bounds of its interval (the value twice where there is none), and
        whether it is of the first kind: filled, in another colour than those of the second, which are hollow.
    label
        What is measured; written below.
    kinds
        What the legend calls the two.

    Returns
    -------
    matplotlib.figure.Figure
    """
    from matplotlib import pyplot

    lines = [line for title, rows in groups.items() for line in (title, *rows)]
    figure, axis = pyplot.subplots(figsize=(theme.WIDEST, 0.9 + 0.19 * len(lines)))
    names, legend = [], {}
    for place, line in enumerate(lines):
        if isinstance(line, str):
            axis.axhline(place, color=theme.FILL, linewidth=1, zorder=0)
            names.append(line)
            continue
        name, value, low, high, first = line
        color, face = (theme.LINES[0], theme.LINES[0]) if first else (theme.LINES[1], theme.PAPER)
        look = {"fmt": "o", "color": color, "markerfacecolor": face, "markersize": 5, "capsize": 2}
        bar = axis.errorbar(value, place, xerr=[[value - low], [high - value]], **look)
        legend.setdefault(kinds[0] if first else kinds[1], bar)
        names.append(name)
    axis.set(xlabel=label, ylim=(len(lines) - 0.5, -0.5), yticks=range(len(lines)), yticklabels=names)
    axis.tick_params(axis="y", length=0)
    for line, tick in zip(lines, axis.get_yticklabels(), strict=True):
        tick.set_fontweight("bold" if isinstance(line, str) else "normal")
    figure.legend(legend.values(), legend, loc="outside upper right", ncols=2)
    return figure


def _legend_of_verdicts(figure, present: set[str]) -> None:
    """Say above the panels what the markers mean."""
    from matplotlib.lines import Line2D

    handles = [
        Line2D(
            [],
            [],
            marker=marker,
            color=color,
            markerfacecolor=color if filled else theme.PAPER,
            linestyle="",
            label=name,
        )
        for name, (marker, color, filled) in VERDICTS.items()
        if name in present
    ]
    figure.legend(handles=handles, loc="outside upper center", ncols=len(handles))
