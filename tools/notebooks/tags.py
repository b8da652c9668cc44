"""The tags of a notebook cell: how closely its new outputs must match the stored ones.

===================  =======================================================================
tag                  meaning
===================  =======================================================================
``rtol:1e-2``        floats may differ by this fraction (default 1e-3)
``atol:0.05``        floats may differ by this much (default 1e-6)
``int-tol:2``        integers may differ by this much (default 0)
``check-image:0.1``  figures may differ by this much, from 0 to 1 (default 0.06)
``skip-image``       figures may differ; only that there is one, and its alternative text
===================  =======================================================================

nbval's own tags work too: ``raises-exception``, ``nbval-ignore-output``, ``nbval-skip``; and ``answers-a-prediction``,
which `tools.notebooks.predictions` explains.  A tag that looks like one of these but is not is an error, for it would
silently mean nothing.  Tags of other programs (``hide-input``) are ignored.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from nbval.plugin import metadata_tags as nbval_tags

from tools.notebooks.figures import DEFAULT_LIMIT
from tools.notebooks.predictions import ANSWER

RAISES = frozenset({"raises-exception", "nbval-raises-exception"})
SKIP = "nbval-skip"

_NUMBER_TAGS = {"rtol": "rtol", "atol": "atol", "int-tol": "int_tol"}
_IMAGE_TAG = "check-image"
_NO_IMAGE_TAG = "skip-image"
_LOOKS_LIKE_OURS = re.compile(
    r"(rtol|atol|int[-_ ]?tol|(check|skip)[-_ ]?image|nbval|raises?[-_ ]|answer|predict)", re.IGNORECASE
)
_HELP = f"use rtol:1e-2, atol:0.05, int-tol:2, check-image:0.1, skip-image or {ANSWER}"


@dataclass(frozen=True)
class Tolerance:
    """How far a new output may be from the stored one.

    Attributes
    ----------
    rtol, atol
        Relative and absolute tolerance of floats; the larger of the two applies.
    int_tol
        Absolute tolerance of integers.
    image
        Largest allowed difference of figures, from 0 to 1 (see `tools.notebooks.figures`); None: in anything.
    """

    rtol: float = 1e-3
    atol: float = 1e-6
    int_tol: float = 0
    image: float | None = DEFAULT_LIMIT


def read_tags(tags: Iterable[str]) -> tuple[Tolerance, list[str]]:
    """Read the tags of one cell.

    Returns
    -------
    tolerance
        What the well-formed tags ask for; the defaults otherwise.
    problems
        One message for each tag that is malformed or unknown.
    """
    values: dict[str, float | None] = {}
    problems = []
    for tag in tags:
        try:
            values |= _read_tag(tag)
        except ValueError as error:
            problems.append(str(error))
    return Tolerance(**values), problems


def _read_tag(tag: str) -> dict[str, float | None]:
    """Return what one tag sets; raise ValueError if it looks like a tag of ours and is not."""
    name, colon, value = tag.partition(":")
    if tag in nbval_tags or tag == ANSWER:
        return {}
    if tag == _NO_IMAGE_TAG:
        return {"image": None}
    if tag == _IMAGE_TAG:
        return {"image": DEFAULT_LIMIT}
    if name == _IMAGE_TAG:
        return {"image": _not_negative(tag, value)}
    if name in _NUMBER_TAGS:
        return {_NUMBER_TAGS[name]: _not_negative(tag, value)}
    if colon or _LOOKS_LIKE_OURS.match(tag):
        raise ValueError(f"unknown tag {tag!r}: {_HELP}")
    return {}


def _not_negative(tag: str, value: str) -> float:
    """Return the value of a tag as a number."""
    try:
        number = float(value)
    except ValueError:
        number = -1
    if not 0 <= number < float("inf"):
        raise ValueError(f"malformed tag {tag!r}: {_HELP}")
    return number
