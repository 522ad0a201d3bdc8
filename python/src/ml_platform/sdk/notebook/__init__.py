"""Jobs in a notebook."""
