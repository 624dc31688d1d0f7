"""Counts over rooms, never contents: the reports on incoming and outgoing documents of a period."""
