from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..api import takes
from ..tools import scan, text
from ..tools.arguments import Text

# What personal numbers are found by: whole, and only by who has them before the eyes.
NUMBER_COLUMNS = (
    "applicant_id_number",
    "applicant_phone",
    "submitter_id_number",
    "submitter_phone",
)


class Dossier(models.Model):
    """Finding dossiers as officers type: without accents, words in any order, parts of
    codes; phones and ID numbers as a whole.

    Parts of a personal number find nothing: lists mask it, and who could ask for it
    digit by digit would read it behind the back of the access log.
    """

    _name = "motcua.dossier"
    _inherit = ["motcua.dossier", "motcua.search.text", "motcua.vietnamese.order"]
    _vietnamese_names = frozenset({"applicant_name", "submitter_name", "receiver_name"})

    search_text = fields.Char(compute="_compute_search_text", store=True)

    def init(self):
        # Between the index of words and the order of the list the planner chooses by
        # how common a word is, and guesses badly by the usual sample of a hundred.
        self.env.cr.execute(
            "ALTER TABLE motcua_dossier ALTER search_text SET STATISTICS 1000"
        )

    @api.depends(
        "code",
        "register_code",
        "external_code",
        "applicant_name",
        "submitter_name",
        "subject",
        "procedure_id.code",
    )
    def _compute_search_text(self):
        for dossier in self:
            procedure_code, _name = dossier.procedure_id._get_code_and_name()
            parts = (
                dossier.code,
                dossier.register_code,
                dossier.external_code,
                dossier.applicant_name,
                dossier.submitter_name,
                procedure_code,
                dossier.subject,
            )
            dossier.search_text = dossier._searchable(*parts)

    @api.model
    def _search_display_name(self, operator, value):
        """What is typed into the search bar, a many2one field or the command palette
        means the same everywhere."""
        if operator in ("like", "ilike") and isinstance(value, str) and value.strip():
            return self._typed_domain(value)
        if operator in ("not like", "not ilike"):
            return NotImplemented  # Odoo asks for the contrary, and negates it
        return super()._search_display_name(operator, value)

    @api.model
    @api.readonly
    def web_search_read(
        self,
        domain,
        specification,
        offset=0,
        limit=None,
        order=None,
        count_limit=None,
    ):
        """A page of a list and how many dossiers there are, up to ``count_limit``: from
        one search, where Odoo searches once more to count."""
        if not limit or not count_limit or count_limit < offset + limit:
            return super().web_search_read(
                domain, specification, offset, limit, order, count_limit
            )
        found = self.search(domain, limit=count_limit, order=order)
        page = found[offset : offset + limit]
        return {"length": len(found), "records": page.web_read(specification)}

    @api.model
    def _typed_domain(self, typed):
        """Domain of the dossiers that have every word of ``typed``; of what a scanner
        typed, the one with the code in it."""
        found = scan.recognise(typed)
        if found.kind == "keyboard":
            raise UserError(self._keyboard_sentence())
        if found.kind == "number":
            return self._number_domain(found.value) | self._words_domain(typed)
        if found.kind == "dossier":
            return self._words_domain(found.value)
        return self._words_domain(typed)

    @api.model
    def _keyboard_sentence(self):
        return self.env._(
            "The scanner types through a Vietnamese keyboard. Switch the keyboard to "
            "English and scan again."
        )

    @api.model
    def _words_domain(self, typed):
        domain = Domain.TRUE
        for word in text.coded(typed).split():
            condition = self._fragment_domain(word)
            found = scan.recognise(word)
            if found.kind == "number":
                condition |= self._number_domain(found.value)
            domain &= condition
        return domain

    @api.model
    def _number_domain(self, numbers):
        values = set(numbers.values())
        return Domain.OR(Domain(name, "in", values) for name in NUMBER_COLUMNS)

    @api.model
    def _find_by_code(self, code):
        """The dossier, in the user's scope, that ``code`` was issued for: here, or in
        the system that it came from."""
        return self.search([("code", "=", code)], limit=1) or self.search(
            [("external_code", "=", code)], limit=1
        )

    @api.model
    @takes(text=Text())
    def find_scanned(self, text):
        """What a scanner typed somewhere in the back office.

        :return: dict with the ``id`` of the dossier, or a ``message`` that says why
            there is none
        """
        found = scan.recognise(text or "")
        if found.kind == "dossier":
            dossier = self._find_by_code(found.value)
            if dossier:
                return {"id": dossier.id}
            message = self.env._(
                "Dossier %s does not exist here, or is none of your units'.",
                found.value,
            )
        elif found.kind == "keyboard":
            message = self._keyboard_sentence()
        elif found.kind in ("card", "bad_card", "garbled"):
            message = self.env._(
                "This is an ID card. Open “Receive dossiers” to take in a dossier, or "
                "“Return results” to hand one over, and scan it there."
            )
        else:
            message = self.env._(
                "This code belongs to nothing here. Scan a receipt or the code of a "
                "dossier."
            )
        return {"message": message}
