from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from .dossier import STATUSES

KINDS = [
    ("submit", "Filed"),
    ("receive", "Received"),
    ("reject", "Not received"),
    ("request_completion", "Told what is missing"),
    ("hand_over", "Passed on to the agency in charge"),
    ("forward", "Passed on"),
    ("return_back", "Sent back"),
    ("assign", "Assigned"),
    ("consult", "Opinion asked for"),
    ("answer", "Opinion given"),
    ("request_supplement", "Supplement asked for"),
    ("supplement", "Supplemented"),
    ("request_payment", "Payment asked for"),
    ("change_fees", "Fees changed"),
    ("confirm_payment", "Paid"),
    ("cancel_receipt", "Receipt cancelled"),
    ("extend", "Extended"),
    ("stop", "Stopped"),
    ("resume", "Resumed"),
    ("withdraw", "Withdrawn"),
    ("refuse", "Refused"),
    ("close", "Closed"),
    ("complete", "Result ready"),
    ("return", "Result returned"),
    ("issue_document", "Document signed"),
    ("revoke_document", "Document revoked"),
    ("correct", "Data corrected"),
    ("change_case", "Case corrected"),
    ("correct_papers", "Papers corrected"),
    ("mark_wrong", "Paper marked wrong"),
    ("recalculate", "Due date computed anew"),
    ("move_version", "Moved to another version"),
]


class DossierEvent(models.Model):
    """The log of a dossier: append-only, chained by hashes.

    The database itself refuses UPDATE, DELETE and TRUNCATE, to the application's own
    role as well; what somebody with more power changes, ``verify`` finds. Facts and
    reports are computed from these rows only.
    """

    _name = "motcua.dossier.event"
    _description = "Event of a dossier"
    _inherit = ["motcua.personal.data"]
    _order = "dossier_id, sequence"
    _rec_name = "kind"
    _log_access = False

    # Corrections leave the values before and after in the payload.
    _personal_fields = frozenset({"payload"})

    dossier_id = fields.Many2one(
        "motcua.dossier", required=True, readonly=True, ondelete="restrict"
    )
    sequence = fields.Integer(required=True, readonly=True, aggregator=None)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    date = fields.Datetime("Moment", required=True, readonly=True, index=True)
    user_id = fields.Many2one(
        "res.users", "Who", required=True, readonly=True, ondelete="restrict"
    )
    agency_id = fields.Many2one(
        "motcua.agency", "Where", readonly=True, ondelete="restrict"
    )
    status_from = fields.Selection(STATUSES, readonly=True)
    status_to = fields.Selection(STATUSES, readonly=True)
    step_from_id = fields.Many2one(
        "motcua.workflow.step", readonly=True, ondelete="restrict"
    )
    step_to_id = fields.Many2one(
        "motcua.workflow.step", readonly=True, ondelete="restrict"
    )
    payload = fields.Json(readonly=True)
    previous_hash = fields.Char(readonly=True)
    hash = fields.Char(required=True, readonly=True)

    _sequence_uniq = models.Constraint(
        "UNIQUE (dossier_id, sequence)", "Events of a dossier are numbered."
    )

    def init(self):
        """The database guards the log: a trigger for changed and deleted rows, and one
        for emptying the table."""
        self.env.cr.execute(
            """
            CREATE OR REPLACE FUNCTION motcua_append_only() RETURNS trigger AS $$
            BEGIN
                RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
                USING ERRCODE = 'insufficient_privilege';
            END
            $$ LANGUAGE plpgsql
            """
        )
        self._guard_table(self.env.cr, self._table)

    @api.model
    def _guard_table(self, cr, table):
        """Make ``table`` append-only."""
        cr.execute(
            SQL(
                """
                CREATE OR REPLACE TRIGGER append_only
                BEFORE UPDATE OR DELETE ON %(table)s
                FOR EACH ROW EXECUTE FUNCTION motcua_append_only();
                CREATE OR REPLACE TRIGGER no_truncate
                BEFORE TRUNCATE ON %(table)s
                FOR EACH STATEMENT EXECUTE FUNCTION motcua_append_only();
                """,
                table=SQL.identifier(table),
            )
        )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("Events are written by the system only."))
        return super().create(vals_list)

    def write(self, vals):  # pylint: disable=method-required-super
        raise AccessError(self.env._("What is on record cannot be changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("What is on record cannot be deleted."))

    def _note_access(self, action):
        self.env["motcua.access.log"]._note(self.dossier_id, action)

    def _to_row(self):
        """The values of an event as they were given to ``create``."""
        self.ensure_one()
        return {
            "dossier_id": self.dossier_id.id,
            "sequence": self.sequence,
            "kind": self.kind,
            "date": self.date,
            "user_id": self.user_id.id,
            "agency_id": self.agency_id.id,
            "status_from": self.status_from,
            "status_to": self.status_to,
            "step_from_id": self.step_from_id.id,
            "step_to_id": self.step_to_id.id,
            "payload": self.payload or {},
        }

    @api.model
    def _chained(self, row):
        """What of an event is covered by its hash; empty values as null."""
        return {
            name: row[name] or None
            for name in (
                "dossier_id",
                "sequence",
                "kind",
                "user_id",
                "agency_id",
                "status_from",
                "status_to",
                "step_from_id",
                "step_to_id",
                "payload",
            )
        } | {"date": fields.Datetime.to_string(row["date"])}
