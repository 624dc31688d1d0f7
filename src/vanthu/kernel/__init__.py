"""What every room stands on: actor, refusals, ledger, moves, participants, files, jobs, calendar."""
