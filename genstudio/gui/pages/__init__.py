"""The places of the rail, one a file."""
