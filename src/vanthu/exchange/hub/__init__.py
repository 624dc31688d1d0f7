"""A hub of our own: other systems exchange through this installation as through the axis."""
