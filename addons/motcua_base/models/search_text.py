from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import text

# Letters that the index needs to find a word by its middle.
TRIGRAM = 3


class SearchText(models.AbstractModel):
    """Records found as officers type: without accents, words in any order."""

    _name = "motcua.search.text"
    _description = "Searched without accents"

    search_text = fields.Char(
        groups=".",  # searched by SQL only
        help="What a record is found by, in small letters without accents.",
    )

    _search_text_idx = models.Index("USING gin (search_text gin_trgm_ops)")

    @api.model
    def _searchable(self, *parts):
        """The parts as one text to search in, with a blank before each word."""
        return text.unaccent(" ".join(["", *filter(None, parts)]))

    @api.model
    def _fragment_domain(self, typed):
        """Condition on ``search_text``, which nobody may read. One or two letters are
        looked for where words begin: inside of words they are everywhere, and the index
        does not know them there."""
        field = self._fields["search_text"]
        fragment = text.unaccent(typed)
        escaped = fragment.translate({ord(char): f"\\{char}" for char in "\\%_"})
        if len(fragment) < TRIGRAM:
            escaped = f" {escaped}"
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s LIKE %s",
                SQL.identifier(alias, field.name, to_flush=field),
                f"%{escaped}%",
            ),
        )
