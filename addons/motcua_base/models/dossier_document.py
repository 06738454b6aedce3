from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import AccessError, UserError

from ..api import takes
from ..tools.arguments import NOTE, Id, Ids, Text


class Dossier(models.Model):
    """The documents of a dossier: drafted, signed, revoked."""

    _inherit = "motcua.dossier"

    document_ids = fields.One2many("motcua.document", "dossier_id", "Documents")
    document_count = fields.Integer(compute="_compute_document_count")

    def _compute_document_count(self):
        counts = dict(
            self.env["motcua.document"]._read_group(
                [("dossier_id", "in", self.ids)], ["dossier_id"], ["__count"]
            )
        )
        for dossier in self:
            dossier.document_count = counts.get(dossier, 0)

    # ------------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------------

    @takes(template_id=Id())
    def action_draft_document(self, template_id):
        """Open a draft of a document as PDF: marked as such, without a number."""
        self.ensure_one()
        self._draft_template(template_id)
        return {
            "type": "ir.actions.act_url",
            "url": f"/motcua/document/draft/{self.id}/{template_id}",
            "target": "new",
        }

    @takes(template_id=Id())
    def action_attach_draft(self, template_id):
        """Keep the draft of a document as what the present step has produced."""
        self.ensure_one()
        template = self._draft_template(template_id)
        dossier = self._begin("action_draft_document")
        if not self._is_any_actor(("holder",)):
            raise AccessError(
                self.env._(
                    "Dossier %s is not with you: this step belongs to somebody else.",
                    self.display_name,
                )
            )
        draft = (
            self.env["ir.attachment"]
            .with_user(SUPERUSER_ID)
            .create(
                {
                    "name": f"{self.env._('%s (draft)', template.name)}.pdf",
                    "raw": self._draft_pdf(template_id),
                    "mimetype": "application/pdf",
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        )
        dossier.task_id.attachment_ids |= draft
        return True

    @takes(template_id=Id(), files=Ids("ir.attachment"), note=Text(NOTE))
    def action_issue_document(self, template_id, files=None, note=None):
        """Sign a document made from a template: it takes the next number of its
        register and is frozen. A document that grants or refuses is the result, and
        completes the dossier.

        :param files: ids of further attachments with the result
        :param note: why the request is refused; else the opinion of this step
        :return: id of the document
        """
        self.ensure_one()
        dossier = self._begin("action_issue_document")
        template = dossier._require_template(template_id)
        if template.result:
            # Asked again at the end; asked here, before a number is taken in vain.
            dossier._check_may_decide(template.result)
        dossier._check_may_sign(template)
        if template.result:
            dossier._read_open_tasks()._check_answered()
            dossier._check_asked()
        if template.result == "granted":
            dossier._check_moved_complete()
        if template.result == "refused":
            note = self._require_text(note, self.env._("the reason"))
            dossier.refusal_reason = note
        signer = dossier._signer_of(template)
        document = self.env["motcua.document"]._issue(template, dossier, signer)
        payload = {
            "document": document.name,
            "number": document.code,
            "date": fields.Date.to_string(document.date),
            "checksum": document.checksum,
        }
        dossier._log("issue_document", None, {dossier: payload})
        results = [document.attachment_id.id, *(files or [])]
        if template.result == "granted":
            self.action_complete(results, document.code, document.date, note)
        elif template.result == "refused":
            self._refuse(note, results, document.code, document.date)
        else:
            dossier.task_id.attachment_ids |= document.attachment_id
        return document.id

    @takes(document_id=Id(), reason=Text(NOTE))
    def action_revoke_document(self, document_id, reason):
        """Revoke an issued document, by the head of the agency; its number and its text
        stay on record.

        :param reason: why; printed on every further copy
        """
        self.ensure_one()
        reason = self._require_text(reason, self.env._("the reason"))
        dossier = self._begin("action_revoke_document")
        document = dossier.document_ids.filtered(lambda one: one.id == document_id)
        if document.state != "issued":
            raise UserError(
                self.env._("This document is not in force: it cannot be revoked.")
            )
        document.write(
            {
                "state": "revoked",
                "date_revoked": fields.Datetime.now(),
                "revoker_id": self.env.uid,
                "revoke_reason": reason,
            }
        )
        payload = {
            "document": document.name,
            "number": document.code,
            "reason": reason,
        }
        dossier._log("revoke_document", None, {dossier: payload})
        return True

    @takes()
    def action_open_documents(self):
        """The documents of this dossier."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Documents"),
            "res_model": "motcua.document",
            "view_mode": "list,form",
            "domain": [("dossier_id", "=", self.id)],
        }

    # ------------------------------------------------------------------

    def _require_template(self, template_id):
        """The template, with the rights of the system; UserError unless it belongs to
        the version of this dossier."""
        self.ensure_one()
        template = self.sudo().version_id.template_ids.filtered(
            lambda one: one.id == template_id
        )
        if not template:
            raise UserError(
                self.env._("Choose a document that belongs to this procedure.")
            )
        return template

    def _draft_template(self, template_id):
        """The template, if the user may see it filled in."""
        self.check_access("read")
        self._check_verb("action_draft_document")
        return self._require_template(template_id)

    def _draft_pdf(self, template_id):
        """The draft of a document as PDF; noted as print."""
        template = self._draft_template(template_id)
        self.env["motcua.access.log"]._note(
            self, "print", self.env._("%s (draft)", template.name)
        )
        return self.env["motcua.document.paper"]._draft_pdf(template, self.sudo())

    def _signable_templates(self, result=None):
        """The templates that may be signed where the dossier lies now.

        :param result: only those with this result
        """
        self.ensure_one()
        return self.sudo().version_id.template_ids.filtered(
            lambda template: (
                self._is_signed_here(template)
                and (not result or template.result == result)
                and (not template.result or self._may_decide(template.result))
                and not self._issued_from(template)
            )
        )

    def _signer_of(self, template):
        """Whose name stands under the document: the user's, or, where a clerk numbers
        what was approved before, that of who approved the result last."""
        user = self.env.user
        if not template.result or user._motcua_has_role("approver", self.agency_id):
            return user
        return self._approval().user_id or user

    def _is_signed_here(self, template):
        if not template._is_signed_at(self.step_id):
            return False
        # Where a way has to be taken, the dossier does not end.
        ends = template.result or not template.stage_ids
        return not ends or self.sudo()._may_end_here()

    def _issued_from(self, template):
        """The document in force that was made from ``template``, if any."""
        return self.sudo().document_ids.filtered(
            lambda document: (
                document.template_id == template and document.state == "issued"
            )
        )

    def _check_may_sign(self, template):
        self.ensure_one()
        if not self._is_signed_here(template):
            raise UserError(
                self.env._(
                    "“%(document)s” is not signed at step “%(step)s”: dossier "
                    "%(dossier)s has to go to who may sign.",
                    document=template.name,
                    step=self.step_id.name,
                    dossier=self.display_name,
                )
            )
        issued = self._issued_from(template)
        if issued:
            raise UserError(
                self.env._(
                    "“%(document)s” was issued already under number %(number)s. Revoke "
                    "that one first.",
                    document=template.name,
                    number=issued[:1].code,
                )
            )

    def _refuse(self, reason, files, number, date):
        """2/4 → 9 with a signed refusal as the result."""
        values = {
            "refusal_reason": reason,
            "result_number": number,
            "result_date": date,
            "result_attachment_ids": [(6, 0, files)],
        }
        self._finish("refuse", "refused", values, {"reason": reason, "number": number})
        self.env["ir.attachment"].browse(files)._motcua_adopt(self)
