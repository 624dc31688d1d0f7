"""Tools around the product: set-up, private PostgreSQL, demonstration sector, command line. Imported by nothing."""
