"""Exercises of lesson 02, loss functions."""
