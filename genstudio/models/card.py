def write_card(folder, about=None): pass
