"""Pages about the person who is signed in, and the administrator's pages about people."""
