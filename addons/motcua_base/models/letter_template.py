from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import formataddr

from ..tools import merge, merge_line


class LetterTemplate(models.Model):
    """The e-mail of one occasion. It is put into a page that only developers change,
    view ``mail_layout_applicant``."""

    _name = "motcua.letter.template"
    _description = "E-mail to applicants"
    _inherit = ["motcua.notice.template", "motcua.merge.body"]

    subject = fields.Char(
        "Subject line",
        required=True,
        help="Fields stand in braces, for example {dossier.code}.",
    )
    former_text = fields.Text(
        help="The text of this letter before letters were written with merge fields, "
        "where somebody had changed it. It is not sent. Carry over what is still "
        "wanted, then empty it."
    )

    _kind_uniq = models.Constraint("UNIQUE (kind)", "Each occasion has one letter.")

    @api.constrains("subject", "body")
    def _check_text(self):
        for template in self:
            if wrong := template._problems():
                raise ValidationError("\n".join(wrong))

    def _problems(self):
        """Sentences: what keeps this letter from being sent."""
        self.ensure_one()
        Dossier = self.env["motcua.dossier"]
        names = Dossier._notice_names()
        unknown = merge_line.unknown(self.subject or "", names)
        sentences = [
            self.env._("The subject asks for the unknown field “%s”.", name)
            for name in unknown
        ]
        return sentences + [
            self._problem_sentence(wrong)
            for wrong in merge.problems(self.body, names, Dossier._notice_facts())
        ]

    @api.model
    def _problem_sentence(self, wrong):
        sentences = {
            "empty": self.env._("The letter has no text."),
            "merge_field": self.env._(
                "The letter asks for the unknown field “%s”.", wrong.field
            ),
            "merge_rows": self.env._(
                "The letter repeats the unknown list “%s”.", wrong.field
            ),
            "condition_field": self.env._(
                "The letter has a paragraph that depends on the unknown field “%s”.",
                wrong.field,
            ),
        }
        return sentences.get(wrong.code) or self.env._(
            "The letter has a paragraph whose condition can never be decided."
        )

    # ------------------------------------------------------------------
    # Sending
    # ------------------------------------------------------------------

    def _send(self, dossiers):
        """Queue this letter to the applicants."""
        self.ensure_one()
        self.env["mail.mail"].create([self._mail(dossier) for dossier in dossiers])

    def _mail(self, dossier):
        sender = dossier._notice_sender(self.kind)
        values = dossier._notice_values()
        page = self._page(dossier._letter_head(), values)
        email_from = (
            formataddr((sender.name, sender.email))
            if sender.email
            else self.env.company.email_formatted
        )
        return {
            "subject": merge_line.render(self.subject, values[0]),
            "body": page,
            "body_html": page,
            "email_to": dossier.applicant_email,
            **({"email_from": email_from} if email_from else {}),
            "model": dossier._name,
            "res_id": dossier.id,
            "auto_delete": True,
        }

    def _page(self, head, values):
        """The whole e-mail as HTML.

        :param head: as ``motcua.dossier._letter_head`` gives it
        :param values: as ``motcua.dossier._notice_values`` gives them
        """
        texts, rows, facts = values
        spec = self.env["motcua.dossier"]._notice_facts()
        body = merge.render(self.body, texts, rows, spec, facts, blank="")
        return self.env["ir.qweb"]._render(
            "motcua_base.mail_layout_applicant", {**head, "body": Markup(body)}
        )
