"""Training: the loop, its schedules, held-out evaluation while training, resume."""
