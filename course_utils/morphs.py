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
    """Tell for each morph and each try whether both people are accepted.

    Parameters
    ----------
    first_scores, second_scores : array_like of float, shapes (morphs, tries)
        Scores of each morph with pictures of the first person and of the second; both try with a picture at a time.
    threshold : float
        From this score on, a picture is accepted.

    Returns
    -------
    ndarray of bool, shape (morphs, tries)
        Its mean is the mated morph presentation match rate (MMPMR).

    Raises
    ------
    ValueError
        If the two shapes differ, or are not as described.
    """
    first_scores, second_scores = np.asarray(first_scores, float), np.asarray(second_scores, float)
    if first_scores.ndim != 2 or first_scores.shape != second_scores.shape:
        raise ValueError(
            f"Scores must have one shape (morphs, tries), not {first_scores.shape} and {second_scores.shape}."
        )
    return np.minimum(first_scores, second_scores) >= threshold
