import json
from uuid import uuid4

from odoo.fields import Command

from .common_access import AccessCase

ADULT = json.dumps({"all": [{"field": "born", "op": "<", "value": "2008-01-01"}]})
BODY = (
    "<h1>QUYẾT ĐỊNH</h1>"
    '<p>Cấp cho <span data-merge="applicant.name">x</span>, sinh '
    '<span data-merge="form.born:words">x</span>, để '
    '<span data-merge="form.purpose">x</span>.</p>'
    f"<p data-merge-if='{ADULT}'>Đã đủ tuổi thành niên.</p>"
    '<p>Số <span data-merge="document.number">x</span>, '
    '<span data-merge="document.date:words">x</span>, '
    '<span data-merge="signer.name">x</span>.</p>'
)
REFUSAL = '<p>Vì <span data-merge="dossier.refusal_reason">x</span></p>'


class DocumentCase(AccessCase):
    """The procedure gets three documents: one grants, one refuses, one is a notice on
    the way, which the handler signs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.commune.write(
            {"name": "Ủy ban nhân dân xã Khe Sanh", "place_name": "Khe Sanh"}
        )
        cls.approver.motcua_membership_ids.title = "Chủ tịch"
        cls.procedure = cls._make_procedure()
        cls.version = cls._make_version(
            cls.procedure,
            template_ids=[
                Command.create(
                    {
                        "name": "Quyết định cấp",
                        "body": BODY,
                        "result": "granted",
                        "authority": "TM. Ủy ban nhân dân",
                    }
                ),
                Command.create(
                    {
                        "name": "Thông báo từ chối",
                        "kind": "notice",
                        "body": REFUSAL,
                        "number_pattern": "{number}/TB-UBND",
                        "result": "refused",
                    }
                ),
                Command.create(
                    {
                        "name": "Thông báo thẩm định",
                        "kind": "notice",
                        "body": "<p>Đang thẩm định.</p>",
                        "number_pattern": "{number}/TB-UBND",
                        "stage_ids": [
                            Command.link(cls.env.ref("motcua_base.stage_appraisal").id)
                        ],
                        "paper": "A5",
                    }
                ),
            ],
        )
        cls.version.action_publish()
        for agency in (cls.commune, cls.far_commune):
            cls._make_offering(agency, cls.procedure)
        cls.decision, cls.refusal, cls.notice = cls.version.template_ids

    def setUp(self):
        super().setUp()
        # Numbers outlive tests: each gets a register of its own.
        self.commune.identifier = f"{self.root_identifier}.{uuid4().int % 10**6}"

    def _values(self, **values):
        answers = {"purpose": "vay vốn", "born": "1990-03-05"}
        return super()._values(**{"form_values": answers, **values})

    def _issue(self, dossier, template, **values):
        document_id = dossier.action_issue_document(template.id, **values)
        return (
            self.env["motcua.document"].with_user(dossier.env.user).browse(document_id)
        )
