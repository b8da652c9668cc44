"""Exercises of lesson 09, galleries and identification."""
