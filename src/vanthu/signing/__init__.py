"""Signs and verifies files."""
