"""What melodies and drums share: notes, metres and bars, and the files of music."""
