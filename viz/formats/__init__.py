"""A network as text for other programs: Mermaid, Graphviz' own language, GraphML and GEXF."""
