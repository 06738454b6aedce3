from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..tools import identity

PERSON_TYPES = [
    ("1", "Citizen"),
    ("2", "Business"),
    ("3", "State body"),
    ("4", "Other organisation"),
]


class ResPartner(models.Model):
    """Applicants. Their identity lies on the contact but is closed to staff: officers
    work with the copy on the dossiers they may see."""

    _name = "res.partner"
    _inherit = ["res.partner", "motcua.personal.data"]

    _personal_fields = frozenset(
        {
            "phone",
            "email",
            "motcua_id_number",
            "motcua_birthdate",
            "motcua_sex",
            "motcua_address",
        }
    )

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
        help="Personal ID number of a citizen, tax code of an organisation.",
    )
    motcua_birthdate = fields.Date(
        "Date of birth", groups="motcua_base.group_system_admin"
    )
    motcua_sex = fields.Selection(
        [("male", "Male"), ("female", "Female"), ("other", "Other")],
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

    def write(self, vals):
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

    @api.constrains("motcua_id_number", "motcua_type")
    def _check_motcua_id_number(self):
        for partner in self.filtered("motcua_id_number"):
            check = (
                identity.check_id_number
                if partner.motcua_type in (False, "1")
                else identity.check_tax_code
            )
            try:
                check(partner.motcua_id_number)
            except ValueError:
                raise ValidationError(
                    self.env._(
                        "“%(number)s” is not a valid number: citizens have 12 digits "
                        "(9 on old cards), organisations a tax code of 10 or 13 "
                        "digits.",
                        number=partner.motcua_id_number,
                    )
                ) from None

    @api.constrains("motcua_birthdate")
    def _check_motcua_birthdate(self):
        today = fields.Date.context_today(self)
        for partner in self:
            if partner.motcua_birthdate and partner.motcua_birthdate > today:
                raise ValidationError(
                    self.env._("The date of birth lies in the future.")
                )
