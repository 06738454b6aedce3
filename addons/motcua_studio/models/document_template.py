from odoo import models
from odoo.exceptions import ValidationError

from odoo.addons.motcua_base.api import takes
from odoo.addons.motcua_base.tools import merge_text, signature
from odoo.addons.motcua_base.tools.arguments import Id, Values
from odoo.addons.motcua_base.tools.localtime import today_in_vietnam

from ..tools import sample

# What the page is laid out by, beside the text.
LAYOUT = ("number_pattern", "paper", "authority", "signer_title", "recipients", "name")


class DocumentTemplate(models.Model):
    """A template in its editor: which merge fields there are, and how the document
    would look."""

    _name = "motcua.document.template"
    _inherit = ["motcua.document.template", "motcua.merge.editor"]

    def _merge_choices(self):
        spec = self._form_spec()
        return *self.env["motcua.dossier"]._merge_catalogue(spec), spec

    def _preview_fields(self):
        return list(LAYOUT)

    def _sample_domain(self):
        procedure = self.version_id.procedure_id
        return [*super()._sample_domain(), ("procedure_id", "=", procedure.id)]

    @takes(values=Values(), dossier_id=Id())
    def preview(self, values, dossier_id=False):
        """The document as a page of HTML, with what is in the editor now; nothing is
        saved.

        :param values: ``body`` and the settings that lay the page out
        :param dossier_id: a dossier to fill it with; else an invented one
        :return: dict with ``html`` and ``findings`` (sentences: what is to be mended
            before publishing)
        """
        self.ensure_one()
        self.check_access("write")
        kept = {name: values[name] for name in LAYOUT if name in values}
        draft = self.new(
            {**self._clean_body({"body": values.get("body")}), **kept}, origin=self
        )
        paper = self.env["motcua.document.paper"]
        if dossier_id:
            dossier = self._sample_dossier(dossier_id)
            issue = paper._draft_issue(draft, dossier)
            html = paper._html(draft, dossier, issue)
        else:
            html = draft._sample_page()
        findings = [draft._problem_sentence(wrong) for wrong in draft._problems()]
        return {"html": html, "findings": findings}

    @takes()
    def preview_pdf(self):
        """Open the saved text as a PDF, filled with an invented dossier."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_url",
            "url": f"/motcua/studio/document/{self.id}",
            "target": "new",
        }

    # ------------------------------------------------------------------

    def _sample_dossier(self, dossier_id):
        dossier = super()._sample_dossier(dossier_id)
        if dossier.procedure_id != self.version_id.procedure_id:
            raise ValidationError(self.env._("Choose a dossier of this procedure."))
        return dossier

    def _sample_page(self):
        """The page with invented data, headed as by an agency that offers it."""
        procedure = self.version_id.procedure_id.sudo()
        spec = self._form_spec()
        zero = self.env["motcua.ruleset"]._zero_at(today_in_vietnam())
        answers = sample.answers(spec, zero)
        agency = procedure.offering_ids.agency_id[:1]
        superior = agency.parent_id.unit_id.name or "Ủy ban nhân dân tỉnh Mẫu"
        name = agency.name or "Ủy ban nhân dân xã Mẫu"
        place = agency._nearest("place_name") or "Xã Mẫu"
        texts = {
            **sample.TEXTS,
            "dossier.subject": procedure.name,
            "dossier.procedure": procedure.name,
            "dossier.procedure_code": procedure.code,
            "dossier.case": self.version_id.case_ids[:1].name,
            "agency.name": name,
            "agency.name_upper": name.upper(),
            "agency.superior": superior,
            "agency.place": place,
            "agency.address": agency._nearest("address") or "Số 1, đường Mẫu",
            "agency.hotline": agency._nearest("hotline") or "0233 123 456",
            "desk.name": "Trung tâm Phục vụ hành chính công",
            **merge_text.answer_texts(spec, answers, "form.", zero),
        }
        day = texts["document.date:words"]
        return self.env["motcua.document.paper"]._lay_out(
            self,
            heading={
                "superior": superior.upper(),
                "issuer": name.upper(),
                "place_and_date": f"{place}, {day}",
            },
            lookup="https://example.com/tra-cuu",
            issue={
                "number": self.number_pattern.replace("{number}", "07").replace(
                    "{year}", "2026"
                ),
                "signer": texts["signer.name"],
                "title": self.signer_title or texts["signer.title"],
                "lines": signature.block(
                    signature.HEAD,
                    self.signer_title or texts["signer.title"],
                    collective=self.authority,
                ),
            },
            merged=(texts, sample.rows(spec, zero), answers),
        )

    def _sample_pdf(self):
        self.ensure_one()
        self.check_access("write")
        return self.env["motcua.document.paper"]._pdf(self._sample_page(), self.paper)

    @takes()
    def action_open_editor(self):
        """The editor of this template, on the whole screen."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
