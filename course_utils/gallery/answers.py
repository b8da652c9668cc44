"""Define what a gallery returns: candidates of a search, and the answer of an identification."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Candidate:
    """A person of the gallery who may be the one in a probe.

    Attributes
    ----------
    name : str
    score : float
        The cosine, -1 to 1.
    """

    name: str
    score: float


@dataclass(frozen=True)
class Answer:
    """Who is in a probe.

    Attributes
    ----------
    name : str or None
        The most similar person, None where nobody reaches the threshold.
    score : float
        That of the most similar person, whether or not it reaches the threshold.
    """

    name: str | None
    score: float

    def __str__(self) -> str:
        return f"{'nobody' if self.name is None else self.name} ({self.score:.2f})"
