from typing import NamedTuple

from odoo import models, tools


class Conditions(NamedTuple):
    """What applies to dossiers of one offering that come in through one channel.

    Plain values, because they are kept from one transaction to the next: every dossier
    needs them, and they change only with the configuration.
    """

    workflow_id: int
    first_step_id: int
    term_quantity: float
    term_unit: str
    cutoff_minutes: int
    fees: tuple  # dicts with kind and name, and the rate as for ``tools.fee``


class Offering(models.Model):
    """The conditions of an offering: local ones where the agency has its own, else
    those of the procedure version."""

    _inherit = "motcua.offering"

    @tools.ormcache("self.id", "channel_row.id")
    def _get_conditions(self, channel_row):
        """Conditions for dossiers filed through this channel row of the version."""
        self.ensure_one()
        offering, row = self.sudo(), channel_row.sudo()
        own_term = offering.term_unit == "same_day" or offering.term_quantity
        term = offering if own_term else row
        own_fees = offering.fee_ids.filtered(
            lambda fee: fee.channel in (False, row.channel)
        )
        workflow = offering.workflow_id or row.version_id.workflow_id
        return Conditions(
            workflow_id=workflow.id,
            first_step_id=workflow._first_step().id,
            term_quantity=term.term_quantity,
            term_unit=term.term_unit,
            cutoff_minutes=round(row.cutoff * 60),
            fees=tuple(
                fee._to_rate()
                for fee in (own_fees if offering.fee_ids else row.fee_ids)
            ),
        )
