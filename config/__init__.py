"""Deployment of Văn thư: settings, addresses, and the wiring between rooms."""
