"""Exercises of lesson 07, trends."""
