"""Labelled documents made by seed, and how many of their fields reading gets exactly (`vanthu bench reading`)."""
