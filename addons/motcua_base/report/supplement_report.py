from odoo import api, models

from ..models.outgoing import NOBODY
from ..tools.localtime import to_local
from .form_report import BLANK

# Of guidance at the counter nobody writes one.
REASON = "Hồ sơ chưa đầy đủ theo quy định."


class SupplementReport(models.AbstractModel):
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (domain 2.4): of the last
    request or, before acceptance, the full notice."""

    _name = "report.motcua_base.report_supplement"
    _description = "Printed request for supplement"
    _inherit = ["motcua.outgoing.report"]

    _kind = "supplement"

    def _values(self, dossier):
        pause = dossier.pause_ids.filtered(lambda p: p.kind == "supplement")[-1:]
        if pause:
            return {
                "heading": self._desk_heading(dossier, pause.date_from),
                "papers": [
                    self._paper(paper.name, paper.component_id)
                    for paper in pause.component_ids
                ],
                "reason": pause.reason,
                "guidance": False,
                "deadline": pause.deadline and self._day(pause.deadline),
                "officer": pause.user_id.name,
            }
        if not dossier.guidance_ids:
            raise self._too_early(dossier, self.env._("no supplement was asked for"))
        return self._notice_values(dossier.guidance_ids[:1])

    def _notice_values(self, notice):
        """What the full notice before acceptance says."""
        return {
            "heading": self._desk_heading(notice, notice.date),
            "papers": [self._paper(one.name, one) for one in notice.component_ids],
            "reason": notice.reason or REASON,
            "guidance": notice.note,
            "deadline": False,
            "officer": notice.user_id.name,
        }

    def _paper(self, name, wanted):
        """A row of the table: what is wanted, not what was handed in."""
        return {
            "name": name,
            "originals": wanted.originals or "",
            "certified": wanted.certified or "",
            "copies": wanted.copies or "",
        }


class GuidanceReport(models.AbstractModel):
    """Form 02 of guidance: at the counter, where nothing was filed yet, or of a filing
    that is found among the guidance given."""

    _name = "report.motcua_base.report_guidance"
    _description = "Printed guidance"
    _inherit = ["report.motcua_base.report_supplement"]

    @api.model
    def _get_report_values(self, docids, data=None):
        notices = self.env["motcua.guidance"].browse(docids)
        notices.check_access("read")
        return {"forms": [self._notice_form(notice) for notice in notices.sudo()]}

    def _notice_form(self, notice):
        paper, dossier = notice.outgoing_ids[:1], notice.dossier_id
        form = (
            self.env["motcua.ruleset"]
            ._get_at(to_local(notice.date).date())
            ._get_form(self._kind)
        )
        return {
            "desk": notice.desk_id,
            "subject": notice.procedure_id.name,
            "form_number": form.number,
            "title": form.name,
            "paper_number": paper.code or f"{BLANK}/{form.symbol}",
            "person": self._person(dossier)
            if dossier
            else {"name": notice.person_name or NOBODY},
            "hotline": notice.desk_id._nearest("hotline"),
            "code_qr": False,
            **self._notice_values(notice),
        }
