from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..api import takes
from ..tools.arguments import NOTE, Ids, Text


class Dossier(models.Model):
    """Before acceptance: the one full notice that an incomplete or misdirected filing
    gets (NĐ 309/2026, article 8.1)."""

    _inherit = "motcua.dossier"

    guidance_ids = fields.One2many("motcua.guidance", "dossier_id", "Notices")

    @takes(
        component_ids=Ids(),
        reason=Text(NOTE),
        guidance=Text(NOTE),
        database_reason=Text(NOTE),
    )
    def action_request_completion(
        self, component_ids, reason, guidance, database_reason=None
    ):
        """0/1: tell the applicant fully what is missing or where to file (form 02).
        Starts no clock and answers the filing; the same filing is received when it is
        complete.

        :param component_ids: ids of the dossier's papers asked for, may be empty
        :param guidance: what to do
        :param database_reason: why papers are asked for whose data stands in a database
        """
        reason = self._require_text(reason, self.env._("the reason"))
        guidance = self._require_text(guidance, self.env._("the guidance"))
        papers = self.env["motcua.dossier.component"].browse(component_ids or [])
        dossiers = self._begin("action_request_completion")
        Outgoing = self.env["motcua.outgoing"]
        if papers.sudo() - dossiers.component_ids:
            raise UserError(
                self.env._("The papers asked for do not belong to this dossier.")
            )
        payloads = {}
        for dossier in dossiers:
            dossier._check_may_notify()
            asked = papers.sudo().filtered(lambda p, d=dossier: p.dossier_id == d)
            wanted = asked.component_id
            Outgoing._check_databases(wanted, database_reason)
            notice = (
                self.env["motcua.guidance"]
                .sudo()
                .create(
                    {
                        "dossier_id": dossier.id,
                        "desk_id": dossier.desk_id.id,
                        "user_id": self.env.uid,
                        "procedure_id": dossier.procedure_id.id,
                        "person_name": dossier.submitter_name or dossier.applicant_name,
                        "component_ids": [Command.set(wanted.ids)],
                        "reason": reason,
                        "note": guidance,
                    }
                )
            )
            asked.write({"supplement_wanted": True})
            form = Outgoing._issue_notice(notice, database_reason)
            dossier.date_intake_due = False
            payloads[dossier] = {
                "number": form.code,
                "reason": reason,
                "note": guidance,
            }
        dossiers._log("request_completion", None, payloads)
        dossiers._notify_applicant("completion")
        return True

    def _check_may_notify(self):
        """Raise UserError where the rule set allows no further notice."""
        self.ensure_one()
        rules = self.ruleset_id
        given = len(self.guidance_ids)
        if given >= rules.max_notices:
            raise UserError(
                self.env._(
                    "Dossier %(dossier)s: a full notice was given %(count)s time(s) "
                    "already, and %(rules)s allows no more. Receive the filing, or "
                    "refuse it.",
                    dossier=self.display_name,
                    count=given,
                    rules=rules.name,
                )
            )
