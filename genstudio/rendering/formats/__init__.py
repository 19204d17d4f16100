"""The formats that pieces are exported to: one module for each family, and the registry that lists them."""
