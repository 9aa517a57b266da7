"""RDF of people's own: read, checked, turned into plans that answer like the tables do. reading.py is the way in."""
