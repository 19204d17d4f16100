"""Models: cores, the SequenceVAE around them, its latent space and its files."""
