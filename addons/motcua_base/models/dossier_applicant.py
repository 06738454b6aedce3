from odoo import api, models
from odoo.exceptions import UserError

from .dossier import APPLICANT_COLUMNS


class Dossier(models.Model):
    """Who applies: the contacts behind the names on paper."""

    _inherit = "motcua.dossier"

    @api.model
    def _complete_applicants(self, vals_list):
        """Fill in the contacts of applicants given by name and number only, and what
        dossiers copy from their contacts."""
        nameless = [vals for vals in vals_list if not vals.get("applicant_id")]
        contacts = self._find_or_create_applicants(nameless)
        for vals, contact in zip(nameless, contacts, strict=True):
            vals["applicant_id"] = contact.id
        Partner = self.env["res.partner"].sudo()
        partners = Partner.browse({vals["applicant_id"] for vals in vals_list})
        partners.fetch(APPLICANT_COLUMNS)
        columns = {partner.id: self._applicant_columns(partner) for partner in partners}
        for vals in vals_list:
            for name, value in columns[vals["applicant_id"]].items():
                vals.setdefault(name, value)

    @api.model
    def _applicant_columns(self, partner):
        """What a dossier copies from the contact of its applicant."""
        partner = partner.sudo()
        return {
            "applicant_type": partner.motcua_type or "1",
            "applicant_name": partner.name,
            "applicant_id_number": partner.motcua_id_number,
            "applicant_phone": partner.phone,
            "applicant_email": partner.email,
            "applicant_address": partner.motcua_address,
        }

    @api.model
    def _find_or_create_applicants(self, vals_list):
        """Contacts of applicants given by name and number only: found by the number, or
        entered anew. Without a number everybody is a person of his own.

        :param vals_list: values of dossiers
        :return: list of contacts in the same order
        """
        if not all((vals.get("applicant_name") or "").strip() for vals in vals_list):
            raise UserError(self.env._("Say who applies."))
        keys = [
            self._applicant_number(vals) or index
            for index, vals in enumerate(vals_list)
        ]
        Partner = self.env["res.partner"].sudo()
        known = Partner.search_fetch(
            [("motcua_id_number", "in", [key for key in keys if isinstance(key, str)])],
            APPLICANT_COLUMNS,
        )
        self.env["motcua.access.log"]._note_person(known, "lookup")
        people = {partner.motcua_id_number: partner for partner in known}
        new = {
            key: self._applicant_values(vals)
            for key, vals in zip(keys, vals_list, strict=True)
            if key not in people
        }
        people.update(zip(new, Partner.create(list(new.values())), strict=True))
        return [people[key] for key in keys]

    @api.model
    def _applicant_number(self, vals):
        return (vals.get("applicant_id_number") or "").strip()

    @api.model
    def _applicant_values(self, vals):
        """Values of a new contact."""
        person_type = vals.get("applicant_type") or "1"
        return {
            "name": vals["applicant_name"].strip(),
            "is_company": person_type != "1",
            "motcua_type": person_type,
            "motcua_id_number": self._applicant_number(vals) or False,
            "phone": vals.get("applicant_phone"),
            "email": vals.get("applicant_email"),
            "motcua_address": vals.get("applicant_address"),
            # No fields of a dossier: an ID card tells them to the desk.
            "motcua_birthdate": vals.get("applicant_birthdate"),
            "motcua_sex": vals.get("applicant_sex"),
        }
