"""Exercises of lesson 03, optimizers."""
