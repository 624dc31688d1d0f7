"""Looks, never acts."""
