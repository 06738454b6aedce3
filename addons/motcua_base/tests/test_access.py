from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.models import MAGIC_COLUMNS
from odoo.orm.models import NO_ACCESS
from odoo.tests import tagged

from ..models.dossier_access import PROTECTED, WHILE_PAUSED
from ..models.dossier_access import VERBS as GUARDED
from .access_matrix import OPERATIONS, RIGHTS, VERBS, rows
from .common_access import AccessCase
from .verb_cases import VerbCases

STAFF = ("post", "recv", "hand", "appr", "lead")
# These only show something.
SILENT = {"draft_document"}


@tagged("post_install", "-at_install")
class TestRights(AccessCase):
    """Every model x role x create, read, write, unlink, on records of one's own desk
    and of another province."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.configuration = cls._make_configuration()
        cls.template = cls._make_version(
            cls._make_procedure(), template_ids=[Command.create({"name": "x"})]
        ).template_ids
        cls.colleague = cls._make_officer("colleague", "handler", cls.commune)
        cls.far_colleague = cls._make_officer("afar", "handler", cls.far_commune)
        cls.samples = {
            role: cls._make_samples(cls.roles[role], cls.colleague, cls.citizen)
            for role in STAFF
        }
        cls.far_samples = cls._make_samples(
            cls.far_leader, cls.far_colleague, cls.far_citizen
        )
        cls.samples |= dict.fromkeys(set(cls.roles) - set(STAFF), cls.samples["recv"])

    @classmethod
    def _make_version(cls, procedure, **values):
        """Its form has a repeating section as well."""
        version = super()._make_version(procedure, **values)
        rows = [
            {"name": "s", "label": "Section", "type": "repeat"},
            {"name": "a", "label": "A", "type": "integer", "parent_name": "s"},
        ]
        version.field_ids = [Command.create(row) for row in rows]
        return version

    @classmethod
    def _make_samples(cls, officer, colleague, citizen):
        """Records at the desk of ``officer``: dict model -> (record, values to create
        another one, values to write)."""
        env = cls.env(user=officer.id, su=False)
        unit = officer.motcua_membership_ids.agency_id
        values = {
            "procedure_id": cls.procedure.id,
            "agency_id": unit.unit_id.id,
            "desk_id": unit.id,
            "applicant_id": citizen.id,
            "channel": "counter",
        }
        # Who enters a dossier knows the person.
        citizen.with_user(officer)._motcua_introduce()
        draft, received = env["motcua.dossier"].create([values, values])
        received.action_receive()
        dossier_id, moment = received.id, received.date_received
        child = {"dossier_id": dossier_id}
        component = dict(child, name="More")
        row = dict(child, section="s", row_values={"a": 1})
        fee = dict(child, name="Copies", amount=2000)
        fee_receipt = dict(
            child,
            agency_id=unit.unit_id.id,
            kind="fee",
            name="0000001",
            register_code=f"x/{received.id}",
            date=moment,
            user_id=officer.id,
            amount=2000,
        )
        task = dict(
            child,
            kind="consult",
            role="handler",
            agency_id=unit.id,
            date_received=moment,
        )
        pause = dict(
            child,
            kind="stop",
            reason="x",
            date_from=moment,
            date_to=moment,
            status_before="2",
            user_id=officer.id,
        )
        extension = dict(
            child,
            date=moment,
            user_id=officer.id,
            reason="x",
            due_before=moment,
            due_after=moment,
        )
        number = {
            "series": f"{unit._get_identifier()}/{received.id}",
            "number": 1,
            "name": f"x/{received.id}",
            "date": moment,
        }
        guidance = {
            "desk_id": unit.id,
            "procedure_id": cls.procedure.id,
            "user_id": officer.id,
            "note": "x",
        }
        event = dict(
            child,
            sequence=99,
            kind="forward",
            date=moment,
            user_id=officer.id,
            hash="x",
        )
        warned = dict(
            child,
            about="dossier",
            level="due",
            recipient="officer",
            user_id=officer.id,
            date_due=moment,
        )
        message = dict(child, kind="ready", phone="+84912345678", text="x")
        log = {"date": moment, "user_id": officer.id, "action": "read"}
        document = {
            "dossier_id": received.id,
            "agency_id": unit.unit_id.id,
            "template_id": cls.template.id,
            "kind": "decision",
            "name": "x",
            "code": "1/QĐ",
            "number": 1,
            "register_code": f"x/{received.id}",
            "date": "2026-03-02",
            "signer_id": officer.id,
            "applicant_name": "x",
            "html": "x",
            "attachment_id": env["ir.attachment"].sudo().create({"name": "x"}).id,
            "checksum": "x",
        }
        outgoing = {
            "dossier_id": received.id,
            "kind": "stop",
            "agency_id": unit.unit_id.id,
            "code": "1/TBD",
            "register_code": f"x/{received.id}",
            "date": "2026-03-02",
            "addressee": "x",
            "user_id": officer.id,
        }
        absence = {"user_id": officer.id, "stand_in_id": colleague.id}
        wizard = {"verb": "supplement", "dossier_ids": [Command.set(received.ids)]}
        wizard_record = env["motcua.dossier.verb"].create(wizard)
        paper = {
            "wizard_id": wizard_record.id,
            "component_id": received.component_ids[0].id,
        }
        due = {"wizard_id": wizard_record.id, "name": "x", "amount": 1}

        def system(model, vals):
            return env[model].sudo().create(vals)

        env["motcua.access.log"]._note(received, "read")
        logged = (
            env["motcua.access.log"].sudo().search([("dossier_id", "=", dossier_id)])
        )
        return {
            "motcua.dossier": (draft, values, {"pages": 3}),
            "motcua.dossier.component": (
                draft.component_ids[-1],  # what was filed nobody deletes
                component,
                {"note": "x"},
            ),
            "motcua.dossier.row": (
                system("motcua.dossier.row", row),
                row,
                {"sequence": 3},
            ),
            "motcua.dossier.fee": (
                system("motcua.dossier.fee", fee),
                fee,
                {"amount": 3},
            ),
            "motcua.fee.receipt": (
                system("motcua.fee.receipt", fee_receipt),
                {**fee_receipt, "register_code": f"y/{received.id}"},
                {"amount": 3},
            ),
            "motcua.dossier.task": (received.task_ids[0], task, {"note": "x"}),
            "motcua.dossier.pause": (
                system("motcua.dossier.pause", pause),
                pause,
                {"reason": "y"},
            ),
            "motcua.dossier.extension": (
                system("motcua.dossier.extension", extension),
                extension,
                {"reason": "y"},
            ),
            "motcua.document": (
                system("motcua.document", document),
                {**document, "register_code": f"y/{received.id}"},
                {"code": "y"},
            ),
            "motcua.outgoing": (
                system("motcua.outgoing", outgoing),
                {**outgoing, "register_code": f"y/{received.id}"},
                {"code": "y"},
            ),
            "motcua.dossier.event": (received.event_ids[0], event, {"hash": "y"}),
            "motcua.number": (
                system("motcua.number", number),
                {**number, "number": 2},
                {"name": "y"},
            ),
            "motcua.guidance": (
                system("motcua.guidance", guidance),
                guidance,
                {"note": "y"},
            ),
            "motcua.absence": (
                system(
                    "motcua.absence",
                    {**absence, "date_from": "2026-04-01", "date_to": "2026-04-02"},
                ),
                {**absence, "date_from": "2026-05-04", "date_to": "2026-05-05"},
                {"note": "x"},
            ),
            "motcua.dossier.warning": (
                system("motcua.dossier.warning", warned),
                dict(warned, level="overdue"),
                {"level": "near"},
            ),
            "motcua.sms.message": (
                system("motcua.sms.message", message),
                dict(message, event_count=99),
                {"text": "y"},
            ),
            "motcua.access.log": (logged[0], log, {"detail": "y"}),
            "motcua.dossier.verb": (wizard_record, wizard, {"text": "x"}),
            "motcua.dossier.verb.paper": (
                wizard_record.paper_ids[0],
                paper,
                {"copies": 1},
            ),
            "motcua.dossier.verb.fee": (
                env["motcua.dossier.verb.fee"].create(due),
                due,
                {"amount": 2},
            ),
        }

    @classmethod
    def _make_configuration(cls):
        """Configuration on which nothing rests yet: as ``_make_samples``."""
        spare, other = (cls._make_user(f"spare{n}", "base.group_user") for n in (1, 2))
        stage = cls.env.ref("motcua_base.stage_appraisal")
        procedure, unused = cls._make_procedure(), cls._make_procedure()
        version = {"procedure_id": procedure.id, "number": 1}
        ruleset = {"name": "x", "date_from": "2070-01-01"}
        workflow = cls.env["motcua.workflow"].create({"name": "x"})
        step = {"workflow_id": workflow.id, "name": "x", "stage_id": stage.id}
        steps = cls.env["motcua.workflow.step"].create([step] * 3)
        way = {"workflow_id": workflow.id, "name": "x", "from_step_id": steps[0].id}
        year = {"year": 2097}
        member = {"agency_id": cls.commune.id, "role": "handler"}
        records = {}

        def add(model, first, another, write):
            records[model] = (cls.env[model].create(first), another, write)
            return records[model][0].id

        cls.env["motcua.sms.template"].search([]).unlink()
        add(
            "motcua.sms.template",
            {"kind": "ready", "text": "x"},
            {"kind": "refused", "text": "x"},
            {"text": "y"},
        )
        cls.env["motcua.letter.template"].search([]).unlink()
        letter = {"subject": "x", "body": "<p>x</p>"}
        add(
            "motcua.letter.template",
            {**letter, "kind": "ready"},
            {**letter, "kind": "refused"},
            {"subject": "y"},
        )
        agency = {"name": "x", "kind": "desk", "parent_id": cls.commune.id}
        add("motcua.agency", agency, agency, {"address": "x"})
        add(
            "motcua.membership",
            {**member, "user_id": spare.id},
            {**member, "user_id": other.id},
            {"title": "x"},
        )
        ruleset_id = add(
            "motcua.ruleset", ruleset, {**ruleset, "date_from": "2071-01-01"}, ruleset
        )
        form = {"ruleset_id": ruleset_id, "number": "01", "name": "x"}
        add(
            "motcua.ruleset.form",
            {**form, "kind": "receipt"},
            {**form, "kind": "stop"},
            {"name": "y"},
        )
        add(
            "motcua.favourite",
            {"agency_id": cls.commune.id},
            {"agency_id": cls.province.id},
            {"procedure_ids": []},
        )
        add("motcua.file.rule", {}, {}, {"max_megabytes": 7})
        failure = {"account": "x", "address": "y", "date": "2026-03-02"}
        add("motcua.login.failure", failure, failure, {"account": "z"})
        add("motcua.stage", {"name": "x"}, {"name": "x"}, {"name": "y"})
        year_id = add("motcua.calendar.year", year, {"year": 2098}, {"decision": "x"})
        day = {"year_id": year_id, "name": "x"}
        swap = {**day, "day_off": "2097-05-06", "day_worked": "2097-05-11"}
        add("motcua.calendar.swap", swap, swap, {"name": "y"})
        add(
            "motcua.calendar.day",
            {**day, "date": "2097-05-06"},
            {**day, "date": "2097-05-07"},
            {"name": "y"},
        )
        add("motcua.sector", {"name": "x"}, {"name": "x"}, {"name": "y"})
        records["motcua.procedure"] = (
            unused,
            {"code": "9.899999", "name": "x"},
            {"name": "y"},
        )
        version_id = add(
            "motcua.procedure.version", version, {**version, "number": 2}, {"sets": 2}
        )
        part = {"version_id": version_id}
        name = {**part, "name": "x"}
        add("motcua.procedure.case", name, name, {"name": "y"})
        channel_id = add(
            "motcua.procedure.channel",
            {**part, "channel": "counter"},
            {**part, "channel": "post"},
            {"note": "x"},
        )
        fee = {"channel_id": channel_id, "name": "x"}
        add("motcua.procedure.fee", fee, fee, {"amount": 1})
        add("motcua.procedure.exemption", name, name, {"proof": "y"})
        add("motcua.procedure.component", name, name, {"copies": 1})
        add("motcua.document.template", name, name, {"kind": "notice"})
        field = {**part, "label": "x"}
        add(
            "motcua.form.field",
            {**field, "name": "a"},
            {**field, "name": "b"},
            {"label": "y"},
        )
        records["motcua.workflow"] = (workflow, {"name": "y"}, {"name": "y"})
        records["motcua.workflow.step"] = (steps[2], step, {"name": "y"})
        add(
            "motcua.workflow.transition",
            {**way, "to_step_id": steps[1].id},
            {**way, "to_step_id": steps[2].id},
            {"name": "y"},
        )
        offering = {"procedure_id": procedure.id}
        add(
            "motcua.offering",
            {**offering, "agency_id": cls.commune.id},
            {**offering, "agency_id": cls.other_commune.id},
            {"post_allowed": False},
        )
        return records

    # ------------------------------------------------------------------

    def test_every_model_stands_in_the_table(self):
        named = {row["model"] for row in rows(RIGHTS)}
        existing = {
            name
            for name, model in self.env.registry.items()
            if model._original_module == "motcua_base" and not model._abstract
        }
        self.assertEqual(named, existing)

    def test_scope_rules_exist_for_all_that_has_a_scope(self):
        """Without a rule, rights on a model are rights on all of its rows."""
        ruled = self.env["ir.rule"].search([]).model_id.mapped("model")
        table = {(row.pop("model"), row.pop("scope")): row for row in rows(RIGHTS)}
        for (model, scope), rights in table.items():
            if scope == "own" and rights != table[model, "far"]:
                self.assertIn(model, ruled)

    def test_protected_columns_are_all_named(self):
        """What the screens cannot write is refused over RPC as well."""
        readonly = {
            name
            for name, field in self.env["motcua.dossier"]._fields.items()
            if field.store and field.readonly and field.groups != NO_ACCESS
        }
        self.assertEqual(readonly - PROTECTED, set(MAGIC_COLUMNS))


def _check_rights(self, row, role):
    """One cell of the table."""
    self._reset_cache()
    user = self.roles[role]
    if row["scope"] == "all":
        samples = self.configuration
    else:
        samples = self.samples[role] if row["scope"] == "own" else self.far_samples
    record, values, changes = samples[row["model"]]
    record = self._as(record, user)
    calls = {
        "c": (record.browse().create, dict(values)),
        "r": (record.read, ["display_name"]),
        "w": (record.write, dict(changes)),
        "u": (record.unlink,),
    }
    for operation, (function, *args) in calls.items():
        with self.subTest(
            model=row["model"],
            scope=row["scope"],
            role=role,
            operation=OPERATIONS[operation],
        ):
            if operation in row[role]:
                savepoint = self.env.cr.savepoint(flush=True)
                function(*args)
                self.env.flush_all()
                savepoint.close(rollback=True)
                self.env.invalidate_all()
            else:
                self.assertRefused(AccessError, function, *args)


def _add_tests(cls, table, name, check, columns):
    """One test method a line of the table."""
    for row in rows(table):

        def test(self, row=row):
            for column in columns(row):
                check(self, row, column)

        key = "_".join(row[part] for part in name if part in row)
        setattr(cls, f"test_{key.replace('.', '_')}", test)


_add_tests(
    TestRights,
    RIGHTS,
    ("model", "scope"),
    _check_rights,
    lambda row: [key for key in row if key not in ("model", "scope")],
)


@tagged("post_install", "-at_install")
class TestVerbs(VerbCases):
    """Every verb x role, on a dossier whose status allows the verb, and every verb x
    status, for somebody who may call it."""

    def test_every_verb_stands_in_the_table(self):
        named = {f"action_{row['verb']}" for row in rows(VERBS)}
        self.assertEqual(named, set(GUARDED))

    def test_every_verb_has_a_case(self):
        cases = {name for name in dir(self) if name.startswith("case_")}
        self.assertEqual(cases, {f"case_{row['verb']}" for row in rows(VERBS)})

    def test_every_verb_is_refused_in_every_other_status(self):
        for row in rows(VERBS):
            verb = f"action_{row['verb']}"
            dossier, arguments = getattr(self, f"case_{row['verb']}")()
            role = next(role for role in row if row[role] == "x")
            possible = GUARDED[verb][0] + WHILE_PAUSED.get(verb, ((), ()))[0]
            for status, _label in dossier._fields["status"].selection:
                if status in possible:
                    continue
                with self.subTest(verb=verb, status=status):
                    savepoint = self.env.cr.savepoint(flush=True)
                    self._put_into(dossier, status)
                    call = getattr(self._as(dossier, self.roles[role]), verb)
                    self.assertRefused(UserError, call, **arguments)
                    savepoint.close(rollback=True)
                    self.env.invalidate_all()

    def _put_into(self, dossier, status):
        """In the database alone, with everything else as it was."""
        self.env.cr.execute(
            "UPDATE motcua_dossier SET status = %s WHERE id = %s", (status, dossier.id)
        )


def _check_verb(self, row, roles):
    name = f"action_{row['verb']}"
    dossier, arguments = getattr(self, f"case_{row['verb']}")()
    self._reset_cache()
    columns = [
        name
        for name, field in dossier._fields.items()
        if field.store and name not in ("write_date", "write_uid")
    ]
    before = dossier.sudo().read(columns)
    for role in roles:
        with self.subTest(verb=name, role=role):
            verb = getattr(self._as(dossier, self.roles[role]), name)
            if row[role] == "x":
                savepoint = self.env.cr.savepoint(flush=True)
                verb(**arguments)
                if row["verb"] not in SILENT:
                    count = dossier.sudo().event_count
                    self.assertGreater(count, before[0]["event_count"])
                savepoint.close(rollback=True)
            else:
                self.assertRefused(AccessError, verb, **arguments)
            self._reset_cache()
            self.assertEqual(dossier.sudo().read(columns), before)


_add_tests(
    TestVerbs,
    VERBS,
    ("verb",),
    _check_verb,
    lambda row: [[key for key in row if key != "verb"]],
)
