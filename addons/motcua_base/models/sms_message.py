import logging
from datetime import timedelta
from uuid import uuid4

from odoo import api, fields, models

from ..api import takes
from ..tools import sms
from .dossier_notice import NOTICES
from .sms_gateway import OFF

_logger = logging.getLogger(__name__)

BATCH = 200
# Minutes until the next try; after the last one the message has failed.
WAITS = (1, 5, 30, 120, 720)


class SmsMessage(models.Model):
    """Outbox of text messages to applicants. Each is queued once for one event of a
    dossier, and sent by a scheduled job, so that no officer waits for an operator."""

    _name = "motcua.sms.message"
    _description = "Text message"
    _inherit = ["motcua.personal.data"]
    _order = "id desc"
    _rec_name = "reference"

    _personal_fields = frozenset({"phone"})

    dossier_id = fields.Many2one(
        "motcua.dossier", required=True, readonly=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(NOTICES, "Occasion", required=True, readonly=True)
    event_count = fields.Integer(
        "Event", readonly=True, aggregator=None, help="Number of the event it tells of."
    )
    phone = fields.Char("To", required=True, readonly=True)
    phone_masked = fields.Char("Number", compute="_compute_phone_masked")
    text = fields.Char(required=True, readonly=True)
    reference = fields.Char(
        required=True,
        readonly=True,
        default=lambda self: uuid4().hex,
        help="The same for every try, so that the operator can tell a repetition.",
    )
    state = fields.Selection(
        [("outgoing", "To be sent"), ("sent", "Sent"), ("failed", "Failed")],
        required=True,
        readonly=True,
        default="outgoing",
    )
    tries = fields.Integer(readonly=True, aggregator=None)
    date_next = fields.Datetime("Next try", readonly=True, default=fields.Datetime.now)
    date_sent = fields.Datetime("Sent on", readonly=True)
    operator_reference = fields.Char("Operator's number", readonly=True)
    error = fields.Char(readonly=True)

    _once_uniq = models.Constraint(
        "UNIQUE (dossier_id, kind, event_count)",
        "The applicant was told of this already.",
    )
    _outgoing_idx = models.Index("(date_next) WHERE state = 'outgoing'")

    @api.depends("phone")
    def _compute_phone_masked(self):
        for message in self:
            message.phone_masked = message.phone and sms.mask(message.phone)

    def _note_access(self, action):
        self.env["motcua.access.log"]._note(self.dossier_id, action)

    @api.model
    def _queue(self, dossiers, kind):
        """Queue one message to each applicant with a mobile number."""
        template = self.env["motcua.sms.template"].search([("kind", "=", kind)])
        if not template or self.env["motcua.sms.gateway"]._name_in_use() == OFF:
            return
        phones = {
            dossier: phone
            for dossier in dossiers
            if (phone := sms.mobile(dossier.applicant_phone))
        }
        told = self.search(
            [("dossier_id", "in", dossiers.ids), ("kind", "=", kind)]
        ).mapped(lambda row: (row.dossier_id, row.event_count))
        self.create(
            [
                {
                    "dossier_id": dossier.id,
                    "kind": kind,
                    "event_count": dossier.event_count,
                    "phone": phone,
                    "text": sms.write(template.text, dossier._notice_values()[0]),
                }
                for dossier, phone in phones.items()
                if (dossier, dossier.event_count) not in told
            ]
        )
        self.env.ref("motcua_base.ir_cron_send_sms")._trigger()

    @api.model
    def _cron_send(self):
        """Send what is due, one transaction a message."""
        gateway = self.env["motcua.sms.gateway"]._in_use()
        if gateway is None:
            _logger.warning("No SMS gateway of the name chosen: messages wait")
            return
        domain = [
            ("state", "=", "outgoing"),
            ("date_next", "<=", fields.Datetime.now()),
        ]
        remaining = self.search_count(domain)
        for message in self.search(domain, order="id", limit=BATCH):
            message.try_lock_for_update()._try(gateway)
            remaining -= 1
            if not self.env["ir.cron"]._commit_progress(1, remaining=remaining):
                break

    def _try(self, gateway):
        for message in self:
            message.tries += 1
            try:
                with self.env.cr.savepoint():
                    number = gateway._send(
                        message.phone, message.text, message.reference
                    )
            except sms.SmsRefused as error:
                message.write({"state": "failed", "error": str(error)})
            except Exception as error:
                # Whatever went wrong at the operator's, there is another try.
                _logger.info("SMS %s not sent: %s", message.reference, error)
                message._postpone(error)
            else:
                message.write(
                    {
                        "state": "sent",
                        "date_sent": fields.Datetime.now(),
                        "operator_reference": number,
                        "error": False,
                    }
                )

    def _postpone(self, error):
        self.ensure_one()
        values = {"error": str(error) or type(error).__name__}
        if self.tries > len(WAITS):
            values["state"] = "failed"
        else:
            wait = timedelta(minutes=WAITS[self.tries - 1])
            values["date_next"] = fields.Datetime.now() + wait
        self.write(values)

    @takes()
    def action_retry(self):
        """Send failed messages again, from the start."""
        self.check_access("read")
        failed = self.filtered(lambda message: message.state == "failed").sudo()
        failed.write(
            {"state": "outgoing", "tries": 0, "date_next": fields.Datetime.now()}
        )
        self.env.ref("motcua_base.ir_cron_send_sms").sudo()._trigger()
