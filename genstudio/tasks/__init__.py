"""The tasks other than operations on the latent space: building corpora, training, evaluation, maps, exports; one module each.

A task takes the fields of an options dataclass by name (:func:`genstudio.tasks.base.task`), reports progress, can be stopped, and
returns the JSON result of its command. torch is loaded when a task needs it, not before.
"""
