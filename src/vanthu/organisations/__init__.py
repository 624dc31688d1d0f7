"""Offices and their history, units, people, accounts, posts, powers, delegation."""
