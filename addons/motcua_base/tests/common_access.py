import inspect

from odoo import api
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from .common import MotcuaCase
from .sample_files import PDF


class AccessCase(MotcuaCase):
    """Adds who has no part in commune A: another province, administrators, citizens
    with an account, a plain internal user and the public."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elsewhere = cls._make_agency("Another province", tier="province")
        cls.far_commune = cls._make_agency("Commune Z", parent_id=cls.elsewhere.id)
        cls.far_desk = cls._make_agency(
            "Desk Z", kind="desk", parent_id=cls.far_commune.id
        )
        cls.far_leader = cls._make_officer("far", "unit_leader", cls.far_commune)
        cls._make_offering(cls.far_commune, cls.procedure)
        cls.far_citizen = cls._make_citizen(
            cls.far_leader,
            name="Lê Thị Xa",
            motcua_id_number="045190005678",
            phone="0987654321",
            email="xa@example.com",
        )
        cls.system_admin = cls._make_user("sadmin", "motcua_base.group_system_admin")
        cls.plain = cls._make_user("plain", "base.group_user")
        cls.citizen_user = cls._make_user(
            "hoa", "base.group_portal", partner_id=cls.citizen.id, name="Hoa"
        )
        cls.other_citizen = cls._make_user("lan", "base.group_portal", name="Lan")
        cls.other_citizen.partner_id.write(
            {"motcua_type": "1", "motcua_id_number": "045190007777"}
        )
        cls.public = cls.env.ref("base.public_user")
        cls.roles = {
            "post": cls.post,
            "recv": cls.receiver,
            "hand": cls.handler,
            "appr": cls.approver,
            "lead": cls.leader,
            "insp": cls.inspector,
            "padm": cls.procedure_admin,
            "sadm": cls.system_admin,
            "citi": cls.citizen_user,
            "publ": cls.public,
            "user": cls.plain,
        }

    @classmethod
    def _make_user(cls, login, groups, **values):
        login = f"{login}-{cls.root_identifier}"
        return new_test_user(
            cls.env, login, groups=groups, email=f"{login}@example.com", **values
        )

    def _far_draft(self, **values):
        """A draft in another province, as its leader."""
        return (
            self.env["motcua.dossier"]
            .with_user(self.far_leader)
            .create(
                self._values(
                    agency_id=self.far_commune.id,
                    desk_id=self.far_desk.id,
                    applicant_id=self.far_citizen.id,
                    **values,
                )
            )
        )

    def _far_received(self):
        dossier = self._far_draft()
        dossier.action_receive()
        return dossier

    def _file(self, user, **values):
        """A file as uploaded by ``user``, belonging nowhere yet."""
        # Citizens upload through the portal, which creates for them.
        Attachment = self.env["ir.attachment"].with_user(user).sudo()
        file = Attachment.create({"name": "scan.pdf", "raw": PDF, **values})
        return file.sudo(False)

    def _reset_cache(self):
        """Forget what this transaction has read: nobody's rights lean on it."""
        self.env.flush_all()
        self.env.invalidate_all()

    def _as(self, record, user, **context):
        """``record`` in a fresh environment of ``user``, as a request would have it."""
        self._reset_cache()
        env = api.Environment(self.env.cr, user.id, context)
        return env[record._name].browse(record.ids)

    def assertPublicMethods(self, module, known, refined):
        """What RPC can call of an add-on is what somebody has looked at.

        :param known: dict model name -> names of its public methods
        :param refined: names of Odoo's own methods that may be overridden anywhere
        """
        found = {}
        for name, model in self.env.registry.items():
            for base in model.mro():
                if not base.__module__.startswith(f"odoo.addons.{module}."):
                    continue
                for attribute, method in vars(base).items():
                    if (
                        not attribute.startswith("_")
                        and inspect.isfunction(method)
                        and not getattr(method, "_api_private", False)
                        and attribute not in refined
                    ):
                        found.setdefault(name, set()).add(attribute)
        for name in found.keys() | known.keys():
            with self.subTest(model=name):
                self.assertEqual(found.get(name), known.get(name))

    def assertRefused(self, exception, function, *args, **kwargs):
        """Calling raises ``exception``; the savepoint of assertRaises undoes the rest.

        :return: the message
        """
        with (
            mute_logger("odoo.sql_db", "odoo.addons.base.models.ir_rule"),
            self.assertRaises(exception) as caught,
        ):
            function(*args, **kwargs)
        return str(caught.exception)
