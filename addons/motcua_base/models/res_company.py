from odoo import api, models


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.private
    def cache_invalidation_fields(self):
        # Agencies without a calendar of their own follow the company's.
        return super().cache_invalidation_fields() | {"resource_calendar_id"}
