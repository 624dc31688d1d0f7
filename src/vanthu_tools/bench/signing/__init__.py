"""How many signatures a second and core, and how much memory a large file takes, beside the bare primitive."""
