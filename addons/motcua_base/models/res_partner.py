import re

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..tools import text
from ..tools.form_values import BadValue, convert, is_empty

PERSON_TYPES = [
    ("1", "Citizen"),
    ("2", "Business"),
    ("3", "State body"),
    ("4", "Other organisation"),
]
SEXES = [("male", "Male"), ("female", "Female"), ("other", "Other")]
BIRTH_YEAR = re.compile(r"(?:1[89]|20)[0-9]{2}")
# Columns with a form of their own, and the kinds of ``form_values`` that say which.
NORMAL_KINDS = {
    "name": "name",
    "phone": "phone",
    "email": "email",
    "motcua_address": "name",
}


class ResPartner(models.Model):
    """Applicants. Their identity lies on the contact but is closed to staff: officers
    work with the copy on the dossiers they may see."""

    _name = "res.partner"
    _inherit = ["res.partner", "motcua.personal.data", "motcua.vietnamese.order"]

    _personal_fields = frozenset(
        {
            "phone",
            "email",
            "motcua_id_number",
            "motcua_birthdate",
            "motcua_birth_year",
            "motcua_sex",
            "motcua_address",
        }
    )

    _vietnamese_names = frozenset({"name", "complete_name"})

    motcua_type = fields.Selection(
        PERSON_TYPES,
        "Kind of applicant",
        index="btree_not_null",
        help="Object types of the national exchange format (LoaiDoiTuong).",
    )
    motcua_id_number = fields.Char(
        "ID number",
        index="btree_not_null",
        groups="motcua_base.group_system_admin",
        help="Personal ID or passport number of a citizen, tax code of an "
        "organisation.",
    )
    motcua_birthdate = fields.Date(
        "Date of birth", groups="motcua_base.group_system_admin"
    )
    motcua_birth_year = fields.Char(
        "Year of birth",
        compute="_compute_motcua_birth_year",
        store=True,
        readonly=False,
        size=4,
        groups="motcua_base.group_system_admin",
        help="Of some people only the year is known.",
    )
    motcua_sex = fields.Selection(
        SEXES,
        "Sex",
        groups="motcua_base.group_system_admin",
    )
    motcua_address = fields.Char("Registered address")
    motcua_dossier_ids = fields.One2many("motcua.dossier", "applicant_id", "Dossiers")
    motcua_filed_dossier_ids = fields.One2many(
        "motcua.dossier", "submitter_id", "Dossiers filed for others"
    )

    _motcua_id_number_uniq = models.UniqueIndex(
        "(motcua_id_number) WHERE motcua_id_number IS NOT NULL AND active",
        "An applicant with this ID number exists already.",
    )

    @api.depends("motcua_birthdate")
    def _compute_motcua_birth_year(self):
        for partner in self:
            day = partner.motcua_birthdate
            partner.motcua_birth_year = (
                str(day.year) if day else partner.motcua_birth_year
            )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create(
            [
                self._motcua_normal(vals) if vals.get("motcua_type") else vals
                for vals in vals_list
            ]
        )

    # The order of all lists of contacts, as `complete_name` alone is without it.
    _vietnamese_order_idx = models.Index('(complete_name COLLATE "vi-x-icu", id DESC)')

    def write(self, vals):
        # Before everything: one person must not be two by a blank in a number.
        if vals.get("motcua_type") or any(self.sudo().mapped("motcua_type")):
            vals = self._motcua_normal(vals, self[:1].sudo().motcua_type)
        opens = "motcua_type" in vals and not vals["motcua_type"]
        if opens and not self.env.su and any(self.mapped("motcua_type")):
            raise AccessError(
                self.env._("Applicants keep their kind: without it all staff see them.")
            )
        return super().write(vals)

    def _motcua_introduce(self):
        """The user has looked these people up by what only they could tell (a number, a
        card): until the end of the transaction, dossiers may name them."""
        known = self.env.cr.cache.setdefault("motcua_introduced", {})
        known.setdefault(self.env.uid, set()).update(self.ids)

    @api.model
    def _motcua_introduced(self):
        known = self.env.cr.cache.get("motcua_introduced", {})
        return self.browse(known.get(self.env.uid, ()))

    def _note_access(self, action):
        people = self.sudo().filtered("motcua_type")
        self.env["motcua.access.log"]._note_person(people, action)

    @api.model
    def _motcua_normal(self, vals, person_type="1"):
        """The values of an applicant in their normal forms.

        :param person_type: where ``vals`` names none
        """
        person_type = vals.get("motcua_type", person_type)
        kinds = {
            **NORMAL_KINDS,
            "motcua_id_number": self._motcua_number_kind(person_type),
        }
        normal = {
            name: self._motcua_convert(kinds[name], vals[name])
            for name in vals.keys() & kinds.keys()
        }
        return {**vals, **normal}

    @api.model
    def _motcua_birth(self, birth):
        """The column for an ISO date of birth, or for the year alone, and its value."""
        name = "motcua_birth_year" if len(birth) == 4 else "motcua_birthdate"
        return {name: birth}

    @api.model
    def _motcua_number_kind(self, person_type):
        return "id_number" if person_type in (False, "1") else "tax_code"

    @api.model
    def _motcua_convert(self, kind, value):
        """The one form in which a value of a person is kept, at whatever door it comes
        in; ValidationError where it is none.

        :param kind: ``name`` (also of places), or as in ``form_values``
        """
        if is_empty(value):
            return False
        try:
            if kind != "name":
                return convert(kind, value)
            name = convert("char", text.repaired(value))
        except (BadValue, TypeError):
            raise ValidationError(self._motcua_complaint(kind, value)) from None
        if text.is_garbled(name):
            raise ValidationError(self._motcua_complaint(kind, value))
        return name

    @api.model
    def _motcua_complaint(self, kind, value):
        if kind == "phone":
            return self.env._("“%s” is not a phone number.", value)
        if kind == "email":
            return self.env._("“%s” is not an e-mail address.", value)
        if kind == "date":
            return self.env._("“%s” is not a date.", value)
        if kind == "name":
            return self.env._("“%s” has lost letters on its way: type it anew.", value)
        return self.env._(
            "“%(number)s” is not a valid number: citizens have 12 digits (9 on old "
            "cards) with a year of birth that has begun, or the number of a passport, "
            "organisations a tax code of 10 or 13 digits.",
            number=value,
        )

    @api.constrains("motcua_id_number", "motcua_type")
    def _check_motcua_id_number(self):
        for partner in self.filtered("motcua_id_number"):
            kind = self._motcua_number_kind(partner.motcua_type)
            self._motcua_convert(kind, partner.motcua_id_number)

    @api.constrains("motcua_birthdate", "motcua_birth_year")
    def _check_motcua_birthdate(self):
        today = fields.Date.context_today(self)
        for partner in self:
            year = partner.motcua_birth_year
            if year and not BIRTH_YEAR.fullmatch(year):
                raise ValidationError(self._motcua_complaint("date", year))
            if (partner.motcua_birthdate and partner.motcua_birthdate > today) or (
                year and int(year) > today.year
            ):
                raise ValidationError(
                    self.env._("The date of birth lies in the future.")
                )
