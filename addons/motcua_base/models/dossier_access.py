from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .dossier import CLOSED, OPEN, PAUSED

# Which verb is possible from which status, and who may call it:
#   desk       works (also as post officer) at the desk that received the dossier
#   holder     has the dossier on the desk now, may take it from the queue, or heads
#              the unit where it lies
#   consulted  was asked for an opinion, or works where it was asked
#   head       approver or leader of the agency in charge
#   citizen    the applicant, or who filed for the applicant
#   procedure_admin  administers procedures, and reads no dossier
VERBS = {
    "action_submit": (("0",), ("desk", "citizen")),
    "action_receive": (("0", "1"), ("desk",)),
    "action_reject": (("0", "1"), ("desk",)),
    "action_request_completion": (("0", "1"), ("desk",)),
    "action_assign": (("2", "4", "9"), ("holder", "head")),
    "action_hand_over": (("2", "4"), ("holder",)),
    "action_forward": (("2", "4"), ("holder",)),
    "action_consult": (("2", "4"), ("holder",)),
    "action_answer": (("4",), ("consulted",)),
    "action_request_supplement": (("2", "4"), ("holder",)),
    "action_supplement": (("5",), ("desk", "holder", "citizen")),
    "action_mark_wrong": (("1", *OPEN), ("desk", "holder")),
    "action_request_payment": (("2", "4"), ("holder",)),
    "action_change_fees": (
        ("2", "4", "5", "6", "8", "9", "10"),
        ("desk", "holder", "head"),
    ),
    # Debts are paid after the result as well, and mistakes found.
    "action_confirm_payment": (("2", "4", "6", "9", "10"), ("desk", "holder")),
    "action_cancel_receipt": (
        ("2", "4", "5", "6", "7", "8", "9", "10"),
        ("desk", "holder", "head"),
    ),
    "action_extend": (("2", "4"), ("head",)),
    "action_stop": (("2", "4"), ("head",)),
    "action_resume": (("8",), ("holder", "head")),
    "action_withdraw": (("1", *OPEN), ("desk", "citizen")),
    "action_refuse": (("2", "4"), ("holder",)),
    "action_close": (("5", "8"), ("head",)),
    "action_complete": (("2", "4"), ("holder",)),
    "action_return": (("9",), ("desk",)),
    "action_change_case": (("2", "4"), ("desk", "holder")),
    "action_change_version": (("1", *OPEN), ("procedure_admin",)),
    "action_draft_document": (("2", "4"), ("holder", "head")),
    "action_issue_document": (("2", "4"), ("holder",)),
    "action_revoke_document": (("2", "4", "5", "6", "7", "8", "9", "10"), ("head",)),
}
# While the clock stands still, the head ends what nobody goes on with.
WHILE_PAUSED = {"action_refuse": (("5", "8"), ("head",))}
# The agency in charge does these, once it has what was received for it elsewhere.
AFTER_HAND_OVER = (
    "action_forward",
    "action_consult",
    "action_refuse",
    "action_complete",
    "action_draft_document",
    "action_issue_document",
)
# Not before everybody asked for an opinion has answered (NĐ 61/2018, article 19.5).
LEAVING_STEP = ("action_forward", "action_refuse", "action_complete")
# Written by verbs and the system only, over RPC as in the screens.
PROTECTED = {
    "code",
    "register_code",
    "ruleset_id",
    "offering_id",
    "status",
    "workflow_id",
    "step_id",
    "user_id",
    "task_agency_id",
    "task_id",
    "task_ids",
    "involved_agency_ids",
    "date_submitted",
    "date_received",
    "date_due",
    "date_due_original",
    "date_done",
    "date_returned",
    "date_intake_due",
    "date_handover_due",
    "date_competent",
    "term_quantity",
    "term_unit",
    "pause_ids",
    "extension_ids",
    "result",
    "result_number",
    "result_date",
    "result_attachment_ids",
    "refusal_reason",
    "receiver_name",
    "receiver_id_number",
    "signature_id",
    "fee_ids",
    "fee_receipt_ids",
    "event_ids",
    "event_count",
    "event_hash",
    "event_date",
    "is_warned",
    "verdict",
    "portal_verdict",
    "access_token",
    "intake_token",
}
# What the promise on the receipt rests on: fixed once the dossier is filed.
FIXED_ONCE_FILED = {
    "procedure_id",
    "version_id",
    "case_id",
    "exemption_id",
    "agency_id",
    "desk_id",
    "channel",
    "applicant_id",
    "submitter_id",  # opens the dossier to that person
}
# Corrections of these leave a visible trace.
TRACED = {
    "subject",
    "external_code",
    "applicant_type",
    "applicant_name",
    "applicant_id_number",
    "applicant_phone",
    "applicant_email",
    "applicant_address",
    "submitter_name",
    "submitter_id_number",
    "submitter_phone",
    "sets",
    "pages",
    "copies",
    "return_channel",
}
# Reading one of these in clear is noted in the access log.
PERSONAL = {
    "applicant_id_number",
    "applicant_phone",
    "applicant_email",
    "applicant_address",
    "submitter_id_number",
    "submitter_phone",
    "receiver_id_number",
    "form_values",
}
# What citizens may read of their own dossiers, over RPC as on the portal; whatever is
# not named here is internal.
CITIZEN_FIELDS = {
    "id",
    "display_name",
    "code",
    "external_code",
    "procedure_id",
    "version_id",
    "case_id",
    "agency_id",
    "desk_id",
    "channel",
    "subject",
    "sets",
    "pages",
    "copies",
    "applicant_id",
    "applicant_type",
    "applicant_name",
    "applicant_id_number",
    "applicant_id_masked",
    "applicant_phone",
    "applicant_email",
    "applicant_address",
    "submitter_id",
    "submitter_name",
    "status",
    "date_submitted",
    "date_received",
    "date_due",
    "date_due_original",
    "date_done",
    "date_returned",
    "date_intake_due",
    "date_handover_due",
    "date_competent",
    "is_handover_late",
    "term_quantity",
    "term_unit",
    "term_text",
    "provisional_years",
    "time_left",
    "is_overdue",
    "verdict",
    "component_ids",
    "form_values",
    "result",
    "result_number",
    "result_date",
    "result_attachment_ids",
    "refusal_reason",
    "return_channel",
    "receiver_name",
    "available_verbs",
    "access_url",
    "access_warning",
}


class Dossier(models.Model):
    """Who may do what with a dossier, and what is noted about it."""

    _name = "motcua.dossier"
    _inherit = ["motcua.dossier", "motcua.personal.data"]

    _personal_fields = frozenset(PERSONAL)

    available_verbs = fields.Char(
        compute="_compute_available_verbs",
        help="Names of the verbs that the current user may call now.",
    )

    @api.depends("status", "task_id", "task_ids.date_done")
    @api.depends_context("uid")
    def _compute_available_verbs(self):
        for dossier in self:
            dossier.available_verbs = " ".join(
                verb
                for verb in VERBS
                if dossier._is_any_actor(dossier._actors_now(verb))
                and dossier._fits_step(verb)
            )

    def _actors_now(self, verb):
        """Who may call ``verb`` in the present status, maybe nobody."""
        for statuses, actors in (VERBS[verb], WHILE_PAUSED.get(verb, ((), ()))):
            if self.status in statuses:
                return actors
        return ()

    def _fits_step(self, verb):
        """Whether the step where the dossier lies knows this verb at all."""
        dossier = self.sudo()
        if verb == "action_hand_over":
            return dossier._is_to_hand_over()
        if verb in AFTER_HAND_OVER and dossier._is_to_hand_over():
            return False
        if dossier.status in PAUSED and verb in ("action_close", "action_refuse"):
            return dossier._may_end_pause(verb)
        if verb == "action_change_case":
            return len(dossier._other_way_ids()) > 0 and not dossier._is_decided()
        if verb in ("action_complete", "action_refuse"):
            result = "granted" if verb == "action_complete" else "refused"
            return dossier._may_end_here() and dossier._may_decide(result)
        if verb == "action_forward":
            return bool(dossier._open_ways())
        if verb == "action_mark_wrong":
            return bool(dossier.component_ids.attachment_ids)
        if verb == "action_draft_document":
            return bool(dossier.version_id.template_ids)
        if verb == "action_issue_document":
            return bool(self._signable_templates())
        if verb == "action_cancel_receipt":
            return bool(self._cancellable_receipts())
        if verb == "action_revoke_document":
            return "issued" in dossier.document_ids.mapped("state")
        return True

    # ------------------------------------------------------------------
    # Actors
    # ------------------------------------------------------------------

    def _is_any_actor(self, actors):
        self.ensure_one()
        return bool(actors and self.env.su) or any(
            getattr(self.sudo(), f"_is_{actor}")(self.env.user) for actor in actors
        )

    def _is_desk(self, user):
        return user._motcua_has_role("post_officer", self.desk_id)

    def _is_holder(self, user):
        return bool(self.task_id) and self.task_id._may_be_done_by(user)

    def _is_consulted(self, user):
        return any(task._may_be_done_by(user) for task in self._open_consultations())

    def _is_head(self, user):
        return user._motcua_has_role("approver", self.agency_id)

    def _is_citizen(self, user):
        partner = user.partner_id
        return partner in (self.applicant_id, self.submitter_id)

    def _open_consultations(self):
        return self.task_ids.filtered(
            lambda task: task.kind == "consult" and not task.date_done
        )

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    @api.model
    def _has_field_access(self, field, operation):
        return super()._has_field_access(field, operation) and (
            self.env.su or field.name in CITIZEN_FIELDS or self.env.user._is_internal()
        )

    def _note_access(self, action):
        self.env["motcua.access.log"]._note(self, action)

    def onchange(self, values, field_names, fields_spec):
        """Answers with what a dossier copies from its applicant: to those who know the
        person; and of a saved dossier with all that is asked for: which is noted."""
        chosen = {f"default_{name}": name for name in ("applicant_id", "submitter_id")}
        defaults = {name: self.env.context.get(key) for key, name in chosen.items()}
        self._check_people([values, defaults])
        self._note_reading(fields_spec, "read")
        return super().onchange(values, field_names, fields_spec)

    def _read_group_groupby(self, alias, groupby_spec, query):
        self._check_grouping(groupby_spec)
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _read_group_select(self, aggregate_spec, query):
        self._check_grouping(aggregate_spec)
        return super()._read_group_select(aggregate_spec, query)

    @api.model
    def _check_grouping(self, spec):
        """Groups and aggregates list what belongs to persons, not saying whose it is:
        refused. Answers of e-forms may be grouped, which is noted."""
        name = spec.split(":")[0].split(".")[0]
        if self.env.su or name not in PERSONAL:
            return
        if self._fields[name].type == "properties":
            self.env["motcua.access.log"]._note_grouping(spec)
        else:
            raise AccessError(
                self.env._(
                    "Personal data cannot be grouped: %s.",
                    self._fields[name]._description_string(self.env),
                )
            )

    # ------------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------------

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        if "stage_id" in vals:
            self._drag(self.env["motcua.stage"].browse(vals["stage_id"]))
            vals = {name: value for name, value in vals.items() if name != "stage_id"}
            if not vals:
                return True
        self._check_writable([vals])
        self._check_editable()
        self._check_people([vals])
        filed = self.filtered(lambda dossier: dossier.status != "0")
        if filed and vals.keys() & FIXED_ONCE_FILED:
            raise UserError(
                self.env._(
                    "Procedure, agency, channel and applicant are fixed once a dossier "
                    "is filed. Withdraw it and file anew."
                )
            )
        for version in self.version_id:
            self._check_form_names(vals.get("form_values"), version)
        traced = [name for name in vals if name in TRACED]
        before = {
            dossier: {name: dossier[name] for name in traced} for dossier in filed
        }
        forms = {dossier: dossier._form_values() for dossier in filed}
        res = super().write(vals)
        filed._log_corrections(before, forms if "form_values" in vals else {})
        return res

    @api.model
    def _check_writable(self, vals_list):
        """Refuse columns that only verbs may write."""
        if self.env.su:
            return
        for vals in vals_list:
            names = vals.keys() & PROTECTED
            if names:
                labels = [
                    self._fields[name]._description_string(self.env) for name in names
                ]
                raise AccessError(
                    self.env._(
                        "These fields are kept by the system and change only when the "
                        "dossier moves: %s.",
                        ", ".join(sorted(labels)),
                    )
                )

    @api.model
    def _check_people(self, vals_list):
        """Raise AccessError unless the user knows whom these values name: a dossier
        copies the data of its applicant, so naming an id must not be enough."""
        if self.env.su:
            return
        ids = {
            self._fields[name].convert_to_cache(vals[name], self)
            for vals in vals_list
            for name in ("applicant_id", "submitter_id")
            if vals.get(name)
        }
        people = self.env["res.partner"].browse(ids)
        strangers = people - people._motcua_introduced()
        # Nearly everybody is known by a dossier; to ask the rule takes longer than the
        # rest of a reception. Else it is asked by a search: in memory, it loads all
        # dossiers of these people.
        strangers -= self._applicants_in_scope(strangers)
        strangers -= strangers.search([("id", "in", strangers.ids)])
        strangers.check_access("read")

    @api.model
    def _applicants_in_scope(self, people):
        """Those of ``people`` who applied with a dossier that the user sees as an
        officer: of an own agency, or received at an own desk."""
        scope = tuple(self.env.user._motcua_scope_ids())
        if not (people and scope):
            return people.browse()
        self.flush_model(["applicant_id", "agency_id", "desk_id"])
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM res_partner WHERE id IN %s AND EXISTS ("
                "SELECT 1 FROM motcua_dossier WHERE applicant_id = res_partner.id "
                "AND (agency_id IN %s OR desk_id IN %s))",
                tuple(people.ids),
                scope,
                scope,
            )
        )
        return people.browse(id_ for (id_,) in rows)

    def _check_editable(self):
        """Raise unless the user may correct these dossiers now."""
        for dossier in self:
            if dossier.status in CLOSED:
                raise UserError(
                    self.env._(
                        "Dossier %s is closed and can no longer be changed.",
                        dossier.display_name,
                    )
                )
            if not dossier._is_any_actor(("desk", "holder")):
                raise AccessError(
                    self.env._(
                        "Dossier %s is not with you: only who received or holds it may "
                        "correct it.",
                        dossier.display_name,
                    )
                )

    def _log_corrections(self, before, forms):
        payloads = {}
        for dossier in self:
            changes = {
                name: [old or None, dossier[name] or None]
                for name, old in before[dossier].items()
                if old != dossier[name]
            }
            old_form, new_form = forms.get(dossier, {}), dossier._form_values()
            if dossier in forms and old_form != new_form:
                changes["form_values"] = {
                    name: [old_form.get(name), new_form.get(name)]
                    for name in old_form.keys() | new_form.keys()
                    if old_form.get(name) != new_form.get(name)
                }
            if changes:
                payloads[dossier] = changes
        self.browse([dossier.id for dossier in payloads])._log(
            "correct", payloads=payloads
        )

    def _drag(self, stage):
        """A card was dragged to another column: call the verb that leads there."""
        for dossier in self.filtered(lambda dossier: dossier.stage_id != stage):
            ways = dossier._ways_to(stage)
            if len(ways) != 1:
                raise dossier._no_way_to(stage)
            dossier.action_forward(ways.id)
