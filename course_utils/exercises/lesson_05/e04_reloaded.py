"""5.4: the same answer tomorrow."""

import numpy as np

from course_utils.exercises.forms import Custom
from course_utils.exercises.reading import as_array

PREDICTIONS = np.linspace(0.03, 0.97, 30).reshape(30, 1)


def judge_reloaded(before, after, single):
    """Compare the predictions before and after saving; no numbers are shown, for they differ between machines."""
    before, after, single = (np.ravel(as_array(part)) for part in (before, after, single))
    if len(before) < 2 or not ((before > 0) & (before < 1)).all():
        yield "before is another"
    if after.shape != before.shape:
        yield "not one for each"
    elif np.isin(after, (0, 1)).all():
        yield "answers, not probabilities"
    elif not np.allclose(after, before, atol=1e-4):
        yield "another network"
    if single.shape != (1,):
        yield "more than one"
    elif not np.allclose(single, before[:1], atol=1e-4):
        yield "another picture"


exercise = Custom(judge_reloaded, answers=3, right=[(PREDICTIONS, PREDICTIONS, PREDICTIONS[:1])])
