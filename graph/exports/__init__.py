"""What is loaded, taken elsewhere: RDF, tables with a data package, networks. export.py is the way in."""
