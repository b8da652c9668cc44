"""Train on any Keras backend: batches in a new order every epoch, checkpoints, a progress bar, single steps."""

from course_utils.training.article import train_network
from course_utils.training.batches import Batches, PeopleBatches
from course_utils.training.fresh_starts import FreshStarts
from course_utils.training.progress import progress_bar
from course_utils.training.resume import Resume
from course_utils.training.single_steps import gradients, keras_path, train_on_batch
from course_utils.training.verification_error import VerificationError

__all__ = [
    "Batches",
    "FreshStarts",
    "PeopleBatches",
    "Resume",
    "VerificationError",
    "gradients",
    "keras_path",
    "progress_bar",
    "train_network",
    "train_on_batch",
]
