"""One spelling for a workplace's name, however it is written."""

from portal.kernel.search.analysis import words

COMPANY_FORMS = frozenset(
    """ab aktiebolag aktiebolaget publ hb handelsbolag kb kommanditbolag ek for group gruppen
    koncernen holding sverige sweden nordic nordics scandinavia as asa oy oyj aps inc ltd llc plc
    gmbh ag bv sa""".split()
)


def name_key(name: str) -> str:
    """Return one spelling of a name: Nord-Bygg AB and NORDBYGG are the same; may be empty."""
    told = words(name)
    return "".join([word for word in told if word not in COMPANY_FORMS] or told)[:120]
