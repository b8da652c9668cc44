"""Blend two faces into one picture, a morph, and count how often it is accepted for both people.

A morph in a passport lets two people use it: a person compares its picture with the holder, and so does the border's
machine.  Here both faces are turned, scaled and shifted so that eyes and mouths lie between the places of both, and
averaged.  Better morphs move every part of the face; these are the simplest ones.

Source: U. Scherhag et al., Biometric Systems under Morphing Attacks: Assessment of Morphing Techniques and
Vulnerability Reporting, BIOSIG 2017, for the rates.
"""

from __future__ import annotations

import numpy as np

from course_utils import alignment


def morph(first: np.ndarray, second: np.ndarray, first_places: np.ndarray, second_places: np.ndarray) -> np.ndarray:
    """Return the average of two faces, laid in place.

    Parameters
    ----------
    first, second : ndarray of uint8, shapes (n, side, side, 3)
        Pictures of two people for each morph.
    first_places, second_places : ndarray of float, shapes (n, 3, 2)
        Eyes and mouth in each, as `alignment.landmark_network` finds them.

    Returns
    -------
    ndarray of uint8, of the shape of the pictures

    Raises
    ------
    ValueError
        If the shapes differ, or the places in a picture are no face.
    """
    if first.shape != second.shape:
        raise ValueError(f"first, second: expected pictures of one shape, got {first.shape} and {second.shape}.")
    between = (np.asarray(first_places) + np.asarray(second_places)) / 2
    in_place = [
        alignment.warp(images, *alignment.similarity(places, between)).astype(float)
        for images, places in ((first, first_places), (second, second_places))
    ]
    return np.mean(in_place, axis=0).round().astype(np.uint8)


def accepted_for_both(first_scores, second_scores, threshold: float) -> np.ndarray:
    """Return for each morph how likely both people are accepted, if each tries once with a picture drawn at random.

    Parameters
    ----------
    first_scores, second_scores : array_like of float, shapes (morphs, tries)
        Scores of each morph with pictures of the first person and of the second.
    threshold : float
        From this score on, a picture is accepted.

    Returns
    -------
    ndarray of float, shape (morphs,)
        The product of the two fractions of accepted pictures, 0..1.

    Notes
    -----
    Its mean over morphs is the mated morph presentation match rate (MMPMR), in the form that the source calls
    ProdAvg-MMPMR.
    """
    return np.prod([_accepted(scores, threshold).mean(axis=1) for scores in (first_scores, second_scores)], axis=0)


def accepted_for_both_once(first_scores, second_scores, threshold: float) -> np.ndarray:
    """Tell for each morph whether both people are accepted with one of their pictures at least.

    Parameters are those of `accepted_for_both`.

    Returns
    -------
    ndarray of bool, shape (morphs,)

    Notes
    -----
    Its mean over morphs is what the source calls MinMax-MMPMR.  It grows with the number of tries.
    """
    return np.all([_accepted(scores, threshold).any(axis=1) for scores in (first_scores, second_scores)], axis=0)


def _accepted(scores, threshold: float) -> np.ndarray:
    """Tell which scores (morphs, tries) are at or above a threshold."""
    scores = np.asarray(scores, float)
    if scores.ndim != 2 or not scores.shape[1]:
        raise ValueError(f"Scores must have the shape (morphs, tries), with one try at least, not {scores.shape}.")
    return scores >= threshold
