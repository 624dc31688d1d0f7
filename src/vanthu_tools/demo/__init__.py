"""The demonstration sector: offices as the law has them; people, documents and their handling invented."""
