"""Code that melodies and drums share: notes, metres and bars, and files of music."""
