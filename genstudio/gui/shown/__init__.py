"""How each kind of data is shown: a module for each, named in the table of :mod:`genstudio.gui.kinds`."""
