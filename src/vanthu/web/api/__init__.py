"""The REST interface under /api/v1: the same queries and verbs as the pages, for programs."""
