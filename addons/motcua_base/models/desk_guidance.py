from odoo import api, models
from odoo.fields import Command


class Desk(models.AbstractModel):
    """Guidance instead of reception."""

    _inherit = "motcua.desk"

    @api.model
    def guide(self, desk_id, token, values):
        """Record the guidance given to who could not file yet.

        :param values: dict with ``procedure_id``, ``agency_id`` and, as far as known,
            ``person_name``, ``component_ids`` (missing papers) and ``note``
        :return: id of the record; the same for the same token
        """
        desk = self._require_desk(desk_id)
        Guidance = self.env["motcua.guidance"].sudo()
        recorded = Guidance.search(
            [("intake_token", "=", token), ("user_id", "=", self.env.uid)], limit=1
        )
        if recorded:
            return recorded.id
        draft = self._draft(desk, values)
        missing = draft.version_id.component_ids.filtered(
            lambda component: component.id in (values.get("component_ids") or [])
        )
        return Guidance.create(
            {
                "desk_id": desk.id,
                "user_id": self.env.uid,
                "procedure_id": draft.procedure_id.id,
                "person_name": self._clean(values.get("person_name")),
                "component_ids": [Command.set(missing.ids)],
                "note": (values.get("note") or "").strip(),
                "intake_token": token,
            }
        ).id
