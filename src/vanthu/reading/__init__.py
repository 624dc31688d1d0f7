"""Text and page images of a file."""
