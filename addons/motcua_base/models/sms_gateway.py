import logging

from odoo import api, models

from ..tools import sms

_logger = logging.getLogger(__name__)

PARAMETER = "motcua_base.sms_gateway"
OFF = "off"


class SmsGateway(models.AbstractModel):
    """How text messages leave the system. How to write one: ``docs/sms-gateway.md``.

    The system parameter ``motcua_base.sms_gateway`` names the gateway in use: ``log``
    is the model ``motcua.sms.gateway.log``, ``off`` switches text messages off.
    """

    _name = "motcua.sms.gateway"
    _description = "SMS gateway"

    @api.model
    def _name_in_use(self):
        return self.env["ir.config_parameter"].sudo().get_param(PARAMETER, "log")

    @api.model
    def _in_use(self):
        """The gateway chosen, None where no add-on brings one of that name."""
        return self.env.get(f"motcua.sms.gateway.{self._name_in_use()}")

    @api.model
    def _send(self, phone, text, reference):
        """Hand one message to the network.

        :param phone: number with country code, ``+84912345678``
        :param text: at most 160 letters without marks
        :param reference: the same for every try of one message, so that the operator
            can tell a repetition
        :return: the operator's own number of the message, if there is one
        :raises tools.sms.SmsRefused: never to be sent (wrong number, blocked)
        :raises Exception: anything else means: try again later
        """
        raise NotImplementedError


class SmsGatewayLog(models.AbstractModel):
    """The gateway where there is no other: a line in the server's log, without number
    and text in clear."""

    _name = "motcua.sms.gateway.log"
    _description = "SMS gateway: log only"
    _inherit = "motcua.sms.gateway"

    @api.model
    def _send(self, phone, text, reference):
        _logger.info("SMS %s to %s: %s letters", reference, sms.mask(phone), len(text))
