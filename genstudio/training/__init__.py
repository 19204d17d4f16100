"""Training: the loop, schedules, held-out evaluation while training, saved states, and the fitting of priors."""
