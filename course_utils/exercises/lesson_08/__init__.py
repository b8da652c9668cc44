"""Exercises of lesson 08, embeddings and verification."""
