"""The addresses of terms and things, as plain strings, so that nothing heavy is imported to name one."""

GT = "https://w3id.org/goldenthread/ontology#"
ONTOLOGY = "https://w3id.org/goldenthread/ontology"
THINGS = "https://w3id.org/goldenthread/id/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
ORG = "http://www.w3.org/ns/org#"
FOAF = "http://xmlns.com/foaf/0.1/"
OA = "http://www.w3.org/ns/oa#"
DCT = "http://purl.org/dc/terms/"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
TEXT_FRAGMENT = "http://tools.ietf.org/rfc/rfc5147"

PREFIXES = {
    "gt": GT,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "skos": SKOS,
    "org": ORG,
    "foaf": FOAF,
    "oa": OA,
    "dct": DCT,
}


INVENTED = " (invented data)"  # what the title of a plan bears whose data are


def local(iri: str) -> str:
    """Return the last part of an address: local("https://example.org/a#b%20c") is "b c"."""
    bare = iri.rstrip("/#:")
    last = bare[max(map(bare.rfind, "/#:")) + 1 :]
    if "%" in last:
        from urllib.parse import unquote

        return unquote(last)
    return last


def concept(scheme: str, notation: str) -> str:
    """Return the address of a concept: concept("stage", "planned")."""
    return f"{ONTOLOGY}/{scheme}/{notation}"


def graph(name: str) -> str:
    """Return the address of a named graph: graph("registry"), graph("norfolk-2016")."""
    return f"{THINGS}graph/{name}"


def passage(plan: str, lines: str) -> str:
    """Return the address of a plan's passage: passage("norfolk-2016", "74-75")."""
    return f"{THINGS}{plan}/passage/{lines.replace(' ', '-')}"
