from psycopg2.errors import ReadOnlySqlTransaction

from odoo import api, fields, models
from odoo.http import request


class AccessLog(models.Model):
    """Which member of staff read, printed, exported or downloaded whose data, when.

    Kept as the law on personal data wants it; append-only in the database itself.
    """

    _name = "motcua.access.log"
    _description = "Access to personal data"
    _order = "id desc"
    _log_access = False

    date = fields.Datetime("Moment", required=True, readonly=True, index=True)
    user_id = fields.Many2one(
        "res.users",
        "Who",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    dossier_id = fields.Integer(
        "Dossier id", readonly=True, index=True, aggregator=None
    )
    code = fields.Char("Dossier", readonly=True)
    agency_id = fields.Many2one(
        "motcua.agency", "Agency in charge", readonly=True, ondelete="restrict"
    )
    action = fields.Selection(
        [
            ("read", "Read"),
            ("print", "Printed"),
            ("export", "Exported"),
            ("download", "Downloaded"),
            ("lookup", "Looked up by number"),
            ("merge", "Merged"),
        ],
        required=True,
        readonly=True,
    )
    detail = fields.Char(readonly=True)
    address = fields.Char("From address", readonly=True)

    def init(self):
        self.env["motcua.dossier.event"]._guard_table(self.env.cr, self._table)

    @api.model
    def _note(self, dossiers, action, detail=None):
        """Note that the current user had personal data of ``dossiers`` before the eyes.
        Citizens looking at their own dossiers are not staff and are not noted."""
        if not self.env.user._is_internal():
            return
        self._insert(
            [
                (dossier.id, dossier.code or None, dossier.agency_id.id, detail)
                for dossier in dossiers.sudo()
            ],
            action,
        )

    @api.model
    def _note_person(self, partners, action):
        """Note that the current user had the data of these contacts before the eyes."""
        if not self.env.user._is_internal():
            return
        self._insert(
            [
                (None, None, None, f"{partner.name} (#{partner.id})")
                for partner in partners.sudo()
            ],
            action,
        )

    @api.model
    def _note_grouping(self, spec):
        """Note that the current user listed the answers to one question of e-forms."""
        self._insert([(None, None, None, f"group by {spec}")], "read")

    @api.model
    def _insert(self, targets, action):
        if not targets:
            return
        if self.env.cr.readonly:
            # As PostgreSQL would, after a failed query: the request runs again with a
            # cursor that may write.
            raise ReadOnlySqlTransaction("Access to personal data has to be noted")
        address = request.httprequest.remote_addr if request else None
        self.env.cr.execute_values(
            """
            INSERT INTO motcua_access_log
                (date, user_id, dossier_id, code, agency_id, detail, action, address)
            VALUES %s
            """,
            [
                (self.env.cr.now(), self.env.uid, *target, action, address)
                for target in targets
            ],
        )
