from odoo import models


class SupplementReport(models.AbstractModel):
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (domain 2.4), of the last request."""

    _name = "report.motcua_base.report_supplement"
    _description = "Printed request for supplement"
    _inherit = ["motcua.outgoing.report"]

    _kind = "supplement"

    def _values(self, dossier):
        pause = dossier.pause_ids.filtered(lambda p: p.kind == "supplement")[-1:]
        if not pause:
            raise self._too_early(dossier, self.env._("no supplement was asked for"))
        return {
            "heading": self._desk_heading(dossier, pause.date_from),
            "papers": [self._paper(paper) for paper in pause.component_ids],
            "reason": pause.reason,
            "deadline": pause.deadline and self._day(pause.deadline),
            "officer": pause.user_id.name,
        }

    def _paper(self, paper):
        """A row of the table: what is wanted, not what was handed in."""
        wanted = paper.component_id
        return {
            "name": paper.name,
            "originals": wanted.originals or "",
            "certified": wanted.certified or "",
            "copies": wanted.copies or "",
        }
