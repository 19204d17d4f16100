"""From z to tokens, and paths through the latent space."""
