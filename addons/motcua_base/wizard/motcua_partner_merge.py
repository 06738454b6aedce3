from odoo import api, models
from odoo.exceptions import AccessError, UserError


class PartnerMerge(models.TransientModel):
    """One person who was entered twice becomes one contact, with all dossiers."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        people = self.env["res.partner"].sudo().browse(partner_ids).exists()
        applicants = people.filtered("motcua_type")
        if applicants:
            if not self.env.user.has_group("motcua_base.group_system_admin"):
                raise AccessError(
                    self.env._("Only system administrators merge applicants.")
                )
            self._check_one_person(applicants)
            # They may have given two e-mail addresses.
            extra_checks = False
        return super()._merge(partner_ids, dst_partner, extra_checks)

    @api.model
    def _check_one_person(self, applicants):
        """Old and new number, or one and none, may be the same person's; two personal
        numbers are two people."""
        numbers = applicants.filtered("motcua_id_number").mapped("motcua_id_number")
        if len({number for number in numbers if len(number) == 12}) > 1:
            raise UserError(
                self.env._("Two different personal ID numbers are two people.")
            )
        if len(set(applicants.mapped("motcua_type"))) > 1:
            raise UserError(
                self.env._("These applicants are of different kinds: nobody is two.")
            )

    @api.model
    def _update_values(self, src_partners, dst_partner):
        # No two contacts have one number, not even while one takes over from the other;
        # of two numbers the personal one, of 12 digits, is today's.
        numbers = [
            number
            for partner in (*dst_partner, *src_partners)
            if (number := partner.sudo().motcua_id_number)
        ]
        src_partners.sudo().motcua_id_number = False
        self.env.flush_all()
        result = super()._update_values(src_partners, dst_partner)
        if numbers:
            dst_partner.sudo().motcua_id_number = max(
                numbers, key=lambda number: len(number) == 12
            )
        return result

    def _log_merge_operation(self, src_partners, dst_partner):
        result = super()._log_merge_operation(src_partners, dst_partner)
        people = (src_partners | dst_partner).sudo()
        if any(people.mapped("motcua_type")):
            self.env["motcua.access.log"]._insert(
                [
                    (None, None, None, f"#{partner.id} → #{dst_partner.id}")
                    for partner in src_partners
                ],
                "merge",
            )
        return result
