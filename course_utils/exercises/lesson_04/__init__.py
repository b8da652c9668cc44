"""Exercises of lesson 04, data augmentation."""
