"""Delivery inside the sector, receipts."""
