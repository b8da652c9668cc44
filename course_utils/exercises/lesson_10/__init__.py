"""Exercises of lesson 10, a real benchmark."""
