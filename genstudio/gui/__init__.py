"""The desktop studio: a window on top of the engine. No model code is here; every action calls a use case of the studio.

Nothing of Qt is imported by importing this package, so that the command line stays quick; ``app.run`` opens the window.
"""
