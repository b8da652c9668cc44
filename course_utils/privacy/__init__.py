"""Attack and protect what a recogniser keeps of people: membership, templates, keyed templates, private training.

Everything here is for lessons on people who do not exist.  The attacks show why a template is personal data; the
defences show what they cost and what they leave open.  None of it is fit to protect a real system: use a reviewed
library there.
"""

from course_utils.privacy.cancelable import key_directions, protect, recover
from course_utils.privacy.differential import (
    advantage_bound,
    clipped,
    epsilon_spent,
    noise_for,
    softmax_gradients,
    train_privately,
)
from course_utils.privacy.inversion import Decoder, fit_decoder, refined
from course_utils.privacy.membership import attack_auc, confidences, true_label_losses

__all__ = [
    "Decoder",
    "advantage_bound",
    "attack_auc",
    "clipped",
    "confidences",
    "epsilon_spent",
    "fit_decoder",
    "key_directions",
    "noise_for",
    "protect",
    "recover",
    "refined",
    "softmax_gradients",
    "train_privately",
    "true_label_losses",
]
