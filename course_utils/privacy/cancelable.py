"""Protect templates by a secret key, so that a stolen one can be revoked and issued again: cancelable biometrics.

Source: N. K. Ratha, J. H. Connell and R. M. Bolle, Enhancing security and privacy in biometrics-based authentication
systems, IBM Systems Journal 40(3), 614-634 (2001).  The random projection is that of BioHashing without its last step,
which keeps signs only: A. Teoh, D. Ngo and A. Goh, Pattern Recognition 37(11), 2245-2255 (2004).

ISO/IEC 24745:2022 asks three things of a protected template: *irreversibility* (the template cannot be computed from
it), *unlinkability* (two in different lists do not tell whether they belong to one person) and *renewability* (a new
one can be issued, and the old one no longer matches).

One rotation for everybody is weak even while its key is secret.  It keeps all angles within a list, so whole lists of
the same pictures can be linked; and who has the plain templates of a few people can compute those of the others.
"""

from __future__ import annotations

import numpy as np


def key_directions(key: int, numbers: int, kept: int | None = None) -> np.ndarray:
    """Return the random directions that a key stands for.

    Parameters
    ----------
    key : int
        Not negative.  Who knows it, knows the directions; a real system draws it with `secrets.randbits` and keeps it
        elsewhere than the templates.
    numbers : int
        Of a template.
    kept : int, optional
        How many directions, at most `numbers`; without it, all of them: a rotation.

    Returns
    -------
    ndarray of float64, shape (numbers, kept)
        Columns of length 1, at right angles to each other.

    Raises
    ------
    ValueError
        If `kept` is not between 1 and `numbers`.

    Notes
    -----
    All directions are equally likely, as the signs of R's diagonal are taken out of Q: F. Mezzadri, Notices of the
    American Mathematical Society 54(5), 592-604 (2007).
    """
    kept = numbers if kept is None else kept
    if not 1 <= kept <= numbers:
        raise ValueError(f"kept: expected 1 to {numbers}, the numbers of a template, got {kept}.")
    directions, triangle = np.linalg.qr(np.random.default_rng(key).normal(size=(numbers, kept)))
    return directions * np.sign(np.diag(triangle))


def protect(templates, key: int, kept: int | None = None) -> np.ndarray:
    """Return protected templates: each is projected on the key's directions; compare them by their cosine.

    Parameters
    ----------
    templates : array_like of float, shape (n, numbers)
    key, kept
        As `key_directions` takes them.

    Returns
    -------
    ndarray of float64, shape (n, kept)
        Of length 1.

    Raises
    ------
    ValueError
        If the templates do not have two dimensions, or one is all zeros.
    """
    templates = np.asarray(templates, float)
    if templates.ndim != 2:
        raise ValueError(f"templates: expected the shape (n, numbers), got {templates.shape}.")
    return _of_length_1(templates @ key_directions(key, templates.shape[1], kept))


def recover(protected, key: int, numbers: int) -> np.ndarray:
    """Return what a thief who has the protected template and the key knows of the template.

    Parameters
    ----------
    protected : array_like of float, shape (n, kept)
    key : int
        The key that they were protected with.
    numbers : int
        Of an unprotected template.

    Returns
    -------
    ndarray of float64, shape (n, numbers)
        Of length 1.  After a rotation it is the template itself, up to its length; after a projection, the part of it
        that the projection kept.
    """
    protected = np.asarray(protected, float)
    return _of_length_1(protected @ key_directions(key, numbers, protected.shape[1]).T)


def _of_length_1(rows: np.ndarray) -> np.ndarray:
    """Return rows, each divided by its length."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    if (lengths == 0).any():
        raise ValueError("A template is all zeros, so it has no direction.")
    return rows / lengths
