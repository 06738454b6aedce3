from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..api import takes
from ..tools import scan as scan_tools
from ..tools.arguments import NOTE, Dict, Id, Ids, Text
from .desk_procedure import CHOICE

GUIDANCE = "motcua_base.report_guidance"
# See ``guide``.
GUIDANCE_VALUES = {
    **CHOICE,
    **dict.fromkeys(("person_name", "id_number"), Text()),
    "component_ids": Ids(),
    **dict.fromkeys(("note", "database_reason"), Text(NOTE)),
}


class Desk(models.AbstractModel):
    """Guidance instead of reception."""

    _inherit = "motcua.desk"

    @api.model
    @takes(desk_id=Id(), token=Text(), values=Dict(**GUIDANCE_VALUES))
    def guide(self, desk_id, token, values):
        """Record and number the guidance given to who could not file yet (form 02).

        :param values: dict with ``procedure_id``, ``agency_id`` and, as far as known,
            ``person_name``, ``id_number``, ``component_ids`` (missing papers),
            ``note`` and ``database_reason`` (why papers are asked for whose data stands
            in a database)
        :return: dict with ``id``, ``code`` (the number of form 02) and ``print``
            (reports with the ids they print); the same for the same token
        """
        desk = self._require_desk(desk_id)
        self._check_token(token)
        Guidance = self.env["motcua.guidance"].sudo()
        recorded = Guidance.search(
            [("intake_token", "=", token), ("user_id", "=", self.env.uid)], limit=1
        )
        if recorded:
            return self._guided(recorded)
        draft = self._draft(desk, values)
        wanted = values.get("component_ids") or []
        missing = draft.version_id.component_ids.filtered(lambda c: c.id in wanted)
        if set(wanted) - set(missing.ids):
            raise UserError(
                self.env._("The papers asked for do not belong to this procedure.")
            )
        reason = self._clean(values.get("database_reason"))
        self.env["motcua.outgoing"]._check_databases(missing, reason)
        guidance = Guidance.create(
            {
                "desk_id": desk.id,
                "user_id": self.env.uid,
                "procedure_id": draft.procedure_id.id,
                "person_name": self._clean(values.get("person_name")),
                "component_ids": [Command.set(missing.ids)],
                "note": (values.get("note") or "").strip(),
                "person_key": Guidance._key(self._id_number(values)),
                "intake_token": token,
            }
        )
        self.env["motcua.outgoing"]._issue_notice(guidance, reason)
        return self._guided(guidance)

    @api.model
    def _guided(self, guidance):
        return {
            "id": guidance.id,
            "code": guidance.outgoing_ids[:1].code,
            "print": [{"report": GUIDANCE, "ids": guidance.ids}],
        }

    @api.model
    def _id_number(self, person):
        scan = scan_tools.recognise(person.get("id_number") or "")
        return scan.kind == "number" and (
            scan.value.get("id_number") or scan.value.get("tax_code")
        )

    @api.model
    def _earlier_guidance(self, person, procedure):
        """The last guidance that a person was given for this procedure, as far as the
        user may see it; maybe none."""
        Guidance = self.env["motcua.guidance"]
        partner = self._known_partner(person or {})
        number = partner.motcua_id_number or self._id_number(person or {})
        if not number:
            return False
        key = Guidance._key(number)
        found = Guidance.sudo().search(
            [("person_key", "=", key), ("procedure_id", "=", procedure.id)], limit=1
        )
        readable = found.sudo(False)._filtered_access("read")
        return bool(readable) and readable.sudo()._to_notice()
