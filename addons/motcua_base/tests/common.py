from contextlib import contextmanager
from datetime import date
from uuid import uuid4

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

# A Monday morning, 08:00 in Vietnam, in a week without holidays.
MONDAY = "2026-03-02 01:00:00"


class MotcuaCase(BaseCommon):
    """A province with two communes, one officer a role, and one published procedure
    with the workflow receive → appraise → sign → hand over.

    Everything is made here: tests rely on no seeded procedures and no demo data. Time
    stands at ``MONDAY`` unless a test freezes another moment.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(MONDAY))
        cls.calendar = cls._make_calendar()
        # Numbers are taken in a transaction of their own, so series outlive tests:
        # each class gets agencies with identifiers of its own.
        random = uuid4().int
        cls.root_identifier = f"H{random % 90 + 10}.{random % 997}.{random % 991}"
        cls.province = cls._make_agency("Province", tier="province", identifier="")
        cls.commune = cls._make_agency("Commune A", parent_id=cls.province.id)
        cls.other_commune = cls._make_agency("Commune B", parent_id=cls.province.id)
        cls.desk = cls._make_agency("Desk A", kind="desk", parent_id=cls.commune.id)
        cls.other_desk = cls._make_agency(
            "Desk B", kind="desk", parent_id=cls.other_commune.id
        )
        cls.post_desk = cls._make_agency(
            "Post office A", kind="desk", parent_id=cls.commune.id, in_post_office=True
        )
        cls.department = cls._make_agency(
            "Office A", kind="department", parent_id=cls.commune.id
        )
        cls.bureau = cls._make_agency(
            "Department of Justice", tier="province", parent_id=cls.province.id
        )
        cls.post = cls._make_officer("post", "post_officer", cls.post_desk)
        cls.receiver = cls._make_officer("receiver", "receiving_officer", cls.desk)
        cls.handler = cls._make_officer("handler", "handler", cls.department)
        cls.approver = cls._make_officer("approver", "approver", cls.commune)
        cls.leader = cls._make_officer("leader", "unit_leader", cls.commune)
        cls.inspector = cls._make_officer("inspector", "inspector", cls.province)
        cls.stranger = cls._make_officer("stranger", "unit_leader", cls.other_commune)
        cls.justice = cls._make_officer("justice", "handler", cls.bureau)
        cls.procedure_admin = new_test_user(
            cls.env,
            f"padmin-{cls.root_identifier}",
            groups="motcua_base.group_procedure_admin",
            lang="en_US",
        )
        cls.workflow = cls._make_workflow()
        cls.procedure = cls._make_procedure()
        cls.version = cls._make_version(cls.procedure)
        cls.version.action_publish()
        for agency in (cls.commune, cls.other_commune):
            cls._make_offering(agency, cls.procedure)
        # Entered by the desk of commune A, which therefore knows her.
        cls.citizen = cls._make_citizen(
            cls.receiver,
            name="Nguyễn Thị Hoa",
            motcua_id_number="045190001234",
            phone="0912345678",
            email="hoa@example.com",
            motcua_address="Thôn 1",
        )

    # ------------------------------------------------------------------

    @classmethod
    def _make_calendar(cls):
        hours = [("morning", 7.5, 11.5), ("afternoon", 13, 17)]
        return cls.env["resource.calendar"].create(
            {
                "name": "Office hours",
                "tz": "Asia/Ho_Chi_Minh",
                "attendance_ids": [
                    Command.create(
                        {
                            "name": f"{weekday} {period}",
                            "dayofweek": str(weekday),
                            "day_period": period,
                            "hour_from": start,
                            "hour_to": end,
                        }
                    )
                    for weekday in range(5)
                    for period, start, end in hours
                ],
            }
        )

    @classmethod
    def _make_agency(cls, name, **values):
        values.setdefault("kind", "agency")
        if "identifier" not in values and values["kind"] == "agency":
            number = cls.env["motcua.agency"].search_count([]) + 1
            values["identifier"] = f"{cls.root_identifier}.{number}"
        values.setdefault("resource_calendar_id", cls.calendar.id)
        return cls.env["motcua.agency"].create({"name": name, **values})

    @classmethod
    def _make_officer(cls, login, role, agency):
        # Tests expect the source texts, whatever the database speaks.
        user = new_test_user(
            cls.env,
            f"{login}-{cls.root_identifier}",
            groups="base.group_user",
            lang="en_US",
        )
        cls.env["motcua.membership"].create(
            {
                "user_id": user.id,
                "agency_id": agency.id,
                "role": role,
                "date_from": date(2020, 1, 1),
            }
        )
        return user

    @classmethod
    def _make_citizen(cls, officer, **values):
        """An applicant whom ``officer`` has entered."""
        Partner = cls.env["res.partner"].with_user(officer).sudo()
        return Partner.create({"motcua_type": "1", **values}).with_env(cls.env)

    @classmethod
    def _make_workflow(cls):
        stage = {
            name: cls.env.ref(f"motcua_base.stage_{name}").id
            for name in ("received", "appraisal", "signature", "ready")
        }
        workflow = cls.env["motcua.workflow"].create({"name": "Appraise and sign"})
        steps = {}
        for sequence, (name, values) in enumerate(
            {
                "receive": {
                    "kind": "receive",
                    "role": "receiving_officer",
                    "place": "desk",
                    "stage_id": stage["received"],
                    "term_share": 10,
                },
                "appraise": {
                    "role": "handler",
                    "place": "department",
                    "stage_id": stage["appraisal"],
                    "term_share": 60,
                },
                "sign": {
                    "role": "approver",
                    "place": "agency",
                    "stage_id": stage["signature"],
                    "term_share": 30,
                    "can_finish": True,
                },
                "hand over": {
                    "kind": "return",
                    "role": "receiving_officer",
                    "place": "desk",
                    "stage_id": stage["ready"],
                },
            }.items()
        ):
            steps[name] = cls.env["motcua.workflow.step"].create(
                {
                    "workflow_id": workflow.id,
                    "name": name,
                    "sequence": sequence,
                    **values,
                }
            )
        for name, start, end, kind in (
            ("to appraisal", "receive", "appraise", "forward"),
            ("to signature", "appraise", "sign", "forward"),
            ("back to appraisal", "sign", "appraise", "return"),
        ):
            cls.env["motcua.workflow.transition"].create(
                {
                    "workflow_id": workflow.id,
                    "name": name,
                    "from_step_id": steps[start].id,
                    "to_step_id": steps[end].id,
                    "kind": kind,
                }
            )
        cls.steps = steps
        return workflow

    @classmethod
    def _make_procedure(cls, **values):
        number = cls.env["motcua.procedure"].with_context(active_test=False)
        code = f"9.{900000 + number.search_count([])}"
        return cls.env["motcua.procedure"].create(
            {"code": code, "name": "Certificate of something", **values}
        )

    @classmethod
    def _make_two_ways(cls):
        """A published version offered in commune A with an ordinary term of 5 working
        days, and a case “Verified” of 10 over the counter, with a paper of its own."""
        procedure = cls._make_procedure()
        version = cls._make_version(
            procedure, case_ids=[Command.create({"name": "Verified"})]
        )
        case = version.case_ids
        version.write(
            {
                "channel_ids": [
                    Command.create(
                        {
                            "channel": "counter",
                            "case_id": case.id,
                            "term_quantity": 10,
                            "term_unit": "working_day",
                            "fee_ids": [
                                Command.create({"name": "Verifying", "amount": 50000})
                            ],
                        }
                    )
                ],
                "component_ids": [
                    Command.create(
                        {"name": "Report", "case_id": case.id, "originals": 1}
                    )
                ],
            }
        )
        version.action_publish()
        cls._make_offering(cls.commune, procedure)
        return version

    @classmethod
    def _make_version(cls, procedure, **values):
        return cls.env["motcua.procedure.version"].create(
            {
                "procedure_id": procedure.id,
                "date_from": date(2026, 1, 1),
                "workflow_id": cls.workflow.id,
                "channel_ids": [
                    Command.create(
                        {
                            "channel": channel,
                            "term_quantity": 5,
                            "term_unit": "working_day",
                        }
                    )
                    for channel in ("counter", "online", "post")
                ],
                "component_ids": [
                    Command.create(
                        {"name": "Declaration", "kind": "form", "originals": 1}
                    ),
                    Command.create({"name": "Proof", "copies": 1}),
                    Command.create(
                        {
                            "name": "Identity card",
                            "kind": "identity",
                            "required": False,
                        }
                    ),
                    Command.create(
                        {
                            "name": "Power of attorney",
                            "originals": 1,
                            "required": False,
                        }
                    ),
                ],
                "field_ids": [
                    Command.create(
                        {
                            "name": "purpose",
                            "label": "Purpose",
                            "type": "char",
                            "required": True,
                        }
                    ),
                    Command.create(
                        {
                            "name": "born",
                            "label": "Date of birth",
                            "type": "date",
                            "maximum": "today",
                        }
                    ),
                ],
                **values,
            }
        )

    @classmethod
    def _make_offering(cls, agency, procedure, **values):
        departments = agency.child_ids.filtered(lambda a: a.kind == "department")
        return cls.env["motcua.offering"].create(
            {
                "agency_id": agency.id,
                "procedure_id": procedure.id,
                "department_id": departments[:1].id,
                **values,
            }
        )

    @classmethod
    def _next_version(cls, version=None, **values):
        """The version after ``version``, published, in force from today."""
        draft = (version or cls.version)._copy_to_draft()
        draft.write({"date_from": "2026-03-02", **values})
        draft.action_publish()
        return draft

    # ------------------------------------------------------------------

    @contextmanager
    def _refusing(self, exception, words):
        """The block raises ``exception`` with ``words`` in it, and changes nothing."""
        with self.assertRaises(exception) as caught:
            yield
        self.assertIn(words, str(caught.exception))

    def _serve_lookup_page(self):
        """As if citizens had their pages."""
        self.patch(
            self.env.registry["motcua.dossier"], "_has_lookup_page", lambda self: True
        )

    def _draft(self, **values):
        """A draft at the counter of commune A, as its receiving officer."""
        return (
            self.env["motcua.dossier"]
            .with_user(self.receiver)
            .create(self._values(**values))
        )

    def _values(self, **values):
        return {
            "procedure_id": self.procedure.id,
            "agency_id": self.commune.id,
            "applicant_id": self.citizen.id,
            "channel": "counter",
            **values,
        }

    def _received(self, **values):
        dossier = self._draft(**values)
        dossier.action_receive()
        return dossier

    def _at_appraisal(self, **values):
        """A dossier on the handler's desk, as the handler."""
        dossier = self._received(**values)
        dossier.action_forward(assignee_id=self.handler.id)
        return dossier.with_user(self.handler)

    def _at_signature(self, **values):
        """A dossier before the approver, as the approver."""
        dossier = self._at_appraisal(**values)
        dossier.action_forward(assignee_id=self.approver.id)
        return dossier.with_user(self.approver)

    def _ready(self, **values):
        """A dossier with its result, as the receiving officer who hands it over."""
        dossier = self._at_signature(**values)
        dossier.action_complete(number="12/QĐ", date="2026-03-02")
        return dossier.with_user(self.receiver)
