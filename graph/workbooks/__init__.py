"""Plans in workbooks: read, written, and the explained one that a manager fills."""
