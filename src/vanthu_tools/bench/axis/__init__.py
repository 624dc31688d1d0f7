"""What it costs to receive a packet of the axis, beside the bare cost of its bytes."""
