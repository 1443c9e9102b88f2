"""Forms that are sent together and walked like one: one for each kind of thing, and one beside them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from wtforms import Field

from portal.notifications.forms.kinds import KindForm
from portal.notifications.policy import Told
from portal.web.forms import Form


class Together:
    """`kinds` by their code, and what else is chosen with them; errors stand at the fields."""

    def __init__(self, kinds: Mapping[str, KindForm], parts: Sequence[Form]) -> None:
        self.kinds = kinds
        self.parts = parts
        self.form_errors: list[str] = []

    def __iter__(self) -> Iterator[Field]:
        for form in self.parts:
            yield from form

    def counting(self) -> Sequence[Form]:
        """Return the parts that count."""
        return self.parts

    def validate(self) -> bool:
        """Check every field of every part that counts."""
        valid = [form.validate() for form in self.counting()]
        return all(valid)

    def wishes(self) -> dict[str, Told]:
        """Return what is chosen, by kind."""
        return {code: form.told() for code, form in self.kinds.items()}

    @property
    def errors(self) -> list[Any]:
        """Return what is wrong."""
        return [field.errors for field in self if field.errors]
