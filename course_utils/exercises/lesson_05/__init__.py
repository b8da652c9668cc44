"""Exercises of lesson 05, the full pipeline."""
