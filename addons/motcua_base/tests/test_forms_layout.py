import io

from freezegun import freeze_time
from pypdf import PdfReader

from odoo.fields import Command
from odoo.tests import tagged

from .test_forms import FormsCase

LONG_NAME = "Công Tằng Tôn Nữ Hoàng Phương Khánh Linh"
LONG_SUBJECT = (
    "Thủ tục chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan, tổ chức có "
    "thẩm quyền của Việt Nam; cơ quan, tổ chức có thẩm quyền của nước ngoài; cơ quan, "
    "tổ chức có thẩm quyền của Việt Nam liên kết với cơ quan, tổ chức có thẩm quyền "
    "của nước ngoài cấp hoặc chứng nhận"
)
LONG_ADDRESS = (
    "Số nhà 123/45/67B, đường Nguyễn Thị Minh Khai nối dài, Tổ dân phố số 12, khu phố "
    "Bình Minh, xã Khe Sanh, tỉnh Quảng Trị"
)
LONG_PAPER = (
    "Bản chính giấy tờ, văn bản làm cơ sở để chứng thực bản sao và bản sao cần chứng "
    "thực, kèm bản dịch có chứng thực nếu là giấy tờ bằng tiếng nước ngoài, số "
)
# What a signature stands under, however long the paper is.
SIGNS = {
    "receipt": "NGƯỜI TIẾP NHẬN HỒ SƠ",
    "group_receipt": "NGƯỜI TIẾP NHẬN HỒ SƠ",
    "supplement": "NGƯỜI HƯỚNG DẪN",
    "rejection": "ghi rõ họ tên",
    "apology": "Ký, ghi rõ họ tên và đóng dấu",
    "stop": "Ký, ghi rõ họ tên và đóng dấu",
    "fee_receipt": "NGƯỜI THU TIỀN",
    "handover": "NGƯỜI TRẢ KẾT QUẢ",
}
# What stands above the signatures, on the same page.
BEFORE_SIGNS = {
    "receipt": "6. Đăng ký nhận kết quả",
    "group_receipt": "Thời gian nhận hồ sơ",
    "supplement": "Thời hạn bổ sung",
    "rejection": "Xin thông báo",
    "apology": "Sự chậm trễ này",
    "stop": "Xin thông báo",
    "fee_receipt": "Bằng chữ",
    "handover": "Thời gian trả kết quả",
}


@tagged("post_install", "-at_install")
class TestFormsLayout(FormsCase):
    """Every form with the shortest and with the longest data that occur, and with every
    length between that may push the signatures over the edge of a page: nobody signs a
    page on which nothing stands."""

    def _pages(self, kind, dossiers):
        report = self.env["ir.actions.report"].with_user(self.receiver)
        content, _type = report.with_context(
            force_report_rendering=True
        )._render_qweb_pdf(f"motcua_base.report_{kind}", dossiers.ids)
        pages = PdfReader(io.BytesIO(content)).pages
        return [" ".join(page.extract_text().split()) for page in pages]

    def _assert_signed_with_text(self, kind, dossiers):
        pages = self._pages(kind, dossiers)
        signed = [text for text in pages if SIGNS[kind] in text]
        self.assertTrue(signed)
        for text in signed:
            self.assertIn(BEFORE_SIGNS[kind], text)
        return pages

    def _long(self, papers=12):
        dossier = self._draft(
            subject=LONG_SUBJECT,
            applicant_name=LONG_NAME,
            applicant_address=LONG_ADDRESS,
            applicant_email="cong.tang.ton.nu.hoang.phuong@quangtri.example",
            submitter_name=LONG_NAME,
            submitter_id_number="045085001122",
            submitter_phone="0912345678",
            pages=18,
            copies=120,
        )
        dossier.component_ids = [
            Command.create({"name": f"{LONG_PAPER}{number}", "copies": 2})
            for number in range(papers)
        ]
        return dossier

    def _each(self, make):
        """The outcome of ``make`` for a short and for a long dossier, each with a
        reason that fits."""
        yield make(self._draft(), "Không đủ điều kiện")
        yield make(self._long(), " ".join([LONG_SUBJECT] * 5))

    # -- each form in the state that it speaks of ------------------------

    def _signing(self, dossier):
        dossier.action_receive()
        dossier.action_forward(assignee_id=self.handler.id)
        dossier.with_user(self.handler).action_forward(assignee_id=self.approver.id)
        return dossier.with_user(self.approver)

    def test_receipt(self):
        short, long = self._each(lambda dossier, _why: self._receive(dossier))
        self.assertEqual(len(self._assert_signed_with_text("receipt", short)), 2)
        pages = self._assert_signed_with_text("receipt", long)
        for number in range(12):
            self.assertIn(f"nước ngoài, số {number}", " ".join(pages))

    def _receive(self, dossier):
        dossier.action_receive()
        return dossier

    def test_receipt_of_any_length(self):
        """One paper more each time: the signatures never stand alone."""
        dossiers = self.env["motcua.dossier"]
        for papers in range(12):
            dossier = self._draft(subject=LONG_SUBJECT)
            dossier.component_ids = [
                Command.create({"name": f"Bản vẽ {number}", "copies": 1})
                for number in range(papers)
            ]
            dossiers |= self._receive(dossier)
        pages = self._assert_signed_with_text("receipt", dossiers)
        # The shortest fit on a page, the longest do not: an edge lies between.
        self.assertGreater(len(pages), 2 * len(dossiers))

    def test_group_receipt(self):
        short = self._received() | self._received()
        self.assertEqual(len(self._assert_signed_with_text("group_receipt", short)), 2)
        long = short.browse()
        for papers in range(5):
            long |= self._receive(self._long(papers))
        pages = " ".join(self._assert_signed_with_text("group_receipt", long))
        self.assertIn("nước ngoài, số 3: 2 bản photo", pages)

    def test_supplement(self):
        def ask(dossier, why):
            dossier.action_receive()
            dossier.action_request_supplement(dossier.component_ids.ids, why, 10)
            return dossier

        for dossier in self._each(ask):
            self._assert_signed_with_text("supplement", dossier)

    def test_rejection(self):
        def reject(dossier, why):
            dossier.action_reject(why)
            return dossier

        def refuse(dossier, why):
            self._signing(dossier).action_refuse(why)
            return dossier

        for make in (reject, refuse):
            for dossier in self._each(make):
                self._assert_signed_with_text("rejection", dossier)

    def test_apology(self):
        def extend(dossier, why):
            self._signing(dossier).action_extend("2026-03-20", why)
            return dossier

        for dossier in self._each(extend):
            self._assert_signed_with_text("apology", dossier)

    def test_stop(self):
        def withdraw(dossier, why):
            dossier.action_receive()
            dossier.action_withdraw(why)
            return dossier

        for dossier in self._each(withdraw):
            self._assert_signed_with_text("stop", dossier)

    def test_fee_receipt(self):
        def pay(dossier, why):
            dossier.action_receive()
            dossier.sudo().fee_ids = [
                Command.create({"kind": "fee", "name": why[:300], "amount": 1250000})
            ]
            dossier.action_confirm_payment("transfer", "FT123")
            return dossier

        for dossier in self._each(pay):
            self._assert_signed_with_text("fee_receipt", dossier)

    def test_handover(self):
        def complete(dossier, _why):
            self._signing(dossier).action_complete(number="12/QĐ-UBND")
            with freeze_time("2026-03-03 02:00:00"):
                dossier.action_return("counter", dossier.applicant_name)
            return dossier

        for dossier in self._each(complete):
            self._assert_signed_with_text("handover", dossier)

    def test_control_sheet_has_no_empty_page(self):
        for dossier in self._each(lambda dossier, _why: self._receive(dossier)):
            for page in self._pages("control", dossier):
                self.assertGreater(len(page), 40)
