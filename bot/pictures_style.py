"""Sizes and colours of all pictures, in pixels.

Made for a phone: one column of large type, each thing labelled where it stands, no legend. What is
out of policy differs in colour, pattern and sign.
"""

from __future__ import annotations

WIDTH = 1080
MARGIN = 56
INNER = WIDTH - 2 * MARGIN
GAP = 64
"""Between the parts of a picture."""
NEAR = 30
"""Between the things of a part."""

TITLE, HEADING, BODY, SMALL = 54.0, 42.0, 38.0, 33.0
LEAST = 26.0
"""No smaller type: 9 pixels on a phone 390 wide."""

INK, MUTED, LINE = "#1b1f24", "#57606a", "#8c959f"
BLUE, WARNING = "#0072b2", "#b84a00"
"""Blue and vermilion keep apart for every kind of colour blindness (Okabe and Ito's palette, the
second darkened to 5:1 against white)."""
ZONE, TRACK = "#cfdde9", "#f2f4f6"
"""Where the policy wants the bar to end, and the rest of its way."""
