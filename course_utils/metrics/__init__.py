"""Score a recogniser, and give each score an interval that says how far it can be trusted."""

from course_utils.metrics.comparisons import discoveries
from course_utils.metrics.identification import (
    NOBODY,
    cumulative_match_characteristic,
    detection_and_identification_rate,
    false_negative_identification_rate,
    false_positive_identification_rate,
    rank_rate,
    ranks,
    threshold_at_fpir,
)
from course_utils.metrics.intervals import (
    dyadic_interval,
    identity_interval,
    mean_interval,
    person_interval,
    student_interval,
    wilson_interval,
)
from course_utils.metrics.rates import (
    TooFewComparisonsError,
    check_support,
    detection_error_tradeoff,
    false_match_rate,
    false_non_match_rate,
    rule_of_three,
    threshold_at,
    true_accept_rate,
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
    "NOBODY",
    "TooFewComparisonsError",
    "all_pairs",
    "best_threshold",
    "check_support",
    "cosine_similarity",
    "cumulative_match_characteristic",
    "detection_and_identification_rate",
    "detection_error_tradeoff",
    "discoveries",
    "dyadic_interval",
    "equal_error_rate",
    "false_match_rate",
    "false_negative_identification_rate",
    "false_non_match_rate",
    "false_positive_identification_rate",
    "fold_accuracies",
    "identity_interval",
    "mean_interval",
    "person_interval",
    "rank_rate",
    "ranks",
    "roc_auc",
    "rule_of_three",
    "student_interval",
    "ten_fold_accuracy",
    "threshold_at",
    "threshold_at_fpir",
    "true_accept_rate",
    "wilson_interval",
]
