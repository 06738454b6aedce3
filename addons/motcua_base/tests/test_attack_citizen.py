"""Attacks of somebody with an account of a citizen, or who wants one."""

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common_access import AccessCase


@tagged("post_install", "-at_install")
class TestAttackCitizen(AccessCase, HttpCase):
    @classmethod
    def _make_version(cls, procedure, **values):
        version = super()._make_version(procedure, **values)
        version.field_ids = [
            Command.create(
                {
                    "name": "verdict",
                    "label": "Verdict of the officer",
                    "type": "char",
                    "filled_by": "officer",
                }
            )
        ]
        return version

    def _asked(self):
        dossier = self._at_appraisal()
        dossier.action_request_supplement(dossier.component_ids[:1].ids, "Sign it")
        return self._as(dossier, self.citizen_user)

    def test_a_citizen_answers_nothing_for_officers(self):
        dossier = self._asked()
        paper = dossier.sudo().component_ids[0]
        for values in (
            {"form_values": {"verdict": "granted"}},
            {"form_values": {"purpose": "x", "verdict": "granted"}},
            {"components": {paper.id: {"originals": 5}}},
            {"components": {paper.id: {"note": "checked"}}},
            {"handed_in": paper.ids},
            {"reason": "I say so"},
            {"status": "9"},
        ):
            with self.subTest(values):
                self.assertRefused(UserError, dossier.action_supplement, values)
        self.assertEqual(dossier.sudo().status, "5")

    def test_nobody_signs_up_unasked(self):
        scope = self.env["ir.config_parameter"].sudo()
        self.assertEqual(scope.get_param("auth_signup.invitation_scope"), "b2b")
        self.assertEqual(self.url_open("/web/signup").status_code, 404)
