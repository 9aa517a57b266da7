"""Topics, kinds of work and audience of rows that nobody has read: proposed from the words of the ontology's labels."""
