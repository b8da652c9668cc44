"""Answers to 3.14: right ones, and wrong ones with the hint that each must get.

Stand-ins have the few attributes of Keras's objects that are looked at, so that no test waits for TensorFlow; the
executed solution shows that the real ones pass.
"""

from types import SimpleNamespace

from recorded_answers import Answers

SCHEDULE = {
    "initial_learning_rate": 0.0, "decay_steps": 40, "alpha": 0.0, "warmup_target": 0.05, "warmup_steps": 10,
}  # fmt: skip
SETTINGS = {"momentum": 0.9, "clipnorm": None, "global_clipnorm": 1.0}


class SGD:
    def __init__(self, iterations=50, rate=None, **settings):
        self.iterations, self.rate, self.settings = iterations, rate, settings

    def get_config(self):
        return {**SETTINGS, "learning_rate": self.rate, **self.settings}


class Adam(SGD):
    pass


class BinaryCrossentropy:
    pass


def cosine(**settings):
    return {"class_name": "CosineDecay", "config": {**SCHEDULE, **settings}}


def trained(optimizer=None, loss="binary_crossentropy", epochs=10):
    optimizer = optimizer or SGD(rate=cosine())
    history = SimpleNamespace(history={"loss": [0.5] * epochs})
    return Answers((SimpleNamespace(optimizer=optimizer, loss=loss), history))


def with_rate(rate, **settings):
    return trained(SGD(rate=rate, **settings))


RIGHT = [
    trained(),
    trained(loss=BinaryCrossentropy()),
    with_rate(cosine(initial_learning_rate=0), nesterov=True),
]

WRONG = [
    ("not compiled", Answers((SimpleNamespace(optimizer=None), SimpleNamespace(history={})))),
    ("another optimizer", trained(Adam(rate=cosine()))),
    ("constant rate", with_rate(0.05)),
    ("another schedule", with_rate({"class_name": "ExponentialDecay", "config": {}})),
    ("no warm-up", with_rate(cosine(initial_learning_rate=0.05, warmup_target=None, warmup_steps=0))),
    ("no warm-up", with_rate(cosine(initial_learning_rate=0.05))),
    ("highest rate", with_rate(cosine(warmup_target=0.5))),
    ("length of the warm-up", with_rate(cosine(warmup_steps=20, decay_steps=30))),
    ("falls too long", with_rate(cosine(decay_steps=50))),
    ("lowest rate", with_rate(cosine(decay_steps=400))),
    ("lowest rate", with_rate(cosine(alpha=0.1))),
    ("falls too fast", with_rate(cosine(decay_steps=20))),
    ("no momentum", with_rate(cosine(), momentum=0.0)),
    ("each array alone", with_rate(cosine(), clipnorm=1.0, global_clipnorm=None)),
    ("not clipped", with_rate(cosine(), global_clipnorm=None)),
    ("not clipped", with_rate(cosine(), global_clipnorm=10.0)),
    ("another loss", trained(loss="mse")),
    ("no history", Answers((trained()[0], [0.5] * 10))),
    ("trained twice", with_rate(cosine(), iterations=100)),
    ("epochs", trained(epochs=5)),
    ("batch size", with_rate(cosine(), iterations=40)),
]
