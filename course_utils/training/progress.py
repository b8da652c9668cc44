"""Show a progress bar while `fit` runs."""

from __future__ import annotations

import keras
from tqdm.keras import TqdmCallback

from course_utils import environment


def progress_bar() -> keras.callbacks.Callback:
    """Return a callback for `fit`: a bar with one step per epoch and the latest metrics next to it."""
    options = environment.progress_pace()
    return TqdmCallback(verbose=0, leave=False, disable=environment.progress_hidden(), **options)
