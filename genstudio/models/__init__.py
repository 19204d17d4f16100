"""Models: the cores (architectures), the SequenceVAE around them, its latent space, learned priors, and model files."""
