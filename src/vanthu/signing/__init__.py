"""Sign and verify files: places for signatures, PAdES, certificates, key devices, the report on a signed file."""
