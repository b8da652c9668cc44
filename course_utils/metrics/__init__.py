"""Score a recogniser, and give each score an interval that says how far it can be trusted."""

from course_utils.metrics.comparisons import discoveries
from course_utils.metrics.intervals import (
    dyadic_interval,
    identity_interval,
    mean_interval,
    student_interval,
    wilson_interval,
)
from course_utils.metrics.verification import (
    all_pairs,
    best_threshold,
    cosine_similarity,
    equal_error_rate,
    fold_accuracies,
    roc_auc,
    ten_fold_accuracy,
)

__all__ = [
    "all_pairs",
    "best_threshold",
    "cosine_similarity",
    "discoveries",
    "dyadic_interval",
    "equal_error_rate",
    "fold_accuracies",
    "identity_interval",
    "mean_interval",
    "roc_auc",
    "student_interval",
    "ten_fold_accuracy",
    "wilson_interval",
]
