"""Everything a browser sees over HTTP."""
