"""Operations on codes z: paths between codes, combinations of codes, continuations, and searches for attributes."""
