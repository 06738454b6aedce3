from odoo import api, models

# What Odoo calls the company of a new database.
UNNAMED = "My Company"


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.private
    def cache_invalidation_fields(self):
        # Agencies without a calendar of their own follow the company's.
        return super().cache_invalidation_fields() | {"resource_calendar_id"}
