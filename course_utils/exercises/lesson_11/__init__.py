"""Exercises of lesson 11, responsibility."""
