"""What is checked, grouped by element; each function gives the findings of its rules."""
