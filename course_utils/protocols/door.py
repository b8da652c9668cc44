"""Let known people and strangers try a door that opens for who is enrolled, and count its errors.

Three groups of people take part, and nobody is in two of them.  On the *development* people the threshold is chosen.
The *known* people are enrolled with a few pictures each and come back with others.  The *strangers* are not enrolled.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course_utils import metrics
from course_utils.datasets import FaceDataset
from course_utils.gallery import Answer, Gallery
from course_utils.recognition import Embedder


@dataclass(frozen=True)
class Rate:
    """How often an error happened.

    Attributes
    ----------
    error : str
        What went wrong.
    count, tries, people : int
        Errors, tries in all, and how many people tried.
    rate, low, high : float
        The fraction of tries, and its 95 % interval by people, within 0..1.
    """

    error: str
    count: int
    tries: int
    people: int
    rate: float
    low: float
    high: float

    def __str__(self) -> str:
        return (
            f"{self.error}: {self.count} of {self.tries} tries by {self.people} people, {self.rate:.3f} "
            f"[{self.low:.3f}, {self.high:.3f}]"
        )


@dataclass(frozen=True, eq=False)
class Door:
    """What happened at the door.

    Attributes
    ----------
    gallery : Gallery
        The known people.
    threshold : float
        As it was chosen on the development people.
    came : list of str
        Who came, one entry for each try: the known people first.
    tried : ndarray of int64, shape (tries,)
        Which picture of the set it was.
    answers : list of Answer
        What the door said.
    """

    gallery: Gallery
    threshold: float
    came: list[str]
    tried: np.ndarray
    answers: list[Answer]

    def errors(self) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        """Return for each of three errors whether it happened at each try where it could, and who tried.

        - A stranger is let in: its rate is the false positive identification rate (FPIR).
        - A known person is not named: the false negative identification rate (FNIR), with wrong names counted in.
        - A known person is taken for another one.
        """
        came = np.array(self.came)
        known = np.isin(came, self.gallery.names)
        let_in = np.array([answer.name is not None for answer in self.answers])
        right = np.array([answer.name == name for answer, name in zip(self.answers, self.came, strict=True)])
        return {
            "strangers let in (FPIR)": (let_in[~known], came[~known]),
            "known people not named (FNIR)": (~right[known], came[known]),
            "known people taken for another": ((let_in & ~right)[known], came[known]),
        }

    def rates(self) -> list[Rate]:
        """Return the rates of the `errors`, each with its interval."""
        return [rate_of(error, *happened) for error, happened in self.errors().items()]


def try_door(
    people: FaceDataset,
    development: FaceDataset,
    embedder: Embedder,
    enrolled: int = 10,
    pictures: int = 3,
    rate: float = 0.01,
    tries: int | None = None,
    session: str | None = None,
    strategy: str = "mean",
    seed: int = 0,
) -> Door:
    """Enrol some people, choose a threshold on others, and let known people and strangers try.

    Parameters
    ----------
    people : FaceDataset
        Who comes to the door, as large as the embedder takes faces; some of them are drawn and enrolled.
    development : FaceDataset
        Other people, on whom the threshold is chosen.
    embedder : Embedder
    enrolled : int
        How many people are enrolled.
    pictures : int
        Of how many pictures each: the first ones of the set.
    rate : float
        How often a stranger may be let in, in (0, 1): the wanted FPIR, on the development people.
    tries : int, optional
        How many tries known people make, and as many strangers, drawn at random; without it, all other pictures.
    session : str, optional
        A column of ``people.attributes``, such as "day": nobody comes with a picture of a session of which a picture
        was enrolled.
    strategy : {"mean", "best"}
        As `Gallery` takes it.
    seed : int
        Of the draws.

    Returns
    -------
    Door

    Raises
    ------
    TooFewComparisonsError
        If the development people are too few for the wanted rate.
    ValueError
        If a set has too few people or pictures, or a person is in both sets.
    """
    if both := _names(people) & _names(development):
        raise ValueError(f"development: nobody may come to the door too, but {min(both)!r} does.")
    random = np.random.default_rng(seed)
    order = random.permutation(np.unique(people.labels))
    if len(order) <= enrolled:
        raise ValueError(f"enrolled: {enrolled} of {len(order)} people would leave no stranger; enrol fewer.")
    threshold = choose_threshold(embedder(development.images), development.labels, embedder.name, enrolled, pictures,
                                 rate, strategy, seed)  # fmt: skip
    templates = embedder(people.images)
    first = _first_pictures(people.labels, order[:enrolled], pictures)
    gallery = Gallery(embedder.name, strategy)
    gallery.enrol_labelled(templates[first], people.labels[first], people.names)
    known = np.setdiff1d(np.flatnonzero(np.isin(people.labels, order[:enrolled])), first)
    if session is not None:
        known = known[~_same_session(people, known, first, session)]
    strangers = np.flatnonzero(np.isin(people.labels, order[enrolled:]))
    tried = np.concatenate([_drawn(known, tries, random), _drawn(strangers, tries, random)])
    came = [people.names[label] for label in people.labels[tried]]
    return Door(gallery, threshold, came, tried, gallery.identify(templates[tried], threshold))


def choose_threshold(
    templates: np.ndarray,
    labels: np.ndarray,
    network: str,
    enrolled: int,
    pictures: int,
    rate: float,
    strategy: str = "mean",
    seed: int = 0,
) -> float:
    """Return the lowest threshold at which a door of so many people lets in at most a fraction of strangers.

    The people are drawn into galleries of the wanted size, one after another; at each, all others are strangers.

    Parameters
    ----------
    templates : ndarray of float, shape (n, numbers)
    labels : ndarray of int, shape (n,)
        Who is in each picture.
    network, enrolled, pictures, rate, strategy, seed
        As `Gallery` and `try_door` take them.

    Returns
    -------
    float

    Raises
    ------
    TooFewComparisonsError
        If there are too few searches for the wanted rate.  (They are not independent, so even enough of them tell less
        than their number says.)
    ValueError
        If there are not more people than are enrolled.
    """
    order = np.random.default_rng(seed).permutation(np.unique(labels))
    if len(order) <= enrolled:
        raise ValueError(f"development: {len(order)} people are too few for a gallery of {enrolled} and strangers.")
    names = {label: f"person {label}" for label in order}
    best = []
    for start in range(0, len(order) - enrolled + 1, enrolled):
        members = order[start : start + enrolled]
        first = _first_pictures(labels, members, pictures)
        gallery = Gallery(network, strategy)
        gallery.enrol_labelled(templates[first], labels[first], names)
        best.append(gallery.scores(templates[~np.isin(labels, members)]))
    scores = np.concatenate(best)
    return metrics.threshold_at_fpir(scores, np.full(len(scores), metrics.NOBODY), rate)


def rate_of(error: str, happened: np.ndarray, people: np.ndarray) -> Rate:
    """Return how often an error happened, with an interval by people.

    Parameters
    ----------
    error : str
    happened : ndarray of bool, shape (tries,)
    people : ndarray, shape (tries,)
        Who tried; at least two people.

    Notes
    -----
    The interval (`metrics.error_rate`) says what other people at this door would change.  That other people choose its
    threshold is not in it.  With few people, or a rare error, it holds the rate of all others a little less often than
    its 95 % say.
    """
    number = len(np.unique(people))
    return Rate(error, int(happened.sum()), len(happened), number, *metrics.error_rate(happened, people))


def _names(faces: FaceDataset) -> set[str]:
    """Return the names of the people whom a set shows; a part of a set keeps the names of all."""
    return {faces.names[label] for label in np.unique(faces.labels)}


def _first_pictures(labels: np.ndarray, members: np.ndarray, pictures: int) -> np.ndarray:
    """Return the positions of each member's first pictures; everybody must have one more."""
    positions = [np.flatnonzero(labels == member) for member in members]
    fewest = min(len(each) for each in positions)
    if not 1 <= pictures < fewest:
        raise ValueError(
            f"pictures: expected 1 to {fewest - 1}, so that everybody has one left to come with, got {pictures}."
        )
    return np.concatenate([each[:pictures] for each in positions])


def _same_session(people: FaceDataset, known: np.ndarray, first: np.ndarray, session: str) -> np.ndarray:
    """Tell for each known person's picture whether a picture of its session was enrolled."""
    if session not in people.attributes:
        raise ValueError(f"session: there is no attribute {session!r}; there are {', '.join(people.attributes)}.")
    pairs = list(zip(people.labels.tolist(), people.attributes[session].tolist(), strict=True))
    enrolled = {pairs[position] for position in first}
    return np.array([pairs[position] in enrolled for position in known], bool)


def _drawn(positions: np.ndarray, tries: int | None, random: np.random.Generator) -> np.ndarray:
    """Return all positions, or so many drawn without replacement."""
    if tries is None:
        return positions
    if tries > len(positions):
        raise ValueError(f"tries: {tries} were asked for, and there are {len(positions)} pictures to try with.")
    return np.sort(random.choice(positions, tries, replace=False))
