"""Editing a piece: its notes in a roll, or its words."""
