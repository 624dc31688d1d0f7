"""Văn thư: the domain. Knows no HTTP (but for `web`) and no deployment."""
