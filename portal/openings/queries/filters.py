"""What somebody looks for: a filter that can be asked, shown, shared and asked again."""

from dataclasses import dataclass

from portal.kernel.search import Term, both, either, label, read
from portal.taxonomy.places import municipality


@dataclass(frozen=True)
class Filters:
    """A search for openings; AND across the fields, OR within each."""

    text: str = ""
    fields: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    remote: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    extents: tuple[str, ...] = ()
    networks: tuple[int, ...] = ()
    by_deadline: bool = False

    def words(self) -> list[Term]:
        """Return the typed words as search terms."""
        return read(self.text)

    def labels(self) -> Term | None:
        """Return the ticked boxes as one search term, None when none is ticked."""
        ticked = (
            ("field", self.fields),
            ("remote", self.remote),
            ("form", self.forms),
            ("extent", self.extents),
            ("network", tuple(map(str, self.networks))),
        )
        groups = [either([label(kind, value) for value in values]) for kind, values in ticked]
        groups.append(either(self._places()))
        return both([group for group in groups if group is not None])

    def _places(self) -> list[Term]:
        """Return the places; a county narrows to those of its municipalities that are ticked."""
        found = [municipality(code) for code in self.municipalities]
        narrowed = {one.county_code for one in found if one}
        whole = [label("county", code) for code in self.counties if code not in narrowed]
        return whole + [label("municipality", one.code) for one in found if one]
