"""Protocols of measurements that a lesson and a benchmark share: the lesson repeats a part of the benchmark's table."""

NOT_TRAINED = 0.9  # below this accuracy on its own training pictures, a network has no verdict
