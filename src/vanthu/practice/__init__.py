"""Rooms of practice: invented offices and documents of one day, where nothing counts and nothing leaves."""
