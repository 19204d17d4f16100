"""Projects: the file (``archive``), what is open and whether it is saved (``keeper``), and what a person is asked (``desk``)."""
