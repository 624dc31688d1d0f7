"""Documents, registers and numbering, incoming and outgoing entries."""
