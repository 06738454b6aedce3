"""Every verb where it is possible, and what it is called with.

``case_<verb>`` gives a dossier on which the verb is next, and real arguments by name,
so that whoever may call it succeeds and whoever may not is refused for no other reason.
A new verb gets its case here and its line in ``access_matrix.py``.
"""

from odoo.fields import Command

from .common_access import AccessCase
from .sample_files import PDF

OPINION = "Đủ điều kiện"
FEES = [{"name": "Copies", "amount": 2000}]


class VerbCases(AccessCase):
    """Two roles more than ``AccessCase`` has, and a procedure with a document."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roles |= {"cons": cls.justice, "far": cls.stranger}
        cls.documented = cls._make_procedure()
        version = cls._make_version(
            cls.documented,
            template_ids=[
                Command.create({"name": "x", "body": "<p>x</p>", "result": "granted"})
            ],
        )
        version.action_publish()
        cls.template = version.template_ids
        cls._make_offering(cls.commune, cls.documented)
        cls.two_ways = cls._make_two_ways()

    def case_submit(self):
        return self._draft(form_values={"purpose": "x"}), {}

    def case_receive(self):
        return self._draft(form_values={"purpose": "x"}), {}

    def case_reject(self):
        return self._draft(form_values={"purpose": "x"}), {"reason": "Not ours"}

    def case_request_completion(self):
        dossier = self._draft(form_values={"purpose": "x"})
        return dossier, {
            "component_ids": dossier.component_ids[:1].ids,
            "reason": "The form is not signed",
            "guidance": "Sign it",
        }

    def case_assign(self):
        return self._at_appraisal(), {"user_id": self.handler.id}

    def case_hand_over(self):
        self.procedure.non_territorial = True
        return self._received(agency_id=self.other_commune.id), {}

    def case_forward(self):
        dossier = self._at_appraisal()
        way = dossier._open_ways()[:1]
        return dossier, {
            "transition_id": way.id,
            "assignee_id": self.approver.id,
            "note": OPINION,
        }

    def case_consult(self):
        return self._at_appraisal(), {
            "agency_ids": self.bureau.ids,
            "due": "2026-03-05",
            "question": "Is it true?",
        }

    def case_answer(self):
        dossier, question = self.case_consult()
        dossier.action_consult(**question)
        return dossier, {"text": "Yes"}

    def case_request_supplement(self):
        dossier = self._at_appraisal()
        return dossier, {
            "component_ids": dossier.component_ids[:1].ids,
            "reason": "Sign the form",
            "days": 5,
        }

    def case_supplement(self):
        dossier, request = self.case_request_supplement()
        dossier.action_request_supplement(**{**request, "component_ids": []})
        return dossier, {"values": {"note": "Signed"}}

    def case_mark_wrong(self):
        dossier = self._at_appraisal()
        file = dossier.env["ir.attachment"].create({"name": "a.pdf", "raw": PDF})
        dossier.sudo().component_ids[0].attachment_ids = file
        return dossier, {"file_id": file.id, "reason": "Illegible"}

    def case_request_payment(self):
        return self._at_appraisal(), {"lines": FEES}

    def case_confirm_payment(self):
        dossier, request = self.case_request_payment()
        dossier.action_request_payment(**request)
        return dossier, {"method": "cash", "reference": "12"}

    def case_change_fees(self):
        dossier, values = self.case_request_payment()
        return dossier, {"changes": values["lines"], "reason": "Forgotten"}

    def case_cancel_receipt(self):
        dossier, request = self.case_request_payment()
        self.env["motcua.dossier.fee"].create(
            [dict(line, dossier_id=dossier.id) for line in request["lines"]]
        )
        dossier.with_user(self.receiver).action_confirm_payment()
        receipt = dossier.sudo().fee_receipt_ids[0]
        return dossier, {"receipt_id": receipt.id, "reason": "Wrong name"}

    def case_extend(self):
        values = {"new_due": "2026-03-20", "reason": "Illness"}
        return self._at_appraisal(), values

    def case_stop(self):
        return self._at_appraisal(), {"reason": "Waiting for a court"}

    def case_resume(self):
        dossier, stop = self.case_stop()
        dossier.with_user(self.approver).action_stop(**stop)
        return dossier, {}

    def case_withdraw(self):
        return self._at_appraisal(), {"reason": "No longer needed"}

    def case_refuse(self):
        return self._at_signature(), {"reason": "Not entitled"}

    def case_close(self):
        dossier, request = self.case_request_supplement()
        dossier.action_request_supplement(**request)
        dossier.sudo().pause_ids.deadline = "2026-03-01"
        return dossier, {"reason": "No answer"}

    def case_complete(self):
        return self._at_signature(), {
            "number": "1/QĐ",
            "date": "2026-03-02",
            "note": OPINION,
        }

    def case_return(self):
        values = {"channel": "counter", "receiver": "Nguyễn Thị Hoa"}
        return self._ready(), values

    def case_change_case(self):
        dossier = self._at_appraisal(procedure_id=self.two_ways.procedure_id.id)
        case = self.two_ways.case_ids
        return dossier, {"case_id": case.id, "reason": "To be verified"}

    def case_change_version(self):
        return self._at_appraisal(), {"version_id": self._next_version().id}

    def case_draft_document(self):
        dossier = self._at_signature(procedure_id=self.documented.id)
        return dossier, {"template_id": self.template.id}

    def case_issue_document(self):
        return self.case_draft_document()

    def case_revoke_document(self):
        dossier, issue = self.case_issue_document()
        document = dossier.action_issue_document(**issue)
        return dossier, {"document_id": document, "reason": "A wrong name"}
