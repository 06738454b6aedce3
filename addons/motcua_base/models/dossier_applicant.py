from psycopg2.errors import UniqueViolation

from odoo import api, models
from odoo.exceptions import ConcurrencyError, UserError

from .dossier import APPLICANT_COLUMNS

# What a dossier says of people, and the kinds of ``form_values`` it is of; the number
# of the applicant follows the applicant's own kind.
PEOPLE_KINDS = {
    "applicant_name": "name",
    "applicant_phone": "phone",
    "applicant_email": "email",
    "applicant_address": "name",
    "submitter_name": "name",
    "submitter_id_number": "id_number",
    "submitter_phone": "phone",
}


class Dossier(models.Model):
    """Who applies: the contacts behind the names on paper."""

    _inherit = "motcua.dossier"

    def write(self, vals):
        return super().write(self._normal_people(vals))

    def _normal_people(self, vals):
        """The values with what they say of people in its normal form."""
        named = vals.keys() & {*PEOPLE_KINDS, "applicant_id_number"}
        if not named:
            return vals
        Partner = self.env["res.partner"]
        person_type = vals.get("applicant_type") or self[:1].applicant_type
        if not person_type and vals.get("applicant_id"):
            person_type = Partner.sudo().browse(vals["applicant_id"]).motcua_type
        kinds = {
            **PEOPLE_KINDS,
            "applicant_id_number": Partner._motcua_number_kind(person_type),
        }
        normal = {
            name: Partner._motcua_convert(kinds[name], vals[name]) for name in named
        }
        return {**vals, **normal}

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

        :param vals_list: values of dossiers, in their normal forms
        :return: list of contacts in the same order
        """
        if not all(vals.get("applicant_name") for vals in vals_list):
            raise UserError(self.env._("Say who applies."))
        keys = [
            vals.get("applicant_id_number") or index
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
        people.update(zip(new, self._create_applicants(new.values()), strict=True))
        return [people[key] for key in keys]

    @api.model
    def _create_applicants(self, vals_list):
        """Contacts entered anew. Another desk may enter the same person at this very
        moment: then Odoo runs this request anew, and it finds who that one entered."""
        try:
            return self.env["res.partner"].sudo().create(list(vals_list))
        except UniqueViolation as error:
            raise ConcurrencyError(
                "The applicant is being entered elsewhere"
            ) from error

    @api.model
    def _applicant_values(self, vals):
        """Values of a new contact."""
        person_type = vals.get("applicant_type") or "1"
        birth = vals.get("applicant_birthdate")
        return {
            "name": vals["applicant_name"],
            "is_company": person_type != "1",
            "motcua_type": person_type,
            "motcua_id_number": vals.get("applicant_id_number"),
            "phone": vals.get("applicant_phone"),
            "email": vals.get("applicant_email"),
            "motcua_address": vals.get("applicant_address"),
            # No fields of a dossier: an ID card tells them to the desk.
            **(self.env["res.partner"]._motcua_birth(birth) if birth else {}),
            "motcua_sex": vals.get("applicant_sex"),
        }
