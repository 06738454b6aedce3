from odoo import api, models

from odoo.addons.motcua_base.api import takes


class ProcedureVersion(models.Model):
    """The check list of a version: draft → check → publish → superseded."""

    _inherit = "motcua.procedure.version"

    @takes()
    def action_check(self):
        """Open the check list."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.client",
            "tag": "motcua_version_check",
            "name": self.env._("Check: %s", self.display_name),
            "context": {"active_id": self.id},
        }

    @api.readonly
    @takes()
    def check_list(self):
        """What the check list shows.

        :return: ``{"name", "is_draft", "findings"}``, each finding with ``sentence``,
            ``blocks`` (forbids publication) and ``action`` (opens what it concerns)
        """
        self.ensure_one()
        self.check_access("write")
        return {
            "name": self.env._("Check: %s", self.display_name),
            "is_draft": self.state == "draft",
            "findings": [
                {
                    # They are parts of a list elsewhere, and begin small.
                    "sentence": finding.sentence[:1].upper() + finding.sentence[1:],
                    "blocks": finding.blocks,
                    "action": finding.record._action_to_mend(finding.field),
                }
                for finding in self._findings()
            ],
        }


class Configuration(models.AbstractModel):
    """Where what a check has found can be mended."""

    _inherit = "motcua.configuration"

    def _action_to_mend(self, field):
        """The action that opens this record, or the editor it is changed in.

        :param field: column that the finding is about, maybe empty
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [[False, "form"]],
        }


class Procedure(models.Model):
    _inherit = "motcua.procedure"

    def _action_to_mend(self, field):
        if field != "offering_ids":
            return super()._action_to_mend(field)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "motcua_base.offering_action"
        )
        return {
            **action,
            "domain": [("procedure_id", "=", self.id)],
            "context": {"default_procedure_id": self.id},
            "help": False,  # Markup does not travel
        }


class VersionPart(models.AbstractModel):
    _inherit = "motcua.version.part"

    def _action_to_mend(self, field):
        return {**super()._action_to_mend(field), "target": "new"}


class FormField(models.Model):
    _inherit = "motcua.form.field"

    def _action_to_mend(self, field):
        return {
            "type": "ir.actions.client",
            "tag": "motcua_form_editor",
            "context": {"active_id": self.version_id.id, "form_field": self.name},
        }


class DocumentTemplate(models.Model):
    _inherit = "motcua.document.template"

    def _action_to_mend(self, field):
        return self.action_open_editor()


class WorkflowStep(models.Model):
    _inherit = "motcua.workflow.step"

    def _action_to_mend(self, field):
        action = self.workflow_id.action_open_editor()
        action["context"]["workflow_step"] = self.id
        return action


class WorkflowTransition(models.Model):
    _inherit = "motcua.workflow.transition"

    def _action_to_mend(self, field):
        return self.from_step_id._action_to_mend("")
