"""Protocols of measurements that a lesson and a benchmark share: the lesson repeats a part of the benchmark's table."""
