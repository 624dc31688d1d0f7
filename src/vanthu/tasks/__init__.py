"""Instructions, assignments, deadlines."""
