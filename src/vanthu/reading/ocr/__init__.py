"""Reading scans: `quick` gives the words for the form, `thorough` a searchable copy beside the untouched file."""
