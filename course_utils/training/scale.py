"""Say how large a training is on a laptop and on a GPU: the one place for the lessons' switch ``SCALE``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """How a network is trained, and for how long.

    Attributes
    ----------
    precision : str
        Name of the dtype policy of Keras that the network computes with.
    batch_size : int
        Pictures in a batch.
    shown : int
        How many pictures are shown in a training, the same ones again and again.
    """

    precision: str
    batch_size: int
    shown: int


SCALES = {
    # A quarter of a minute on two idle cores: enough to see the loss fall.
    "laptop": Scale(precision="float32", batch_size=64, shown=1_280),
    # A fold of LFW (`benchmarks.lfw_table.networks`), thirteen times through its pictures.  The GPU of a free Colab
    # session, a Tesla T4, multiplies float16 fast, and has nothing for bfloat16.
    "gpu": Scale(precision="mixed_float16", batch_size=256, shown=120_000),
}


def at_scale(name: str) -> Scale:
    """Return how a network is trained at a scale.

    Parameters
    ----------
    name : str
        "laptop" or "gpu".

    Raises
    ------
    ValueError
        If there is no such scale.
    """
    if name not in SCALES:
        raise ValueError(f"`SCALE` must be one of {', '.join(map(repr, SCALES))}, not {name!r}.")
    return SCALES[name]
