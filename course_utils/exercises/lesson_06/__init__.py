"""Exercises of lesson 06, overfitting and its remedies."""
