"""Pictures and pages from networks and tables; knows nothing of RDF."""
