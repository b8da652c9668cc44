"""Attack a door and count how often it gives way: the experiments on attacks of lesson 11.

Used by `notebooks/11_responsibility.ipynb` and `benchmarks/attacks.py`, which says what is measured.  Everybody is a
rendered person, and no network was trained on any of them.

A *lock* is a door for a face and a claim: "I am Ada".  It opens if the face's score with Ada's reference is at or above
a threshold, which is lesson 09's: of a door with ten people that lets in one stranger in a hundred.
"""

from __future__ import annotations

from dataclasses import dataclass

import keras
import numpy as np

from course_utils import attacks, morphs, presentation
from course_utils.datasets import FaceDataset
from course_utils.protocols import door, galleries

ENROLLED, PICTURES, RATE = 10, 4, 0.01  # of the door whose threshold the lock has
BPCER = 0.05  # the fraction of live faces that a detector may refuse, on development people
TRIES = 8  # pictures of each of two people that a morph is compared with


@dataclass(frozen=True, eq=False)
class Lock:
    """A network with a threshold, and a reference for each person.

    Attributes
    ----------
    network : keras.Model
        Takes pictures (n, side, side, 3) with values 0..255.
    threshold : float
        From this score on, it opens.
    references : ndarray of float32, shape (people, numbers)
        Of length 1: the mean of each person's first `PICTURES` pictures.
    """

    network: keras.Model
    threshold: float
    references: np.ndarray

    def scores(self, images: np.ndarray, claimed: np.ndarray) -> np.ndarray:
        """Return the cosines (n,) of pictures (n, side, side, 3) with the references of who they are said to show."""
        return np.einsum("ij,ij->i", embed(self.network, images), self.references[claimed])

    def opens(self, images: np.ndarray, claimed: np.ndarray) -> np.ndarray:
        """Tell for each picture whether the lock opens for who it is said to show."""
        return self.scores(images, claimed) >= self.threshold


def embed(network: keras.Model, images: np.ndarray) -> np.ndarray:
    """Return the embeddings (n, numbers) of pictures, of length 1."""
    return galleries.normalised(network.predict(np.asarray(images), batch_size=100, verbose=0))


def lock_for(network: keras.Model, people: FaceDataset, development: FaceDataset) -> Lock:
    """Return a lock for people, its threshold chosen on others.

    Parameters
    ----------
    network
        As `Lock` has it.
    people : FaceDataset
        With labels from 0, and more than `PICTURES` pictures of each, one after another.
    development : FaceDataset
        Other people, for the threshold.
    """
    threshold = door.choose_threshold(
        embed(network, development.images), development.labels, network.name, ENROLLED, PICTURES, RATE
    )
    first = np.concatenate([np.flatnonzero(people.labels == label)[:PICTURES] for label in np.unique(people.labels)])
    embeddings = embed(network, people.images[first])
    means = embeddings.reshape(-1, PICTURES, embeddings.shape[1]).mean(axis=1)
    return Lock(network, threshold, galleries.normalised(means))


# -- attacks by gradient -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Attempts:
    """Who tries a lock with which picture.

    Attributes
    ----------
    images : ndarray of uint8, shape (n, side, side, 3)
        One picture of each person, which is not enrolled.
    people, victims : ndarray of int64, shapes (n,)
        Who is in it, and whom an impersonator claims to be: the next person, so everybody is a victim once.
    """

    images: np.ndarray
    people: np.ndarray
    victims: np.ndarray

    def claimed(self, aim: str) -> np.ndarray:
        """Return whose reference an attack with an aim is about."""
        return self.victims if aim == attacks.IMPERSONATION else self.people


def attempts_of(faces: FaceDataset) -> Attempts:
    """Return an attempt for each person, with the first picture that is not enrolled."""
    people = np.unique(faces.labels)
    images = np.stack([faces.images[np.flatnonzero(faces.labels == label)[PICTURES]] for label in people])
    return Attempts(images, people, np.roll(people, -1))


def success(lock: Lock, images: np.ndarray, attempts: Attempts, aim: str, title: str) -> door.Rate:
    """Return how often an attack has its aim: the lock opens for an impersonator, or stays shut for an evader.

    Parameters
    ----------
    lock : Lock
    images : ndarray, shape (n, side, side, 3)
        The attempts' pictures after the attack.
    attempts : Attempts
    aim : {"impersonation", "evasion"}
    title : str
        What the rate is called.

    Returns
    -------
    door.Rate
        With its interval by people.
    """
    opened = lock.opens(images, attempts.claimed(aim))
    return door.rate_of(title, opened if aim == attacks.IMPERSONATION else ~opened, attempts.people)


def attack(
    gradient: attacks.ScoreGradient, lock: Lock, attempts: Attempts, budget: float, aim: str, steps: int = 10
) -> np.ndarray:
    """Return the attempts' pictures as an attacker changes them who has a lock's network and references.

    They are uint8: rounded to whole grey levels, as a file holds them.
    """
    references = lock.references[attempts.claimed(aim)]
    return attacks.rounded(attacks.attacked(gradient, attempts.images, references, budget, aim, steps))


# -- presentation attacks ----------------------------------------------------------------------------------------------


def present(faces: FaceDataset, seed: int) -> dict[str, np.ndarray]:
    """Return the pictures of faces as a camera takes them: live, and as each kind of presentation attack."""
    live = {"live": presentation.camera(faces.images, seed)}
    return live | {kind: show(faces.images, seed) for kind, show in presentation.KINDS.items()}


def described(faces: FaceDataset, seed: int) -> dict[str, np.ndarray]:
    """Return what a detector looks at (`presentation.features`) in each way of showing faces."""
    return {kind: presentation.features(images) for kind, images in present(faces, seed).items()}


def live_only(faces: FaceDataset, seed: int) -> np.ndarray:
    """Return what a detector looks at in live faces."""
    return presentation.features(presentation.camera(faces.images, seed))


def errors_of(
    trained_on: str, training: dict[str, np.ndarray], development: np.ndarray, tested: dict[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """Train a detector on one kind of attack, choose its threshold on other people, and test it on others again.

    Parameters
    ----------
    trained_on : str
        A kind of `presentation.KINDS`.
    training, tested : dict of ndarray
        As `described` returns them.
    development : ndarray
        As `live_only` returns it.

    Returns
    -------
    dict of ndarray of bool
        By the error's name, whether it happened to each picture: the APCER of the kind that was learned, on the
        training's own pictures; then, on those tested, BPCER and the APCER of each kind.
    """
    detector = presentation.train_detector(training["live"], training[trained_on])
    threshold = galleries.threshold_for(detector.scores(development), BPCER)
    alarms = {kind: detector.scores(features) > threshold for kind, features in tested.items()}
    errors = {
        f"in training: APCER, {trained_on}": detector.scores(training[trained_on]) <= threshold,
        "BPCER": alarms.pop("live"),
    }
    return errors | {f"APCER, {kind}": ~alarm for kind, alarm in alarms.items()}


def detector_errors(
    trained_on: str, training: FaceDataset, development: FaceDataset, tested: FaceDataset, seed: int = 0
) -> list[door.Rate]:
    """Train a detector on one kind of attack, choose its threshold on other people, and test it on others again.

    Parameters
    ----------
    trained_on : str
        A kind of `presentation.KINDS`.
    training, development, tested : FaceDataset
        Three groups of people, nobody in two of them.
    seed : int
        Of the simulation.

    Returns
    -------
    list of door.Rate
        As `errors_of` names them, each with its interval by people.
    """
    errors = errors_of(
        trained_on, described(training, seed), live_only(development, seed + 1), described(tested, seed + 2)
    )
    return [
        door.rate_of(error, happened, (training if error.startswith("in training") else tested).labels)
        for error, happened in errors.items()
    ]


def detector_splits(
    trained_on: str, faces: FaceDataset, development: FaceDataset, splits: int, seed: int = 0
) -> list[tuple[door.Rate, list[float]]]:
    """Do as `detector_errors` with one half of the people and the other, several times, divided by chance.

    Parameters
    ----------
    trained_on, seed
        As `detector_errors` takes them; the seed is of the divisions too.
    faces, development : FaceDataset
        Who teaches and tests the detectors, and other people for the threshold.
    splits : int

    Returns
    -------
    list of (door.Rate, list of float)
        For each error: its rate over all splits with an interval by people, and the rate in each split.  The interval
        says what other people before the camera would change.  The splits say what other people in the training do.
    """
    taught, shown, live = described(faces, seed), described(faces, seed + 2), live_only(development, seed + 1)
    random, people = np.random.default_rng(seed), np.unique(faces.labels)
    happened, whose = {}, {}
    for _ in range(splits):
        learns = np.isin(faces.labels, random.permutation(people)[: len(people) // 2])
        training = {kind: features[learns] for kind, features in taught.items()}
        tested = {kind: features[~learns] for kind, features in shown.items()}
        for error, each in errors_of(trained_on, training, live, tested).items():
            happened.setdefault(error, []).append(each)
            whose.setdefault(error, []).append(faces.labels[learns if error.startswith("in training") else ~learns])
    return [
        (door.rate_of(error, np.concatenate(each), np.concatenate(whose[error])), [float(one.mean()) for one in each])
        for error, each in happened.items()
    ]


# -- morphs ------------------------------------------------------------------------------------------------------------


def pairs_of(faces: FaceDataset, embeddings: np.ndarray, similar: bool, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Divide people into pairs, each person in one: at random, or so that two similar people meet.

    Parameters
    ----------
    faces : FaceDataset
        With an even number of people.
    embeddings : ndarray of float, shape (people, numbers)
        One of each person, of length 1, by a network that the morphs are not tested on.
    similar : bool
        Whether to pair the most similar two people first, then the most similar two of the others, and so on.
    seed : int
        Of random pairs.

    Returns
    -------
    (first, second) : tuple of ndarray of int64, shapes (people / 2,)
    """
    people = np.unique(faces.labels)
    if not similar:
        order = np.random.default_rng(seed).permutation(people)
        return order[::2], order[1::2]
    scores = embeddings @ embeddings.T
    np.fill_diagonal(scores, -np.inf)
    pairs = []
    while len(pairs) < len(people) // 2:
        pair = np.unravel_index(scores.argmax(), scores.shape)
        pairs.append(pair)
        scores[list(pair)] = scores[:, list(pair)] = -np.inf
    return tuple(people[np.array(pairs)].T)


def morph_rate(lock: Lock, pictures: np.ndarray, faces: FaceDataset, pairs: tuple, title: str) -> door.Rate:
    """Return how often a picture that two people share is accepted for both.

    Parameters
    ----------
    lock : Lock
        Its network and threshold count; the references are the `pictures`.
    pictures : ndarray of uint8, shape (pairs, side, side, 3)
        What is in the passport of both: a morph, or one of the two people.
    faces : FaceDataset
        Each person comes with the last `TRIES` pictures.
    pairs : tuple of ndarray, shapes (pairs,)
        As `pairs_of` returns them.
    title : str
        What the rate is called.

    Returns
    -------
    door.Rate
        The mated morph presentation match rate (MMPMR), with its interval by pairs of people.  A try is a picture of
        one person and a picture of the other, and all such combinations count (`morphs.accepted_for_both`).
    """
    wanted, scores = embed(lock.network, pictures), []
    for side in pairs:
        tries = np.concatenate([np.flatnonzero(faces.labels == person)[-TRIES:] for person in side])
        embeddings = embed(lock.network, faces.images[tries]).reshape(len(side), TRIES, -1)
        scores.append(np.einsum("pn,ptn->pt", wanted, embeddings))
    accepted = morphs.accepted_for_both(*scores, lock.threshold)
    return door.rate_of(title, accepted.ravel(), np.repeat(np.arange(len(wanted)), TRIES**2))
