from odoo import api, fields, models
from odoo.exceptions import UserError

from .field_files import Files

COUNTS = ("originals", "certified", "copies")
# What citizens may read of the papers of their own dossiers.
CITIZEN_FIELDS = {
    "id",
    "display_name",
    "dossier_id",
    "component_id",
    "sequence",
    "name",
    "required",
    "kind",
    "originals",
    "certified",
    "copies",
    "attachment_ids",
    "supplement_wanted",
}


class DossierComponent(models.Model):
    """What was handed in against one wanted paper."""

    _name = "motcua.dossier.component"
    _description = "Paper of a dossier"
    _inherit = ["motcua.dossier.part"]
    _order = "dossier_id, sequence, id"

    _system_fields = frozenset({"supplement_wanted"})

    component_id = fields.Many2one(
        "motcua.procedure.component", "Wanted paper", ondelete="restrict"
    )
    field_name = fields.Char(
        "Answers the field",
        readonly=True,
        help="Technical name of the field of the e-form that this file is the answer "
        "to.",
    )
    sequence = fields.Integer(
        compute="_compute_wanted", store=True, readonly=False, precompute=True
    )
    name = fields.Char(
        compute="_compute_wanted",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    required = fields.Boolean(related="component_id.required")
    kind = fields.Selection(related="component_id.kind")
    originals = fields.Integer()
    certified = fields.Integer("Certified copies")
    copies = fields.Integer("Plain copies")
    attachment_ids = Files(copy=False)
    original_ids = fields.Many2many(
        "ir.attachment",
        string="As handed in",
        compute="_compute_original_ids",
        help="What the files were made of, as it came.",
    )
    wrong_text = fields.Char("Marked wrong", compute="_compute_wrong_text")
    digitised = fields.Boolean("Digitised here")
    reused = fields.Boolean("Re-used from the store")
    supplement_wanted = fields.Boolean(readonly=True, copy=False)
    note = fields.Char()

    _counts_check = models.Constraint(
        "CHECK (originals >= 0 AND certified >= 0 AND copies >= 0)",
        "Numbers of papers cannot be negative.",
    )

    @api.depends("component_id")
    def _compute_wanted(self):
        for row in self:
            row.name = row.component_id.name or row.name
            row.sequence = row.component_id.sequence or row.sequence

    @api.depends("attachment_ids")
    @api.depends_context("uid")
    def _compute_original_ids(self):
        for row in self:
            originals = row.attachment_ids.sudo().motcua_original_ids
            row.original_ids = originals.sudo(False)._filtered_access("read")

    @api.depends(
        "attachment_ids.motcua_wrong_reason", "attachment_ids.motcua_replaced_by_id"
    )
    def _compute_wrong_text(self):
        for row in self:
            row.wrong_text = "; ".join(
                self.env._(
                    "%(file)s: %(reason)s (replaced by %(new)s)",
                    file=file.name,
                    reason=file.motcua_wrong_reason,
                    new=file.motcua_replaced_by_id.name,
                )
                if file.motcua_replaced_by_id
                else f"{file.name}: {file.motcua_wrong_reason}"
                for file in row.sudo().attachment_ids
                if file.motcua_wrong_reason
            )

    @property
    def _handed_in(self):
        """Whether anything was handed in: on paper, as a file, or from the store of
        earlier results."""
        self.ensure_one()
        # Files last: most papers come without, and have nothing to look up.
        return bool(
            self.originals
            or self.certified
            or self.copies
            or self.reused
            or any(not file.motcua_wrong_reason for file in self.attachment_ids)
        )

    @api.model
    def _has_field_access(self, field, operation):
        return super()._has_field_access(field, operation) and (
            self.env.su or field.name in CITIZEN_FIELDS or self.env.user._is_internal()
        )

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        # Most papers come without a file: not looked for one by one.
        if any(vals.get("attachment_ids") for vals in vals_list):
            rows._adopt_files()
        if not self.env.su:
            rows._log_changes({})
        return rows

    def write(self, vals):
        if self.env.su:
            res = super().write(vals)
            if "attachment_ids" in vals:
                self._adopt_files()
            return res
        before = {row: row._on_record() for row in self}
        res = super().write(vals)
        if "attachment_ids" in vals:
            self._adopt_files()
        self._log_changes(before)
        return res

    def _on_record(self):
        """What the log says of a paper, and what of it may not go away."""
        row = self.sudo()
        return {
            "paper": row.name,
            "wanted": row.component_id,
            "files": row.attachment_ids,
            "counts": {name: row[name] for name in COUNTS},
        }

    def _log_changes(self, before):
        """One event for each paper of a filed dossier that was changed.

        :raises UserError: a file, or the paper it was handed in for, would be lost
        """
        for row in self:
            dossier = row.dossier_id
            if dossier.status == "0":
                continue
            now, old = row._on_record(), before.get(row)
            if not old:
                old = {**now, "files": now["files"].browse(), "counts": {}}
            if old["files"] - now["files"] or old["wanted"] != now["wanted"]:
                raise self._stays_on_record()
            payload = {
                "counts": {
                    name: [old["counts"].get(name, 0), count]
                    for name, count in now["counts"].items()
                    if count != old["counts"].get(name, 0)
                },
                "added": (now["files"] - old["files"]).mapped("name"),
                "renamed": old["paper"] != now["paper"] and old["paper"],
            }
            payload = {key: value for key, value in payload.items() if value}
            if payload or row not in before:
                payload["paper"] = now["paper"]
                dossier._log("correct_papers", payloads={dossier: payload})

    @api.ondelete(at_uninstall=False)
    def _unlink_only_of_drafts(self):
        """Verbs may take off the list what it wanted and nobody handed in."""
        for row in self.sudo():
            if row.dossier_id.status != "0" and (row._handed_in or not self.env.su):
                raise self._stays_on_record()

    @api.model
    def _stays_on_record(self):
        return UserError(
            self.env._(
                "What was handed in stays on record: mark the file wrong, or add "
                "another one. Numbers of papers may be corrected."
            )
        )

    def _adopt_files(self):
        """Tie the files to their row, which checks them. Raises UserError for a file
        not taken, AccessError for one of somebody else."""
        for row in self.filtered("attachment_ids"):
            row.attachment_ids._motcua_adopt(row)
