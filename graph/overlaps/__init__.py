"""Which priorities and actions are the same work, or overlap: found from subject, kind of work and wording, with reasons.

`overlaps()` in finding.py is the way in; matching.py says what is compared, relationship.py what a pair is to each other.
"""
