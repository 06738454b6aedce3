from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common_access import AccessCase
from .sample_files import PDF

# AccessError and ValidationError are UserErrors: refused with a sentence, whatever the
# reason.
REFUSED = UserError


@tagged("post_install", "-at_install")
class TestAccessAttacks(AccessCase):
    """What somebody with an account and a console might try."""

    # -- context keys ---------------------------------------------------

    def test_defaults_write_no_protected_column(self):
        env = self.env(user=self.receiver.id, su=False)
        Dossier = env["motcua.dossier"].with_context(
            default_status="10",
            default_code="H1-1",
            default_user_id=self.receiver.id,
            default_date_due="2030-01-01",
        )
        dossier = Dossier.create(self._values())
        self.assertEqual(dossier.status, "0")
        self.assertFalse(dossier.code or dossier.user_id or dossier.date_due)

    def test_defaults_reach_no_row_made_by_a_verb(self):
        channel = self.version.channel_ids.filtered(lambda c: c.channel == "counter")
        self.env["motcua.procedure.fee"].sudo().flush_model()
        self.env.cr.execute(
            "INSERT INTO motcua_procedure_fee (channel_id, kind, name, amount, unit)"
            " VALUES (%s, 'charge', 'Charge', 8000, 'dossier')",
            [channel.id],
        )
        self.env.invalidate_all()
        dossier = self._draft().with_context(
            default_paid_on="2026-01-01",
            default_date_done="2026-01-01",
            default_outcome="completed",
            default_kind="consult",
        )
        dossier.action_receive()
        fee, task = dossier.sudo().fee_ids, dossier.sudo().task_ids
        self.assertTrue(fee)
        self.assertFalse(fee.paid_on or task.date_done or task.outcome)
        self.assertEqual(task.kind, "main")

    def test_archived_assignments_stay_archived(self):
        dossier = self._received()
        self.receiver.motcua_membership_ids.active = False
        dossier = self._as(dossier, self.receiver, active_test=False)
        self.assertFalse(dossier.env.user._motcua_memberships())
        self.assertRefused(AccessError, dossier.action_forward)

    def test_archived_offerings_and_rulesets_stay_archived(self):
        offering = self.env["motcua.offering"].search(
            [("agency_id", "=", self.commune.id)]
        )
        offering.active = False
        Dossier = self.env["motcua.dossier"].with_user(self.receiver)
        self.assertRefused(
            UserError, Dossier.with_context(active_test=False).create, self._values()
        )

    def test_time_zone_moves_no_day(self):
        """Assignments begin and end by the day in Vietnam, whatever a browser says."""
        membership = self.receiver.motcua_membership_ids
        membership.date_from = "2026-03-03"
        user = self._as(self.receiver, self.receiver, tz="Pacific/Kiritimati")
        self.env.registry.clear_cache()
        self.assertFalse(user._motcua_memberships())

    # -- columns of the system ------------------------------------------

    def test_rows_of_a_dossier_keep_their_system_columns(self):
        dossier = self._draft()
        paid = {"name": "x", "amount": 1, "paid_on": "2026-03-02 01:00:00"}
        self.assertRefused(
            AccessError, dossier.write, {"fee_ids": [Command.create(paid)]}
        )
        Dossier = self.env["motcua.dossier"].with_user(self.receiver)
        self.assertRefused(
            AccessError,
            Dossier.create,
            self._values(fee_ids=[Command.create(paid)]),
        )
        free = {"dossier_id": dossier.id, "name": "x", "amount": 1}
        self.assertRefused(AccessError, dossier.env["motcua.dossier.fee"].create, free)
        fee = self.env["motcua.dossier.fee"].sudo().create(free)
        fee = fee.with_user(self.receiver)
        for values in (
            {"amount": 0},
            {"paid_on": "2026-03-02 01:00:00"},
            {"method": "cash"},
            {"reference": "1"},
            {"user_id": self.receiver.id},
        ):
            self.assertRefused(AccessError, fee.write, values)
        self.assertRefused(AccessError, fee.unlink)
        self.assertRefused(
            AccessError,
            fee.with_context(default_paid_on="2026-01-01").copy,
            {"paid_on": "2026-03-02 01:00:00"},
        )

    def test_x2many_commands_reach_no_protected_row(self):
        dossier = self._at_appraisal()
        other = self._received().sudo()
        for name, commands in {
            "task_ids": [Command.update(dossier.sudo().task_id.id, {"note": "x"})],
            "event_ids": [Command.clear()],
            "pause_ids": [
                Command.create(
                    {
                        "kind": "stop",
                        "reason": "x",
                        "date_from": "2026-03-02 01:00:00",
                        "status_before": "2",
                        "user_id": self.handler.id,
                    }
                )
            ],
            "extension_ids": [Command.clear()],
            "result_attachment_ids": [Command.link(self._file(self.handler).id)],
            "component_ids": [Command.update(other.component_ids[0].id, {"note": "x"})],
            "row_ids": [Command.link(self._row(other).id)],
            "message_follower_ids": [
                Command.create(
                    {
                        "partner_id": self.far_leader.partner_id.id,
                        "res_model": "motcua.dossier",
                    }
                )
            ],
        }.items():
            with self.subTest(field=name):
                self.assertRefused(REFUSED, dossier.write, {name: commands})

    def _row(self, dossier):
        return (
            self.env["motcua.dossier.row"]
            .sudo()
            .create({"dossier_id": dossier.id, "section": "s", "row_values": {"a": 1}})
        )

    # -- rows of a dossier ----------------------------------------------

    def _child_values(self, dossier):
        return {
            "motcua.dossier.component": {"dossier_id": dossier.id, "name": "x"},
            "motcua.dossier.fee": {
                "dossier_id": dossier.id,
                "name": "x",
                "amount": 1,
            },
            "motcua.dossier.row": {
                "dossier_id": dossier.id,
                "section": "s",
                "row_values": {"a": 1},
            },
        }

    def _assert_rows_fixed(self, user, dossier):
        """``user`` can neither add, change nor remove rows of ``dossier``."""
        for model, values in self._child_values(dossier.sudo()).items():
            with self.subTest(model=model, user=user.login):
                row = self.env[model].sudo().create(values)
                self.assertRefused(
                    REFUSED, self._as(self.env[model], user).create, values
                )
                row = self._as(row, user)
                self.assertRefused(REFUSED, row.write, {"dossier_id": dossier.id})
                self.assertRefused(REFUSED, row.unlink)
                self.assertTrue(row.sudo().exists())

    def test_rows_of_a_closed_dossier(self):
        dossier = self._ready()
        self._assert_rows_fixed(self.receiver, dossier)
        self._assert_rows_fixed(self.leader, dossier)

    def test_rows_of_a_dossier_with_somebody_else(self):
        self._assert_rows_fixed(self.post, self._at_appraisal())
        self._assert_rows_fixed(self.handler, self._at_signature())

    def test_rows_of_a_dossier_elsewhere(self):
        self._assert_rows_fixed(self.leader, self._far_draft())

    def test_rows_stay_with_their_dossier(self):
        mine, closed = self._draft(), self._ready()
        for model, values in self._child_values(mine).items():
            with self.subTest(model=model):
                row = self.env[model].sudo().create(values).with_user(self.receiver)
                self.assertRefused(REFUSED, row.write, {"dossier_id": closed.id})

    def test_colleagues_draft_is_not_deleted(self):
        draft = self._draft()
        self.assertRefused(AccessError, self._as(draft, self.handler).unlink)
        self._as(draft, self.receiver).unlink()

    # -- files -----------------------------------------------------------

    def _paper(self, dossier, kind="paper"):
        return dossier.component_ids.filtered(lambda paper: paper.kind == kind)[:1]

    def test_no_stealing_of_files_by_handing_them_in(self):
        """A file of another dossier is not moved by naming its id."""
        other = self._draft()
        stolen = self._file(self.receiver)
        self._paper(other).attachment_ids = stolen
        mine = self._draft()
        paper = self._paper(mine)
        self.assertRefused(
            AccessError, paper.write, {"attachment_ids": [Command.link(stolen.id)]}
        )
        Component = self.env["motcua.dossier.component"].with_user(self.receiver)
        self.assertRefused(
            AccessError,
            Component.create,
            {
                "dossier_id": mine.id,
                "name": "x",
                "attachment_ids": [Command.link(stolen.id)],
            },
        )
        self.assertEqual(stolen.sudo().res_id, self._paper(other).id)

    def test_supplement_takes_own_files_only(self):
        dossier = self._at_appraisal()
        dossier.action_request_supplement([], "Sign the form")
        paper = self._paper(dossier.sudo())
        foreign = self._file(self.far_leader)
        for commands in (
            [Command.link(foreign.id)],
            [Command.set(foreign.ids)],
            [Command.update(foreign.id, {"public": True})],
            [Command.delete(foreign.id)],
            foreign.ids,
        ):
            for user in (self.receiver, self.citizen_user):
                with self.subTest(commands=commands, user=user.login):
                    self.assertRefused(
                        REFUSED,
                        self._as(dossier, user).action_supplement,
                        {"components": {paper.id: {"attachment_ids": commands}}},
                    )
        foreign = foreign.sudo()
        self.assertTrue(foreign.exists())
        self.assertFalse(foreign.res_id or foreign.public)
        own = self._file(self.receiver)
        self._as(dossier, self.receiver).action_supplement(
            {"components": {paper.id: {"attachment_ids": [Command.link(own.id)]}}}
        )
        self.assertEqual(own.sudo().res_id, paper.id)

    def test_citizen_supplements_with_own_upload(self):
        dossier = self._at_appraisal()
        dossier.action_request_supplement([], "Sign the form")
        paper = self._paper(dossier.sudo())
        upload = self._file(self.citizen_user)
        self._as(dossier, self.citizen_user).action_supplement(
            {"components": {paper.id: {"attachment_ids": [Command.link(upload.id)]}}}
        )
        self.assertEqual(paper.attachment_ids, upload.sudo())
        self.assertEqual(dossier.sudo().status, "4")

    def test_result_takes_own_files_only(self):
        other = self._draft()
        evidence = self._file(self.receiver)
        self._paper(other).attachment_ids = evidence
        dossier = self._at_signature()
        message = self.assertRefused(
            REFUSED, dossier.action_complete, [evidence.id], "1/QĐ"
        )
        self.assertTrue(message)
        result = self._file(self.approver)
        dossier.action_complete([result.id], "1/QĐ")
        self.assertEqual(dossier.sudo().result_attachment_ids, result.sudo())
        self.assertEqual(result.sudo().res_id, dossier.id)

    def test_result_files_belong_to_one_dossier(self):
        dossiers = self._at_signature() | self._at_signature()
        result = self._file(self.approver)
        self.assertRefused(UserError, dossiers.action_complete, [result.id], "1/QĐ")

    def test_files_of_record_are_not_changed(self):
        """Neither papers handed in nor results, once the dossier is not with you."""
        scan, result = self._file(self.receiver), self._file(self.approver)
        dossier = self._at_signature()
        self._paper(dossier.sudo()).with_user(self.receiver).attachment_ids = scan
        dossier.action_complete([result.id], "1/QĐ")
        for user in (self.receiver, self.handler, self.approver, self.leader):
            for file in (scan, result):
                with self.subTest(user=user.login, file=file):
                    file = self._as(file, user)
                    self.assertTrue(file.read(["name"]))
                    self.assertRefused(AccessError, file.write, {"raw": PDF + b"2"})
                    self.assertRefused(AccessError, file.write, {"res_id": 0})
                    self.assertRefused(AccessError, file.unlink)
                    self.assertEqual(file.generate_access_token(), [False])

    def test_identity_scans_open_to_who_handles_the_dossier(self):
        dossier = self._at_appraisal()
        scan = self._file(self.receiver)
        paper = self._paper(dossier.sudo(), "identity")
        paper.with_user(self.receiver).attachment_ids = scan
        for user in (self.receiver, self.handler, self.leader):
            self.assertTrue(self._as(scan, user).read(["raw"]), user.login)
        for user in (self.inspector, self.justice, self.far_leader, self.plain):
            with self.subTest(user=user.login):
                file = self._as(scan, user)
                self.assertRefused(AccessError, file.read, ["raw"])
                self._assert_nothing(file, [("id", "=", scan.id)])
                self._assert_nothing(
                    file,
                    [
                        ("res_model", "=", "motcua.dossier.component"),
                        ("res_id", "=", paper.id),
                        ("name", "like", "scan"),
                    ],
                )

    def test_citizens_open_no_internal_file(self):
        dossier = self._at_appraisal()
        draft = self._file(self.handler, res_model="motcua.dossier", res_id=dossier.id)
        self.assertTrue(draft.with_user(self.citizen_user)._motcua_closed("read"))
        self.assertRefused(
            AccessError, self._as(draft, self.citizen_user).read, ["raw"]
        )

    # -- personal data of others -----------------------------------------

    def test_choosing_an_applicant_reveals_nothing(self):
        """Naming the id of somebody unknown does not copy that person's data."""
        stranger = self._far_received().sudo().applicant_id
        Dossier = self.env["motcua.dossier"].with_user(self.receiver)
        self.assertRefused(
            AccessError, Dossier.create, self._values(applicant_id=stranger.id)
        )
        self.assertRefused(
            AccessError, Dossier.create, self._values(submitter_id=stranger.id)
        )
        self.assertRefused(
            AccessError, self._draft().write, {"applicant_id": stranger.id}
        )
        spec = {"applicant_id": {}, "applicant_phone": {}, "applicant_id_number": {}}
        self.assertRefused(
            AccessError,
            Dossier.onchange,
            {"applicant_id": stranger.id},
            ["applicant_id"],
            spec,
        )
        self.assertRefused(
            AccessError,
            Dossier.with_context(default_applicant_id=stranger.id).onchange,
            {},
            [],
            spec,
        )
        self.assertRefused(
            AccessError,
            self._draft().onchange,
            {"applicant_id": stranger.id},
            ["applicant_id"],
            spec,
        )

    def test_a_known_applicant_is_filled_in(self):
        Dossier = self.env["motcua.dossier"].with_user(self.receiver)
        answer = Dossier.onchange(
            {"applicant_id": self.citizen.id}, ["applicant_id"], {"applicant_phone": {}}
        )
        self.assertEqual(answer["value"]["applicant_phone"], "0912345678")

    def test_applicants_stay_closed(self):
        """Contacts without a kind are open to all staff: nobody makes one so."""
        self._received()
        contact = self.citizen.copy({"motcua_id_number": False})
        self._draft().sudo().applicant_id = contact
        contact = self._as(contact, self.leader)
        self.assertRefused(AccessError, contact.write, {"motcua_type": False})
        contact.write({"motcua_type": "4"})

    def test_who_files_is_fixed(self):
        """The person who filed sees the dossier: nobody becomes one later."""
        dossier = self._received()
        self.assertRefused(
            UserError, dossier.write, {"submitter_id": self.post.partner_id.id}
        )

    def test_probing_out_of_scope_finds_nothing(self):
        far = self._far_received().sudo()
        person = far.applicant_id
        for user in (self.leader, self.inspector, self.plain, self.citizen_user):
            env = self._as(person, user).env
            Partner, Dossier, User = (
                env["res.partner"],
                env["motcua.dossier"],
                env["res.users"],
            )
            with self.subTest(user=user.login):
                for domain in (
                    [("motcua_id_number", "like", "0451900056%")],
                    [("motcua_dossier_ids.applicant_id_number", "=like", "0451%")],
                ):
                    self._assert_nothing(Partner, [("id", "=", person.id), *domain])
                self._assert_nothing(Partner, [("phone", "=", "0987654321")])
                for name in (
                    "applicant_id_number",
                    "applicant_phone",
                    "applicant_name",
                ):
                    self._assert_nothing(Dossier, [(name, "=", far[name])])
                self._assert_nothing(
                    env["motcua.dossier.task"],
                    [("dossier_id.applicant_id_number", "=", far.applicant_id_number)],
                )
                self._assert_nothing(
                    User, [("partner_id.motcua_id_number", "=like", "045190007777")]
                )
                self._assert_nothing(
                    User,
                    [
                        ("id", "=", self.other_citizen.id),
                        ("partner_id.email", "=like", "%@example.com"),
                    ],
                )

    def _assert_nothing(self, model, domain):
        for method in ("search_count", "search_read", "search"):
            with self.subTest(model=model._name, domain=domain, method=method):
                try:
                    self.assertFalse(getattr(model, method)(domain))
                except AccessError:
                    continue  # refusing says as little

    def test_accounts_of_citizens_are_closed_to_staff(self):
        for user in (self.receiver, self.leader, self.plain, self.inspector):
            account = self._as(self.other_citizen, user)
            with self.subTest(user=user.login):
                self.assertFalse(account.search([("id", "=", account.id)]))
                for names in (["email"], ["name"], ["phone"], ["motcua_id_number"]):
                    self.assertRefused(AccessError, account.read, names)

    def test_colleagues_are_open_to_staff(self):
        colleague = self._as(self.handler, self.receiver)
        self.assertTrue(colleague.read(["name", "email"]))
        self.assertTrue(colleague.search([("id", "=", self.handler.id)]))

    def test_mentions_suggest_no_citizen(self):
        person = self._far_received().sudo().applicant_id
        Partner = self.env["res.partner"].with_user(self.receiver)
        for found in (
            Partner.name_search(person.name),
            Partner.name_search("0987654321"),
            Partner.get_mention_suggestions(person.name).get("res.partner"),
            Partner.get_mention_suggestions("Lan").get("res.partner"),
        ):
            ids = [
                row["id"] if isinstance(row, dict) else row[0] for row in found or []
            ]
            self.assertNotIn(person.id, ids)
            self.assertNotIn(self.other_citizen.partner_id.id, ids)

    def test_personal_columns_are_not_grouped(self):
        self._received()
        Dossier = self.env["motcua.dossier"].with_user(self.receiver)
        for name in ("applicant_id_number", "applicant_phone", "submitter_phone"):
            with self.subTest(field=name):
                self.assertRefused(
                    AccessError, Dossier.formatted_read_group, [], [name], ["__count"]
                )
                self.assertRefused(
                    AccessError, Dossier.formatted_read_group, [], [], [f"{name}:max"]
                )
                self.assertRefused(
                    AccessError,
                    Dossier.env["motcua.dossier.task"].formatted_read_group,
                    [],
                    [f"dossier_id.{name}"],
                    ["__count"],
                )
        self.assertTrue(Dossier.formatted_read_group([], ["status"], ["__count"]))

    def test_dialogs_compute_with_the_rights_of_the_user(self):
        far = self._far_received()
        Verb = self.env["motcua.dossier.verb"].with_user(self.leader)
        for verb, name in (("return", "receiver"), ("supplement", "paper_ids")):
            with self.subTest(field=name):
                self.assertRefused(
                    AccessError,
                    Verb.onchange,
                    {"verb": verb, "dossier_ids": [Command.set(far.ids)]},
                    ["dossier_ids"],
                    {"verb": {}, "dossier_ids": {}, name: {}},
                )
        self.assertRefused(
            AccessError,
            Verb.create,
            {"verb": "return", "dossier_ids": [Command.set(far.ids)]},
        )

    # -- verbs -----------------------------------------------------------

    def test_tasks_go_to_who_can_do_them(self):
        dossier = self._received()
        for user in (self.far_leader, self.citizen_user, self.inspector, self.plain):
            with self.subTest(user=user.login):
                self.assertRefused(
                    UserError, dossier.action_forward, assignee_id=user.id
                )
                self.assertRefused(UserError, dossier.action_assign, user.id)
        self.assertRefused(UserError, dossier.action_forward, assignee_id=999999999)
        self.handler.active = False
        self.assertRefused(
            UserError, dossier.action_forward, assignee_id=self.handler.id
        )

    def test_papers_of_another_dossier_are_not_asked_for(self):
        dossier, other = self._at_appraisal(), self._received()
        papers = other.component_ids.ids
        self.assertRefused(UserError, dossier.action_request_supplement, papers, "Sign")
        both = (dossier.sudo() | other.sudo()).with_user(self.leader)
        self.assertRefused(UserError, both.action_request_supplement, papers, "Sign")

    def test_a_dossier_named_twice_moves_once(self):
        dossier = self._received()
        dossier.action_forward(assignee_id=self.handler.id)
        twice = dossier.browse([dossier.id, dossier.id]).with_user(self.handler)
        twice.action_request_payment([{"name": "Copies", "amount": 2000}])
        self.assertEqual(len(dossier.sudo().fee_ids), 1)

    def test_creating_is_checked_before_anything_is_looked_up(self):
        for user in (self.citizen_user, self.plain, self.inspector, self.system_admin):
            Dossier = self.env["motcua.dossier"].with_user(user)
            with self.subTest(user=user.login):
                self.assertRefused(
                    AccessError, Dossier.create, {"procedure_id": 2**31 - 1}
                )
                self.assertRefused(AccessError, Dossier.receive_new, [{}])

    def test_copy_is_a_new_draft_without_files(self):
        dossier = self._received()
        scan = self._file(self.receiver)
        self._paper(dossier).attachment_ids = scan
        copy = dossier.copy()
        self.assertEqual(copy.status, "0")
        self.assertFalse(
            copy.code or copy.component_ids.attachment_ids or copy.task_ids
        )
        self.assertEqual(scan.sudo().res_id, self._paper(dossier).id)
        far = self._far_draft().with_user(self.receiver)
        self.assertRefused(AccessError, far.copy)

    def test_dragging_is_a_verb(self):
        dossier = self._received()
        stage = self.steps["sign"].stage_id
        self.assertRefused(UserError, dossier.write, {"stage_id": stage.id})
        far = self._as(self._far_received(), self.leader)
        self.assertRefused(AccessError, far.write, {"stage_id": stage.id})

    def test_the_form_definition_is_not_written_through_a_dossier(self):
        dossier = self._received()
        forged = [
            {
                "name": "purpose",
                "type": "char",
                "string": "Forged",
                "value": "x",
                "definition_changed": True,
            }
        ]
        self.assertRefused(REFUSED, dossier.write, {"form_values": forged})

    # -- roles -----------------------------------------------------------

    def test_nobody_gives_himself_a_role(self):
        values = {
            "user_id": self.receiver.id,
            "agency_id": self.commune.id,
            "role": "unit_leader",
        }
        for user in (self.receiver, self.leader, self.procedure_admin, self.plain):
            membership = self._as(self.receiver.motcua_membership_ids, user)
            with self.subTest(user=user.login):
                self.assertRefused(AccessError, membership.create, values)
                self.assertRefused(AccessError, membership.write, {"role": "approver"})
                self.assertRefused(AccessError, membership.unlink)
                me = self._as(user, user)
                for change in (
                    {"group_ids": [Command.link(self.env.ref("base.group_system").id)]},
                    {"motcua_membership_ids": [Command.create(values)]},
                ):
                    self.assertRefused(AccessError, me.write, change)

    def test_system_administrator_gives_roles_of_the_shop_only(self):
        Membership = self.env["motcua.membership"].with_user(self.system_admin)
        Membership.create(
            {
                "user_id": self.plain.id,
                "agency_id": self.commune.id,
                "role": "handler",
            }
        )
        self.assertTrue(self.plain.has_group("motcua_base.group_handler"))
        self.assertRefused(
            AccessError,
            self._as(self.plain, self.system_admin).write,
            {"group_ids": [Command.link(self.env.ref("base.group_system").id)]},
        )

    def test_citizens_become_no_staff(self):
        Membership = self.env["motcua.membership"].with_user(self.system_admin)
        self.assertRefused(
            ValidationError,
            Membership.create,
            {
                "user_id": self.citizen_user.id,
                "agency_id": self.commune.id,
                "role": "handler",
            },
        )

    def test_only_procedure_administrators_publish(self):
        version = self._make_version(self._make_procedure())
        for user in (self.receiver, self.leader, self.inspector, self.plain):
            with self.subTest(user=user.login):
                self.assertRefused(AccessError, self._as(version, user).action_publish)
                self.assertRefused(
                    AccessError, self._as(version, user).action_new_version
                )
        year = self.env["motcua.calendar.year"].create({"year": 2099})
        for user in (self.leader, self.procedure_admin):
            with self.subTest(user=user.login):
                self.assertRefused(AccessError, self._as(year, user).action_confirm)
                self.assertRefused(AccessError, self._as(year, user).action_propose)

    # -- mail ------------------------------------------------------------

    def test_mail_opens_no_foreign_dossier(self):
        far = self._as(self._far_received(), self.leader)
        partner = self.leader.partner_id
        model = self.env["ir.model"]._get_id("motcua.dossier")
        activity = self.env["mail.activity"].with_user(self.leader)
        self.assertRefused(AccessError, far.message_post, body="x")
        self.assertFalse(far.message_subscribe([partner.id]))
        self.assertRefused(
            AccessError, far.message_subscribe, [self.handler.partner_id.id]
        )
        self.assertRefused(AccessError, far.activity_schedule, summary="x")
        self.assertRefused(
            AccessError,
            activity.create,
            {"res_model_id": model, "res_id": far.id, "summary": "x"},
        )
        self.assertRefused(
            AccessError,
            self.env["mail.message"].with_user(self.leader).create,
            {"model": "motcua.dossier", "res_id": far.id, "body": "x"},
        )
        messages = self.env["mail.message"].with_user(self.leader)
        far.with_user(self.far_leader).message_post(
            body="Secret", subtype_xmlid="mail.mt_comment"
        )
        self.assertFalse(
            messages.search([("model", "=", "motcua.dossier"), ("res_id", "=", far.id)])
        )
        # Even as a follower, whom somebody in scope has added:
        far.sudo().message_subscribe([partner.id])
        self.assertRefused(AccessError, self._as(far, self.leader).read, ["code"])
