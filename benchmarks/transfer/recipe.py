"""Say how a network is trained, and which networks the table has."""

from dataclasses import dataclass

from benchmarks.transfer.people import People


@dataclass(frozen=True)
class Recipe:
    """How a network is trained; no default was chosen on anything but LFW's View 1.

    Attributes
    ----------
    shown
        How many pictures are shown in training, the same ones again and again: in whole passes over the set.
    augmented
        False: the pictures are only mirrored.
    margin, scale
        Of CosFace.
    learning_rate, weight_decay, batch_size
        Of SGD with Nesterov momentum 0.9: the rate rises over the first 5 % of the steps, then falls along a cosine.
        Keras takes ``weight_decay * learning_rate`` of a weight away at each step, outside the momentum.
    width, precision
        Of the network.
    start
        A network that comes with the course (`course_utils.pretrained`): the training goes on from its weights.  Empty:
        it begins with random ones.
    """

    shown: int = 67_200
    augmented: bool = True
    margin: float = 0.25
    scale: float = 24.0
    learning_rate: float = 0.05
    weight_decay: float = 5e-3
    batch_size: int = 128
    width: int = 16
    precision: str = "float32"
    start: str = ""


# The rows of the table that are trained: on whom, and how.
NETWORKS = {
    "network": (People(), Recipe(shown=192_000)),
    "network, larger set": (People(people=2000, of=2000, seed=1), Recipe(shown=560_000)),
    "network, twice the people, trained further": (
        People(people=2000, of=2000, seed=1, sets=2),
        Recipe(shown=800_000, batch_size=64, learning_rate=0.04, start="embedding_first"),
    ),
}
