"""The gallery explorer of lesson 09: a probe, the ranked gallery, a threshold, and what it does to both errors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import ipywidgets
import numpy as np

from course_utils import metrics, theme
from course_utils.widgets.frame import (
    Explorer,
    Sheet,
    Shown,
    check_number,
    drawing_style,
    labelled,
    plain,
    side_by_side,
)

HEIGHT = 340
CANDIDATES = 6  # people of the gallery who are shown
PEOPLE, TRIES = 40, 2  # enrolled at first; searches of each of them, and of each of as many strangers
SIZE = 64  # pixels along a side of the pictures at first
LOWEST, HIGHEST = 0.0, 1.0  # of the threshold
SCALE = (-0.2, 1.0)  # of the bars


@dataclass(frozen=True, eq=False)
class Searches:
    """Searches in a gallery, and what came of them.

    Attributes
    ----------
    portraits : ndarray of uint8, shape (people, h, w, 3)
        A picture of each person who is enrolled.
    names : tuple of str
        What these people are called.
    probes : ndarray of uint8, shape (searches, h, w, 3)
        The pictures that are asked about.
    scores : ndarray of float, shape (searches, people)
        Cosine of each probe with each person.
    truth : ndarray of int, shape (searches,)
        The column of each probe's person, or `metrics.NOBODY`; there are both kinds.
    """

    portraits: np.ndarray
    names: tuple[str, ...]
    probes: np.ndarray
    scores: np.ndarray
    truth: np.ndarray

    def __post_init__(self):
        shapes = len(self.probes), len(self.portraits)
        if self.scores.shape != shapes or len(self.truth) != shapes[0] or len(self.names) != shapes[1]:
            raise ValueError(
                f"searches: expected scores of the shape {shapes}, {shapes[0]} truths and {shapes[1]} names, got "
                f"{self.scores.shape}, {len(self.truth)} and {len(self.names)}"
            )
        if not 0 < (self.truth == metrics.NOBODY).sum() < len(self.truth):
            raise ValueError("searches: expected some by people who are enrolled and some by strangers")


def gallery_explorer(searches: Searches | None = None, probe: int = 1, threshold: float = 0.45) -> GalleryExplorer:
    """Return a widget that ranks a gallery for one probe and shows both errors at a threshold (lesson 09).

    Parameters
    ----------
    searches
        Whose pictures are asked about, and their scores.  Without it, 40 development people of the rendered set are
        enrolled with one picture each by the course's network; two other pictures of each are asked about, and two of
        each of the other 40, who are strangers.
    probe
        The number of the search at the start, from 1.
    threshold
        At the start, 0 to 1; the slider shows it to two decimals.

    Returns
    -------
    GalleryExplorer
        A notebook shows it when it is a cell's last value.

    Raises
    ------
    ValueError
        If an argument is not as described.
    """
    searches = _development_people() if searches is None else searches
    check_number("probe", probe, 1, len(searches.probes), whole=True)
    check_number("threshold", threshold, LOWEST, HIGHEST)
    return GalleryExplorer(searches, int(probe), round(float(threshold), 2))


@cache
def _development_people() -> Searches:
    """Return searches among the 80 development people, enrolled ones and strangers in turn."""
    from course_utils import pretrained
    from course_utils.datasets import rendered

    faces = rendered.load("dev", people=2 * PEOPLE, pictures=1 + TRIES, size=SIZE)
    embeddings = pretrained.load_network("embedding").predict(faces.images, batch_size=60, verbose=0)
    embeddings /= np.linalg.norm(embeddings, axis=1, keepdims=True)
    number = faces.attributes["number"].to_numpy()
    enrolled = (number == 1) & (faces.labels < PEOPLE)
    # Picture by picture, and of each picture an enrolled person and a stranger in turn.
    asking = np.flatnonzero(number > 1)
    asking = asking[np.lexsort((faces.labels[asking] // PEOPLE, faces.labels[asking] % PEOPLE, number[asking]))]
    truth = np.where(faces.labels < PEOPLE, faces.labels, metrics.NOBODY)[asking]
    scores = embeddings[asking] @ embeddings[enrolled].T
    return Searches(faces.images[enrolled], faces.names[:PEOPLE], faces.images[asking], scores, truth)


class GalleryExplorer(Explorer):
    """The widget that `gallery_explorer` returns."""

    def __init__(self, searches: Searches, probe: int, threshold: float):
        self.searches = searches
        self._ranks = np.zeros(len(searches.probes), int)
        self._ranks[searches.truth != metrics.NOBODY] = metrics.ranks(searches.scores, searches.truth)
        self._drawing = _Drawing(searches)
        slider = ipywidgets.IntSlider
        count = len(searches.probes)
        controls = {
            "probe": labelled(slider, "probe", "which picture is asked about", value=probe, min=1, max=count),
            "threshold": labelled(
                ipywidgets.FloatSlider,
                "threshold",
                "from this score on, a person is returned; arrow keys move it by 0.01",
                value=threshold,
                min=LOWEST,
                max=HIGHEST,
                step=0.01,
                readout_format=".2f",
            ),
        }
        super().__init__(controls, [side_by_side(*controls.values())])

    def draw(self) -> Shown:
        """Rank the gallery for the probe, and count both errors of all searches."""
        searches, place = self.searches, self.values["probe"] - 1
        threshold = round(self.values["threshold"], 2)  # steps of 0.01 add up to 0.30000000000000004
        scores, truth = searches.scores[place], int(searches.truth[place])
        order = np.argsort(-scores, kind="stable")[:CANDIDATES]
        best = int(order[0])
        who = "a stranger" if truth == metrics.NOBODY else searches.names[truth]
        answer = "nobody" if scores[best] < threshold else searches.names[best]
        verdict = _verdict(truth, best, bool(scores[best] >= threshold))
        strangers = searches.truth == metrics.NOBODY
        false_positives, false_negatives = self._errors(threshold)
        numbers = {
            "probe": f"{place + 1} of {len(searches.probes)}, {who}",
            "answer": f"{answer}, score {plain(scores[best])}: {verdict}",
            "rank of the right person": "there is none" if truth == metrics.NOBODY else str(self._ranks[place]),
            f"FPIR at {threshold:.2f}": f"{false_positives} of {strangers.sum()} searches by strangers return somebody",
            f"FNIR at {threshold:.2f}": f"{false_negatives} of {(~strangers).sum()} searches for enrolled people miss "
            "the right one",
        }
        return Shown(
            self._drawing.png(place, order, truth, threshold),
            f"Probe {place + 1}, {who}, and the {len(order)} most similar of {len(scores)} enrolled people with their "
            f"scores; at the threshold {threshold:.2f} the answer is {answer}, which is {verdict}; curves of FPIR and "
            f"FNIR over the threshold are at {false_positives} of {strangers.sum()} and {false_negatives} of "
            f"{(~strangers).sum()}.",
            numbers,
        )

    def _errors(self, threshold: float) -> tuple[int, int]:
        """Return how many searches by strangers return somebody, and how many others miss the right person."""
        scores, truth = self.searches.scores, self.searches.truth
        rates = (
            metrics.false_positive_identification_rate(scores, truth, threshold),
            metrics.false_negative_identification_rate(scores, truth, threshold),
        )
        strangers = int((truth == metrics.NOBODY).sum())
        return round(rates[0] * strangers), round(rates[1] * (len(truth) - strangers))


def _verdict(truth: int, best: int, certain: bool) -> str:
    """Say whether an answer is right, and what kind of error it is."""
    if truth == metrics.NOBODY:
        return "a false positive" if certain else "right"
    if not certain:
        return "a false negative"
    return "right" if best == truth else "the wrong person, a false negative"


class _Drawing:
    """The probe on the left, the ranked gallery in the middle, both errors over the threshold on the right."""

    def __init__(self, searches: Searches):
        self._searches = searches
        with drawing_style():
            self._sheet = Sheet(HEIGHT)
            self._probe = self._picture(0.005, 0.36, 0.19, self._sheet.figure)
            self._probe_words = self._sheet.figure.text(0.1, 0.32, "", ha="center", va="top")
            self._thumbnails = [
                self._picture(0.215, self._bottom(row), 0.05, self._sheet.figure)
                for row in range(min(CANDIDATES, len(searches.portraits)))
            ]
            self._draw_bars()
            self._draw_errors()
        self._sheet.moving = [
            self._probe, self._probe_words, *self._thumbnails, *self._bars, *self._names, self._cut, *self._points,
            self._line,
        ]  # fmt: skip

    @staticmethod
    def _bottom(row: int) -> float:
        """Return where a candidate's picture begins, as a share of the height."""
        return 0.765 - 0.122 * row

    def _picture(self, left: float, bottom: float, width: float, figure):
        """Return an image that is drawn in a square of its own."""
        axis = figure.add_axes([left, bottom, width, width * 760 / HEIGHT])
        axis.axis("off")
        return axis.imshow(np.zeros((2, 2, 3), np.uint8), extent=(0, 1, 0, 1), interpolation="nearest")

    def _draw_bars(self) -> None:
        """Draw the bars of the candidates' scores, and the threshold across them."""
        shown = len(self._thumbnails)
        axis = self._sheet.figure.add_axes([0.275, 0.15, 0.36, 0.74])
        axis.set(xlim=SCALE, ylim=(shown - 0.5, -0.5), yticks=[], xlabel="score (cosine)", title="most similar first")
        axis.spines["left"].set_visible(False)
        self._bars = axis.barh(range(shown), [0.0] * shown, height=0.34, left=SCALE[0], color=theme.FILL).patches
        for row, bar in enumerate(self._bars):
            bar.set_y(row + 0.08)
        self._names = [axis.text(SCALE[0], row - 0.2, "", va="center", ha="left") for row in range(shown)]
        self._cut = axis.axvline(0, color=theme.INK, linestyle="--", linewidth=1.2)

    def _draw_errors(self) -> None:
        """Draw both errors over the threshold."""
        scores, truth = self._searches.scores, self._searches.truth
        self._thresholds = np.round(np.linspace(LOWEST, HIGHEST, 101), 2)
        self._rates = [
            np.array([rate(scores, truth, threshold) for threshold in self._thresholds])
            for rate in (metrics.false_positive_identification_rate, metrics.false_negative_identification_rate)
        ]
        axis = self._sheet.figure.add_axes([0.72, 0.15, 0.255, 0.68])
        looks = (("FPIR", "-", theme.LINES[0], "o"), ("FNIR", "--", theme.LINES[1], "s"))
        self._points = []
        for rates, (name, dash, color, marker) in zip(self._rates, looks, strict=True):
            axis.plot(self._thresholds, rates, dash, color=color, label=name)
            self._points.append(axis.plot([], [], marker, color=color, markersize=8)[0])
        axis.set(xlim=(LOWEST, HIGHEST), ylim=(-0.03, 1.03), xticks=[0, 0.5, 1], xlabel="threshold")
        axis.set_ylabel("fraction of the searches")
        axis.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
        self._line = axis.axvline(0, color=theme.INK, linestyle="--", linewidth=1.2)

    def png(self, place: int, order: np.ndarray, truth: int, threshold: float) -> bytes:
        """Draw one search at one threshold."""
        searches = self._searches
        self._probe.set_data(searches.probes[place])
        self._probe_words.set_text("probe:\n" + ("a stranger" if truth == metrics.NOBODY else searches.names[truth]))
        rows = zip(self._thumbnails, self._bars, self._names, order, strict=True)
        for rank, (thumbnail, bar, name, person) in enumerate(rows, start=1):
            score = searches.scores[place, person]
            thumbnail.set_data(searches.portraits[person])
            bar.set_width(max(score - SCALE[0], 0))
            bar.set_color(theme.HIGHLIGHT if score >= threshold else theme.FILL)
            right = ", the right one" if person == truth else ""
            name.set_text(f"{rank}. {searches.names[person]}{right}: {plain(score, 2)}")
        for line in (self._cut, self._line):
            line.set_xdata([threshold, threshold])
        for point, rates in zip(self._points, self._rates, strict=True):
            point.set_data([threshold], [rates[round(100 * threshold)]])
        return self._sheet.png()
