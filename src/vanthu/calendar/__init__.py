"""Working schedule of offices, leaders and people (lịch công tác); meeting rooms and cars."""
