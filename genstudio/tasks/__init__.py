"""The tasks besides the operations on the latent space: making corpora, training, measuring, maps, exporting. One module each.

A task takes its options by name, as an options dataclass declares them (:func:`genstudio.tasks.base.task`), reports progress, can
be stopped, and returns the JSON result of its command. torch is loaded when a task runs that needs it, not before.
"""
