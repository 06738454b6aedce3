from odoo import fields


class FormValues(fields.Properties):
    """Answers to an e-form.

    Odoo copies the whole definition for each new record to look for default values.
    Forms have none: what is prefilled comes from the applicant.
    """

    def _add_default_values(self, env, values):
        return values.get(self.name) or {}
