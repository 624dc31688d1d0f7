"""The administrator's pages about webhooks: who is told of what, and what became of it."""
