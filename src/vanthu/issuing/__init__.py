"""Drafts and versions, review, signature, number, seal, issue."""
