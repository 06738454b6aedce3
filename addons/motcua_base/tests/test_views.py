import base64

from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import MotcuaCase

# Roles by the attribute of MotcuaCase that holds a user with it.
USERS = ("post", "receiver", "handler", "approver", "leader", "inspector")


@tagged("post_install", "-at_install")
class TestViews(MotcuaCase):
    """Every screen opens for everybody who has it in the menu."""

    def _menus(self, user):
        """The menu entries with an action that ``user`` sees, in this app."""
        root = self.env.ref("motcua_base.motcua_menu_root")
        shown = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()

        def is_shown(menu):
            return menu.id in shown and (menu == root or is_shown(menu.parent_id))

        menus = self.env["ir.ui.menu"].search([("id", "child_of", root.id)])
        return menus.filtered(lambda menu: menu.action and is_shown(menu))

    def _open(self, action, user):
        views = [(view_id or False, kind) for view_id, kind in action.views]
        Model = self.env[action.res_model].with_user(user)
        Model.get_views(views + [(False, "search")])

    def test_every_menu_opens(self):
        users = [getattr(self, name) for name in USERS]
        for user in [*users, self.procedure_admin, self.env.ref("base.user_admin")]:
            for menu in self._menus(user):
                with self.subTest(user=user.login, menu=menu.complete_name):
                    if menu.action._name == "ir.actions.act_window":
                        self._open(menu.action, user)

    def test_every_number_that_is_typed_is_read_by_our_reader(self):
        found = set()
        for model in self.env["ir.model"].search([("model", "=like", "motcua.%")]):
            Model = self.env[model.model]
            views = self.env["ir.ui.view"].search(
                [("model", "=", model.model), ("type", "in", ("form", "list"))]
            )
            for view in views.filtered(lambda view: view.mode == "primary"):
                arch = etree.fromstring(Model.get_view(view.id, view.type)["arch"])
                found |= self._number_widgets(arch, Model)
        for name in ("sets", "amount", "percent"):
            self.assertIn((name, "motcua_integer"), found)
        for name in ("term_share", "term_quantity"):
            self.assertIn((name, "motcua_float"), found)
        own = {"motcua_integer", "motcua_float", "float_time", "handle", "statinfo"}
        self.assertFalse({pair for pair in found if pair[1] not in own})

    def _number_widgets(self, view, Model):
        """Name and widget of each number that can be typed in this view, and in those
        within it."""
        found, typed = set(), view.tag == "form" or view.get("editable")
        for node in view.iterdescendants("field"):
            if next(node.iterancestors("form", "list", "kanban"), None) is not view:
                continue
            field = Model._fields[node.get("name")]
            if typed and field.type in ("integer", "float"):
                found.add((field.name, node.get("widget")))
            for inner in node:
                if inner.tag in ("form", "list"):
                    found |= self._number_widgets(inner, self.env[field.comodel_name])
        return found

    def test_menus_follow_groups(self):
        def names(user):
            return set(
                self._menus(user).mapped(lambda menu: menu.get_external_id()[menu.id])
            )

        self.assertIn("motcua_base.dossier_menu_mine", names(self.post))
        self.assertNotIn("motcua_base.dossier_event_menu", names(self.handler))
        self.assertIn("motcua_base.access_log_menu", names(self.inspector))
        self.assertNotIn("motcua_base.ruleset_menu", names(self.leader))
        self.assertFalse(
            {name for name in names(self.procedure_admin) if "dossier" in name}
        )

    def test_lists_and_boards_hold_no_personal_data(self):
        personal = {"applicant_id_number", "applicant_phone", "form_values"}
        for kind in ("list", "kanban", "calendar"):
            arch = self.env["motcua.dossier"].get_view(view_type=kind)["arch"]
            for name in personal:
                self.assertNotIn(f'name="{name}"', arch)


@tagged("post_install", "-at_install")
class TestDossierForm(MotcuaCase):
    """The form of a dossier, as the web client plays it."""

    def _typed(self):
        form = Form(self.env["motcua.dossier"].with_user(self.receiver))
        form.procedure_id = self.procedure
        form.applicant_name = "Lê Thị Hồng"
        form.applicant_id_number = "045190001239"
        form.applicant_phone = "0912345678"
        return form

    def test_new_dossier_opens_at_own_desk(self):
        form = Form(self.env["motcua.dossier"].with_user(self.receiver))
        self.assertEqual(form.agency_id, self.commune)
        self.assertEqual(form.desk_id, self.desk)

    def test_choosing_a_procedure_lists_papers_and_questions(self):
        form = self._typed()
        self.assertEqual(form.version_id, self.version)
        self.assertEqual(len(form.component_ids), 4)
        self.assertEqual(
            [
                field["name"]
                for field in form.form_values
                if field["type"] != "separator"
            ],
            ["purpose", "born"],
        )

    def test_typed_applicant_is_kept_and_entered(self):
        dossier = self._typed().save()
        self.assertEqual(dossier.applicant_name, "Lê Thị Hồng")
        self.assertEqual(dossier.applicant_id_number, "045190001239")
        self.assertEqual(dossier.applicant_phone, "0912345678")
        self.assertEqual(dossier.sudo().applicant_id.name, "Lê Thị Hồng")
        self.assertEqual(len(dossier.component_ids), 4)

    def test_papers_typed_before_saving_are_kept(self):
        form = self._typed()
        with form.component_ids.edit(1) as paper:
            paper.copies = 4
        dossier = form.save()
        self.assertEqual(dossier.component_ids[1].copies, 4)
        self.assertEqual(len(dossier.component_ids), 4)

    def test_procedure_not_offered_is_refused_at_once(self):
        other = self._make_procedure()
        form = Form(self.env["motcua.dossier"].with_user(self.receiver))
        with self.assertRaises(UserError):
            form.procedure_id = other

    def test_received_dossier_shows_what_is_fixed(self):
        dossier = self._received()
        form = Form(dossier)
        with self.assertRaises(AssertionError):
            form.procedure_id = self.procedure
        form.applicant_phone = "0987654321"
        form.save()
        self.assertEqual(dossier.applicant_phone, "0987654321")

    def test_who_does_not_hold_it_reads_only(self):
        dossier = self._received()
        self.assertTrue(dossier.may_edit)
        self.assertFalse(dossier.with_user(self.inspector).may_edit)

    def test_ways_and_fees_shown(self):
        dossier = self._at_signature()
        self.assertFalse(dossier.can_pass_on)
        self.assertTrue(dossier.can_send_back)
        self.assertFalse(dossier.fee_due)

    def test_case_changes_the_papers_wanted(self):
        draft = self.version._copy_to_draft()
        case = self.env["motcua.procedure.case"].create(
            {"version_id": draft.id, "name": "Late"}
        )
        draft.component_ids[0].copy({"name": "Reasons", "case_id": case.id})
        draft.date_from = "2026-03-01"
        draft.action_publish()
        form = self._typed()
        self.assertEqual(len(form.component_ids), 4)
        form.case_id = case
        self.assertEqual(len(form.component_ids), 5)
        form.case_id = self.env["motcua.procedure.case"]
        self.assertEqual(len(form.component_ids), 4)


@tagged("post_install", "-at_install")
class TestWork(MotcuaCase):
    """Whose work a dossier is."""

    def _search(self, user, domain):
        return self.env["motcua.dossier"].with_user(user).search(domain).sudo()

    def test_mine(self):
        dossier = self._at_appraisal().sudo()
        self.assertIn(dossier, self._search(self.handler, [("is_mine", "=", True)]))
        self.assertNotIn(dossier, self._search(self.receiver, [("is_mine", "=", True)]))
        self.assertTrue(dossier.with_user(self.handler).is_mine)

    def test_stand_in_finds_the_work_of_the_absent(self):
        dossier = self._at_appraisal().sudo()
        self.env["motcua.absence"].create(
            {
                "user_id": self.handler.id,
                "date_from": "2026-03-01",
                "date_to": "2026-03-10",
                "stand_in_id": self.receiver.id,
            }
        )
        self.assertIn(dossier, self._search(self.receiver, [("is_mine", "=", True)]))

    def test_at_my_unit(self):
        dossier = self._received()
        dossier.action_forward()
        dossier = dossier.sudo()
        here = [("at_my_unit", "=", True)]
        self.assertIn(dossier, self._search(self.handler, here))
        self.assertIn(dossier, self._search(self.leader, here))
        self.assertNotIn(dossier, self._search(self.stranger, here))
        self.assertTrue(dossier.with_user(self.handler).at_my_unit)
        self.assertNotIn(
            dossier, self._search(self.handler, [("at_my_unit", "=", False)])
        )

    def test_take_from_the_queue(self):
        dossier = self._received()
        dossier.action_forward()
        self.assertFalse(dossier.user_id)
        dossier.with_user(self.handler).action_take()
        self.assertEqual(dossier.user_id, self.handler)


@tagged("post_install", "-at_install")
class TestDossierVerb(MotcuaCase):
    """Every verb that needs input, through its dialogue."""

    def _dialogue(self, verb, dossiers):
        action = dossiers.with_context(verb=verb).action_open_verb()
        wizard = self.env[action["res_model"]].with_user(dossiers.env.user)
        return Form(wizard.browse(action["res_id"]))

    def _upload(self, name, user):
        content = base64.b64encode(b"%PDF-1.4\n1 0 obj\nendobj\n%%EOF\n")
        files = self.env["ir.attachment"].with_user(user)
        return files.create({"name": name, "datas": content})

    def _apply(self, verb, dossiers, **values):
        dialogue = self._dialogue(verb, dossiers)
        for name, value in values.items():
            setattr(dialogue, name, value)
        return dialogue.save().action_apply()

    def test_forward_knows_the_only_way_and_who_may(self):
        dossier = self._received()
        dialogue = self._dialogue("forward", dossier)
        self.assertEqual(dialogue.transition_id.to_step_id, self.steps["appraise"])
        self.assertIn(self.handler, dialogue.officer_ids[:])
        self.assertNotIn(self.receiver, dialogue.officer_ids[:])
        dialogue.assignee_id = self.handler
        dialogue.text = "Đủ giấy tờ"
        dialogue.save().action_apply()
        self.assertEqual(dossier.step_id, self.steps["appraise"])
        self.assertEqual(dossier.user_id, self.handler)
        self.assertEqual(dossier.task_ids[0].note, "Đủ giấy tờ")

    def test_forward_many_at_different_steps(self):
        received = self._received()
        other = self._received()
        both = received | other
        dialogue = self._dialogue("forward", both)
        dialogue.save().action_apply()
        self.assertEqual(both.step_id, self.steps["appraise"])

    def test_forward_with_the_draft_that_the_step_must_produce(self):
        self.steps["appraise"].requires = "draft"
        dossier = self._at_appraisal()
        dialogue = self._dialogue("forward", dossier)
        with self.assertRaises(UserError):
            dialogue.save().action_apply()
        draft = self._upload("du-thao.pdf", self.handler)
        dialogue.attachment_ids.add(draft)
        dialogue.save().action_apply()
        self.assertEqual(dossier.step_id, self.steps["sign"])
        self.assertIn(draft, dossier.task_ids.attachment_ids)

    def test_send_back(self):
        dossier = self._at_signature()
        self._apply("send_back", dossier, text="Thiếu căn cứ")
        self.assertEqual(dossier.step_id, self.steps["appraise"])
        self.assertEqual(dossier.user_id, self.handler)

    def test_assign_proposes_oneself(self):
        dossier = self._received()
        dossier.action_forward()
        dossier = dossier.with_user(self.handler)
        dialogue = self._dialogue("assign", dossier)
        self.assertEqual(dialogue.assignee_id, self.handler)
        dialogue.save().action_apply()
        self.assertEqual(dossier.user_id, self.handler)

    def test_consult_and_answer(self):
        dossier = self._at_appraisal()
        self._apply(
            "consult",
            dossier,
            agency_ids=self.bureau,
            due_date="2026-03-05",
            text="Có vướng gì không?",
        )
        asked = dossier.with_user(self.justice)
        self.assertIn("action_answer", asked.available_verbs)
        self._apply("answer", asked, text="Không")
        self.assertFalse(dossier.sudo()._open_consultations())

    def test_supplement_asked_for_and_taken_in(self):
        dossier = self._at_appraisal()
        paper = dossier.component_ids[1]
        dialogue = self._dialogue("request_supplement", dossier)
        self.assertEqual(dialogue.days, dossier.ruleset_id.supplement_days)
        dialogue.component_ids.add(paper)
        dialogue.text = "Bản sao mờ"
        dialogue.save().action_apply()
        self.assertEqual(dossier.status, "5")
        self.assertTrue(paper.supplement_wanted)
        scan = self._upload("scan.pdf", self.receiver)
        dossier = dossier.with_user(self.receiver)
        dialogue = self._dialogue("supplement", dossier)
        with dialogue.paper_ids.edit(1) as row:
            row.copies = 2
            row.attachment_ids.add(scan)
        dialogue.save().action_apply()
        self.assertEqual(dossier.status, "4")
        self.assertEqual(paper.copies, 2)
        self.assertEqual(paper.attachment_ids, scan)
        self.assertFalse(paper.supplement_wanted)

    def test_payment_asked_for_and_confirmed(self):
        dossier = self._at_appraisal()
        dialogue = self._dialogue("request_payment", dossier)
        with dialogue.fee_ids.new() as fee:
            fee.name = "Lệ phí"
            fee.amount = 8000
        dialogue.save().action_apply()
        self.assertEqual(dossier.status, "6")
        dossier = dossier.with_user(self.receiver)
        self.assertEqual(dossier.fee_due, 8000)
        dialogue = self._dialogue("confirm_payment", dossier)
        self.assertEqual(dialogue.fee_due, 8000)
        dialogue.method = "transfer"
        dialogue.reference = "FT26"
        dialogue.save().action_apply()
        self.assertEqual(dossier.status, "4")
        self.assertEqual(dossier.fee_ids.method, "transfer")
        self.assertFalse(dossier.fee_due)

    def test_extend(self):
        dossier = self._at_appraisal().with_user(self.approver)
        self._apply("extend", dossier, due_date="2026-03-20", text="Cần xác minh")
        self.assertEqual(dossier.extension_ids.due_after, dossier.date_due)

    def test_stop(self):
        dossier = self._at_appraisal().with_user(self.approver)
        self._apply("stop", dossier, text="Chờ bản án")
        self.assertEqual(dossier.status, "8")

    def test_withdraw(self):
        dossier = self._received()
        self._apply("withdraw", dossier, text="Công dân xin rút")
        self.assertEqual(dossier.status, "7")

    def test_reject(self):
        dossier = self._draft()
        self._apply("reject", dossier, text="Không thuộc thẩm quyền")
        self.assertEqual(dossier.status, "3")

    def test_refuse(self):
        dossier = self._at_signature()
        self._apply("refuse", dossier, text="Không đủ điều kiện")
        self.assertEqual((dossier.status, dossier.result), ("9", "refused"))

    def test_complete_with_a_file(self):
        dossier = self._at_signature()
        file = self._upload("kq.pdf", self.approver)
        dialogue = self._dialogue("complete", dossier)
        dialogue.number = "12/GXN"
        dialogue.attachment_ids.add(file)
        dialogue.save().action_apply()
        self.assertEqual(dossier.status, "9")
        self.assertEqual(dossier.result_number, "12/GXN")
        self.assertEqual(dossier.result_attachment_ids, file)

    def test_return_proposes_the_applicant(self):
        dossier = self._ready()
        dialogue = self._dialogue("return", dossier)
        self.assertEqual(dialogue.receiver, dossier.applicant_name)
        self.assertEqual(dialogue.channel, "counter")
        dialogue.save().action_apply()
        self.assertEqual(dossier.status, "10")

    def test_confirmed_again_after_a_broken_line_nothing_moves_twice(self):
        # Whoever does all jobs could do the next step as well.
        for role in ("approver", "receiving_officer"):
            self.env["motcua.membership"].create(
                {
                    "user_id": self.handler.id,
                    "agency_id": self.commune.id,
                    "role": role,
                    "date_from": "2020-01-01",
                }
            )
        dossier = self._at_appraisal().with_user(self.handler)
        wizard = self._dialogue("forward", dossier).save()
        wizard.action_apply()
        step = dossier.step_id
        self.assertNotEqual(step, self.steps["appraise"])
        with self.assertRaises(UserError), self.env.cr.savepoint():
            wizard.action_apply()
        self.assertEqual(dossier.step_id, step)

    def test_what_is_no_longer_allowed_is_said_before_anybody_types(self):
        dossier = self._at_appraisal()
        with freeze_time("2026-03-10 02:00:00"), self._refusing(UserError, "Too late"):
            self._dialogue("extend", dossier)
        dossier.action_request_supplement([], "Incomplete", 10)
        dossier.with_user(self.receiver).action_supplement({"note": "Answered"})
        with self._refusing(UserError, "allows no more"):
            self._dialogue("request_supplement", dossier)

    def test_what_the_applicant_gets_in_writing_is_printed_at_once(self):
        dossier = self._at_appraisal()
        dialogue = self._dialogue("request_supplement", dossier)
        dialogue.text = "Thiếu giấy chứng sinh"
        action = dialogue.save().action_apply_and_print()
        self.assertEqual(dossier.status, "5")
        self.assertEqual(action["report_name"], "motcua_base.report_supplement")
        self.assertEqual(action["context"]["active_ids"], dossier.ids)
        self.assertTrue(action["close_on_report_download"])

    def test_nothing_is_done_where_there_is_nothing_to_print(self):
        dossier = self._at_appraisal()
        dialogue = self._dialogue("withdraw", dossier)
        dialogue.text = "Đổi ý"
        with self._refusing(UserError, "no form to print"):
            dialogue.save().action_apply_and_print()
        self.assertEqual(dossier.status, "4")

    def test_return_many_at_once(self):
        both = self._ready() | self._ready()
        self._apply("return", both)
        self.assertEqual(set(both.mapped("status")), {"10"})
        self.assertEqual(set(both.mapped("receiver_name")), {self.citizen.name})

    def test_papers_are_supplemented_one_dossier_at_a_time(self):
        both = self._at_appraisal() | self._at_appraisal()
        with self.assertRaises(UserError):
            both.with_context(verb="request_supplement").action_open_verb()

    def test_dialogue_gives_no_rights(self):
        dossier = self._at_appraisal().with_user(self.receiver)
        dialogue = self._dialogue("stop", dossier)
        dialogue.text = "…"
        with self.assertRaises(AccessError):
            dialogue.save().action_apply()

    def test_inspectors_have_no_dialogue(self):
        dossier = self._received().with_user(self.inspector)
        with self.assertRaises(AccessError):
            dossier.with_context(verb="stop").action_open_verb()

    def test_log_in_words(self):
        dossier = self._at_appraisal()
        self._apply(
            "consult",
            dossier,
            agency_ids=self.bureau,
            due_date="2026-03-05",
            text="Hỏi",
        )
        dossier.applicant_phone = "0987654321"
        dossier.subject = "Khác"
        dossier.env.flush_all()
        words = {event.kind: event.summary for event in dossier.event_ids}
        self.assertIn(self.bureau.name, words["consult"])
        self.assertIn("05/03/2026", words["consult"])
        self.assertNotIn("0987654321", " ".join(filter(None, words.values())))

    def test_server_actions_of_the_list(self):
        dossier = self._draft()
        self.env.ref("motcua_base.dossier_action_receive").with_user(
            self.receiver
        ).with_context(active_model=dossier._name, active_ids=dossier.ids).run()
        self.assertEqual(dossier.status, "2")
        action = (
            self.env.ref("motcua_base.dossier_action_forward")
            .with_user(self.receiver)
            .with_context(active_model=dossier._name, active_ids=dossier.ids)
            .run()
        )
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual((wizard.verb, wizard.dossier_ids), ("forward", dossier))
