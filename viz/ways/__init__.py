"""How lines run between boxes that have their places, and where words stand on them: for still pictures and pages alike."""
