"""Driving the product and measuring it: `vanthu bench run`, its figures and their report."""
