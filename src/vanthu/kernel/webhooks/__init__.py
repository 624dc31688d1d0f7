"""Events for other programs: what an office subscribed to, the outbox of its acts, the way to the receivers."""
