"""Letters and dossiers on paper: layout only; every word comes from outside."""
