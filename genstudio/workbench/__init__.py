"""What is done with models and corpora: comparing variants, learning attributes, maps and priors, and examples for cards."""
