"""6.6: early stopping, to mend."""

from course_utils.exercises.forms import Function


def stop_early(losses, weights, patience):
    """Return a right answer to 6.6."""
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return epoch + 1, weights[best]
    return len(losses), weights[best]


def patient_after_the_best_of_all(losses, weights, patience):
    """Look for the best epoch before the patience begins."""
    best = losses.index(min(losses))
    return min(best + 1 + patience, len(losses)), weights[best]


def case(patience, *losses):
    """Return the arguments for these losses, with 10 as the weights of the first epoch, 20 of the second and so on."""
    return list(losses), [10 * (epoch + 1) for epoch in range(len(losses))], patience


exercise = Function(
    stop_early,
    given=[(">=", ">"), ("epoch + 1, weights[best]", "epoch + 1, weights[epoch]"), ("weights[best]", "weights[-1]")],
    cases=[
        case(1, 0.9),
        case(1, 0.9, 0.7),
        case(1, 0.7, 0.9),
        case(1, 0.7, 0.9, 0.5),
        case(1, 0.7, 0.9, 0.8, 0.6),
        case(1, 0.7, 0.9, 0.5, 0.8, 0.6),
        case(2, 0.7, 0.8),
        case(2, 0.7, 0.7, 0.8, 0.6),
        case(2, 0.9, 0.6, 0.8, 0.7, 0.5),
        case(2, 0.9, 0.7, 0.6, 0.65, 0.5, 0.6, 0.55, 0.4),
        case(3, 0.5, 0.7, 0.4, 0.8, 0.3, 0.9, 0.35, 0.34, 0.2),
    ],
)
