"""Evaluation: one family of measures a file."""
