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
    """Tell for each morph, each picture of one person and each of the other whether both are accepted.

    Parameters
    ----------
    first_scores, second_scores : array_like of float, shapes (morphs, pictures) and (morphs, others)
        Scores of each morph with pictures of the first person and of the second.
    threshold : float
        From this score on, a picture is accepted.

    Returns
    -------
    ndarray of bool, shape (morphs, pictures, others)
        Its mean is the mated morph presentation match rate (MMPMR).  With several pictures of a person it is the one
        that the source calls ProdAvg-MMPMR: for each morph, the fraction of the first person's pictures that are
        accepted times that of the second's.  No order of the pictures changes it.

    Raises
    ------
    ValueError
        If there are not as many morphs in both, or the shapes are not as described.
    """
    first_scores, second_scores = np.asarray(first_scores, float), np.asarray(second_scores, float)
    if first_scores.ndim != 2 or second_scores.ndim != 2 or len(first_scores) != len(second_scores):
        raise ValueError(
            f"Scores must have the shapes (morphs, pictures) of as many morphs, not {first_scores.shape} and "
            f"{second_scores.shape}."
        )
    return (first_scores[:, :, None] >= threshold) & (second_scores[:, None, :] >= threshold)
