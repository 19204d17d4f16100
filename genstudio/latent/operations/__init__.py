"""The operations on the latent space, one file each, and the registry that lists them."""
