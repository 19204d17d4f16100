"""How pieces and figures are seen: piano roll, score, text, map, curves. A view knows no page."""
