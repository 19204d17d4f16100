"""Evaluation of models: a module for each group of metrics."""
