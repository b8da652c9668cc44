"""Train on any Keras backend: batches in a new order, checkpoints, a progress bar, single steps and their times."""

from course_utils.training.article import train_network
from course_utils.training.batches import Batches, PeopleBatches
from course_utils.training.fresh_starts import FreshStarts
from course_utils.training.progress import progress_bar
from course_utils.training.resume import Resume
from course_utils.training.scale import SCALES, Scale, at_scale
from course_utils.training.single_steps import gradients, keras_path, train_on_batch
from course_utils.training.step_profile import faster_input, step_times, time_rows
from course_utils.training.verification_error import VerificationError

__all__ = [
    "SCALES",
    "Batches",
    "FreshStarts",
    "PeopleBatches",
    "Resume",
    "Scale",
    "VerificationError",
    "at_scale",
    "faster_input",
    "gradients",
    "keras_path",
    "progress_bar",
    "step_times",
    "time_rows",
    "train_network",
    "train_on_batch",
]
