"""Attack an overfitted and a regularised network by membership inference: lesson 11's protocol.

Used by `notebooks/11_responsibility.ipynb` and `benchmarks/membership_inference.py`, which says what is measured.  The
networks are lesson 06's (`course_utils.protocols.overfitting`): the article's layers, trained on ten people.
"""

from __future__ import annotations

import keras
import numpy as np

from course_utils import metrics, privacy
from course_utils.datasets import FaceDataset
from course_utils.protocols import overfitting
from course_utils.protocols.overfitting import Protocol, Remedies

PROTOCOL = overfitting.PROTOCOLS["rendered"]  # each seed has 20 people for itself: ten are trained on, ten are not
NETWORKS = {
    "overfitted": Remedies(),
    "regularised": Remedies(units=128, l2=1e-4, augmentation="medium"),  # what the article advises
}
LOW_RATE = 0.1  # of false alarms, at which the attack is also counted


def attack_scores(network: keras.Model, parts: dict[str, FaceDataset]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return the scores of three attacks: of those who are members, and of those who are not.

    Parameters
    ----------
    network : keras.Model
        As `overfitting.train_remedied` returns it.
    parts : dict of FaceDataset
        ``train``, ``test`` (other pictures of the same people) and ``new`` (pictures of other people).

    Returns
    -------
    dict of (member_scores, other_scores)
        ``picture``: was this picture trained on?  By the loss; all pictures show the same people.
        ``picture of anybody``: the same, against pictures of other people.  By the confidence: it needs no true label.
        ``person``: was this person trained on?  By the confidence on pictures that nobody has trained on.
    """
    outputs = {name: overfitting.probabilities(network, faces.images) for name, faces in parts.items()}
    confidence = {name: privacy.confidences(values) for name, values in outputs.items()}
    losses = {name: privacy.true_label_losses(outputs[name], parts[name].labels) for name in ("train", "test")}
    return {
        "picture": (-losses["train"], -losses["test"]),
        "picture of anybody": (confidence["train"], confidence["new"]),
        "person": (confidence["test"], confidence["new"]),
    }


def measure(faces: FaceDataset, remedies: Remedies, seed: int, protocol: Protocol = PROTOCOL) -> dict[str, float]:
    """Train once and attack; return accuracies, and for each attack the AUC and the hits at a low rate of false alarms.

    Parameters
    ----------
    faces : FaceDataset
        People to be dealt; those of a seed are in no other one.
    remedies : Remedies
    seed : int
    protocol : Protocol
        With new people.
    """
    network, parts = trained(faces, remedies, seed, protocol)
    scores = {name: overfitting.accuracy(network, parts[name]) for name in ("train", "test")}
    for attack, (members, others) in attack_scores(network, parts).items():
        scores[f"{attack}_auc"] = privacy.attack_auc(members, others)
        scores[f"{attack}_hits"] = hits(members, others, LOW_RATE)
    return scores


def trained(
    faces: FaceDataset, remedies: Remedies, seed: int, protocol: Protocol = PROTOCOL
) -> tuple[keras.Model, dict[str, FaceDataset]]:
    """Return a trained network, and the parts that `attack_scores` takes; parameters as for `measure`."""
    train, validation, test, new = overfitting.parts_of(faces, protocol, 1.0, seed)
    shown = protocol.epochs * protocol.start * len(train.names)
    network, _epochs = overfitting.train_remedied(train, validation, remedies, shown, seed)
    return network, {"train": train, "test": test, "new": new}


def hits(member_scores: np.ndarray, other_scores: np.ndarray, rate: float) -> float:
    """Return the fraction of members that an attack names while it names so many others by mistake.

    N. Carlini et al., Membership Inference Attacks From First Principles, IEEE Symposium on Security and Privacy
    (2022), ask for it: an attack that is right about few people, and sure of it, is a danger that a mean over all
    people hides.
    """
    scores = np.concatenate([member_scores, other_scores])
    return metrics.true_accept_rate(scores, np.arange(len(scores)) < len(member_scores), rate)
