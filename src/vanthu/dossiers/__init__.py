"""Work dossiers."""
