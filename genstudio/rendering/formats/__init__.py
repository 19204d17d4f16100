"""The export formats: one module for each family, and the registry that lists them."""
