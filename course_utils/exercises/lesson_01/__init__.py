"""Exercises of lesson 01, convolutional networks."""
