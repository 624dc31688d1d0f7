"""What happens upstairs after something happened downstairs: the one page that wires rooms together."""


def connect() -> None:
    """Connects the reactions. Called once per process, when all rooms are loaded."""
