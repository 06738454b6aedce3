import io
import subprocess
import tempfile
from pathlib import Path

import zxingcpp
from freezegun import freeze_time
from PIL import Image
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import MONDAY, MotcuaCase

A5 = (148, 210)
A4_LANDSCAPE = (297, 210)
MM = 72 / 25.4


class FormsCase(MotcuaCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.commune.write(
            {
                "name": "Ủy ban nhân dân xã Khe Sanh",
                "place_name": "Khe Sanh",
                "hotline": "0233 123 456",
                "tax_code": "3200123456",
                "fee_receipt_template": "01BLP2-001",
                "fee_receipt_symbol": "PH-{yy}E",
                "charge_receipt_template": "01BLP2-002",
                "charge_receipt_symbol": "LP-{yy}E",
            }
        )
        cls.desk.name = "Trung tâm Phục vụ hành chính công xã Khe Sanh"
        cls.new_rules = cls.env.ref("motcua_base.ruleset_118_2025")
        cls.old_rules = cls.env.ref("motcua_base.ruleset_61_2018")

    def _html(self, kind, dossiers, user=None):
        report = self.env["ir.actions.report"].with_user(user or self.receiver)
        html, _kind = report._render_qweb_html(
            f"motcua_base.report_{kind}", dossiers.ids
        )
        return " ".join(html.decode().split())

    def _assert_prints(self, kind, dossier, *texts):
        html = self._html(kind, dossier)
        for text in texts:
            self.assertIn(text, html)
        return html

    def _assert_refused(self, kind, dossier, message):
        with self.assertRaisesRegex(UserError, message):
            self._html(kind, dossier)

    def _assert_number_of_both_rules(self, kind, dossier):
        """Number, title and symbol come from the rule set of the dossier."""
        for rules in self.new_rules, self.old_rules:
            dossier.sudo().ruleset_id = rules
            form = rules._get_form(kind)
            _book, entry = dossier._register_place()
            texts = [f"Mẫu số {form.number}", form.name]
            if kind in ("receipt", "control"):
                texts.append(f"{entry}/{form.symbol}")
            self._assert_prints(kind, dossier, *texts)

    def _extended(self):
        dossier = self._at_signature()
        dossier.action_extend("2026-03-20", "Mưa lũ kéo dài")
        return dossier

    def _with_supplement(self):
        dossier = self._at_appraisal()
        dossier.action_request_supplement(
            dossier.component_ids[1].ids, "Bản sao bị mờ", 10
        )
        return dossier

    def _paid(self):
        dossier = self._received()
        dossier.sudo().fee_ids = [
            Command.create({"kind": "fee", "name": "Phí thẩm định", "amount": 1250000}),
            Command.create({"kind": "charge", "name": "Lệ phí cấp", "amount": 75000}),
            Command.create({"kind": "charge", "name": "Bản sao", "amount": 8000}),
        ]
        dossier.action_confirm_payment("transfer", "FT123")
        return dossier


@tagged("post_install", "-at_install")
class TestForms(FormsCase):
    """What the papers say, and when they are refused."""

    def test_receipt(self):
        dossier = self._received()
        # Numbers are never handed out twice, not even to tests that are rolled back.
        book, number = dossier._register_place()
        self.assertEqual(book, "2026")
        html = self._assert_prints(
            "receipt",
            dossier,
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "ỦY BAN NHÂN DÂN XÃ KHE SANH",
            "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ KHE SANH",
            "Khe Sanh, ngày 02 tháng 3 năm 2026",
            f"Quyển số: 2026, Số thứ tự: {number}",
            dossier.code,
            "Nguyễn Thị Hoa</b> (Trực tiếp)",
            "Thôn 1",
            "045190001234",
            "0912345678",
            "Declaration",
            "Proof",
            "01 bộ",
            "05 ngày làm việc",
            "08 giờ 00 phút, ngày 02 tháng 3 năm 2026",
            "17 giờ 00 phút, ngày 09 tháng 3 năm 2026",
            "NGƯỜI NỘP HỒ SƠ",
            self.receiver.name,
            "0233 123 456",
        )
        # Not handed in, so not on the receipt.
        self.assertNotIn("Identity card", html)
        self.assertNotIn("/report/barcode", html)
        self._assert_number_of_both_rules("receipt", dossier)

    def test_receipt_of_who_files_for_another(self):
        dossier = self._received(
            submitter_name="Lê Văn Bình", submitter_id_number="045085001122"
        )
        self._assert_prints(
            "receipt", dossier, "Lê Văn Bình", "045085001122", "Chủ hồ sơ"
        )

    def test_receipt_of_certified_copies(self):
        dossier = self._received(pages=3, copies=5)
        self._assert_prints("receipt", dossier, "(5 bản, mỗi bản 3 trang)")

    def test_online_receipt_is_not_signed_by_the_citizen(self):
        dossier = self._draft(
            channel="online", return_channel="post", form_values={"purpose": "Vay vốn"}
        )
        for paper in dossier.sudo().component_ids:
            paper.originals = 1 if paper.name == "Proof" else 0
        dossier.action_submit()
        dossier.action_receive()
        html = self._assert_prints(
            "receipt",
            dossier,
            "(Trực tuyến)",
            "Declaration (bản điện tử)",
            "Qua dịch vụ bưu chính công ích",
        )
        # One file, which nobody divides.
        self.assertNotIn("Liên 1", html)
        self.assertNotIn("NGƯỜI NỘP HỒ SƠ", html)

    def test_receipt_keeps_the_first_promise(self):
        dossier = self._extended()
        self._assert_prints("receipt", dossier, "ngày 09 tháng 3 năm 2026")

    def test_names_are_escaped(self):
        dossier = self._received(subject="<script>alert(1)</script>")
        self._assert_prints("receipt", dossier, "&lt;script&gt;")

    def test_supplement(self):
        dossier = self._with_supplement()
        html = self._assert_prints(
            "supplement",
            dossier,
            "Proof",
            "Bản sao bị mờ",
            "đến hết ngày 12 tháng 3 năm 2026",
            "NGƯỜI HƯỚNG DẪN",
            self.handler.name,
        )
        self.assertNotIn("Declaration", html)
        self._assert_number_of_both_rules("supplement", dossier)

    def test_rejection_at_intake(self):
        dossier = self._draft()
        dossier.action_reject("Không thuộc thẩm quyền")
        html = self._assert_prints(
            "rejection",
            dossier,
            "không tiếp nhận, giải quyết hồ sơ này",
            "Không thuộc thẩm quyền",
            "ngày 02 tháng 3 năm 2026",
        )
        # No code, hence no marks to scan.
        self.assertNotIn("<img", html)
        self._assert_number_of_both_rules("rejection", dossier)

    def test_rejection_as_result(self):
        dossier = self._at_signature()
        dossier.action_refuse("Không đủ điều kiện")
        html = self._assert_prints(
            "rejection",
            dossier,
            "Không đủ điều kiện",
            self.approver.name,
            dossier.code,
            "Ủy ban nhân dân xã Khe Sanh thông báo không giải quyết",
            "KT. THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",
        )
        self.assertNotIn("NGƯỜI TIẾP NHẬN HỒ SƠ", html)

    def test_apology(self):
        dossier = self._extended()
        self._assert_prints(
            "apology",
            dossier,
            "Ngày 02 tháng 3 năm 2026",
            "17 giờ 00 phút, ngày 09 tháng 3 năm 2026",
            "ngày 20 tháng 3 năm 2026",
            "Mưa lũ kéo dài",
            "KT. THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",
            self.approver.name,
        )
        self._assert_number_of_both_rules("apology", dossier)

    def test_stop(self):
        dossier = self._at_appraisal()
        dossier.with_user(self.approver).action_stop("Chờ kết quả của tòa án")
        html = self._assert_prints(
            "stop", dossier, "Mẫu số 05", "dừng giải quyết", "Chờ kết quả của tòa án"
        )
        # A handler stops, the head signs.
        self.assertNotIn(self.handler.name, html)

    def test_stop_on_request(self):
        dossier = self._received()
        dossier.action_withdraw("Đổi ý")
        self._assert_prints("stop", dossier, "theo đề nghị rút hồ sơ", "Đổi ý")

    def test_stop_is_unknown_to_the_old_rules(self):
        dossier = self._at_appraisal()
        dossier.with_user(self.approver).action_stop("Chờ kết quả của tòa án")
        dossier.sudo().ruleset_id = self.old_rules
        self._assert_refused("stop", dossier, "61/2018.*knows no form")

    def test_control(self):
        dossier = self._at_appraisal()
        dossier.action_consult(self.bureau.ids, "2026-03-05", "Có trùng tên không?")
        with freeze_time("2026-03-03 02:00:00"):
            dossier.with_user(self.justice).action_answer("Không trùng")
        with freeze_time("2026-03-04 02:00:00"):
            dossier.action_forward(assignee_id=self.approver.id, note="Đủ điều kiện")
        with freeze_time("2026-03-05 02:00:00"):
            dossier.with_user(self.approver).action_complete(number="1/GCN")
        with freeze_time("2026-03-06 02:00:00"):
            dossier.with_user(self.receiver).action_return("counter", "Lê Văn Bình")
        html = self._assert_prints(
            "control",
            dossier,
            "1. Giao: Trung tâm Phục vụ hành chính công xã Khe Sanh",
            "2. Nhận: Office A",
            "Lấy ý kiến: Có trùng tên không?",
            "Trả lời: Không trùng",
            "Đủ điều kiện",
            "Trước hạn",
            "09 giờ 00 phút, ngày 06 tháng 3 năm 2026",
            "Lê Văn Bình",
            "Cơ quan phối hợp giải quyết hồ sơ: "
            '<span class="value">Department of Justice',
        )
        self.assertLess(html.index("Trả lời:"), html.index("09 giờ 00 phút, ngày 04"))
        self.assertEqual(html.count("1. Giao:"), 6)
        self._assert_number_of_both_rules("control", dossier)

    def test_open_control_sheet_has_room(self):
        self._assert_prints("control", self._received(), "1. Giao: ………")

    def test_register(self):
        first, second = self._received(), self._ready()
        second.action_return("counter", "Lê Văn Bình")
        html = self._assert_prints(
            "register",
            second | first,
            "Quyển số: <b>2026</b>",
            first.code,
            second.code,
            "02/03/2026",
            "09/03/2026",
            "Lê Văn Bình",
            "Trang 1/1",
        )
        self.assertLess(html.index(first.code), html.index(second.code))
        self._assert_number_of_both_rules("register", first)

    def test_register_pages(self):
        dossiers = self.env["motcua.dossier"].with_user(self.receiver)
        dossiers = dossiers.create([self._values() for _number in range(30)])
        dossiers.action_receive()
        html = self._html("register", dossiers)
        pages = html.count("SỔ THEO DÕI") + html.count("Sổ theo dõi hồ sơ</h1>")
        self.assertGreater(pages, 1)
        self.assertIn(f"Trang {pages}/{pages}", html)
        for dossier in dossiers:
            self.assertEqual(html.count(dossier.code), 1)

    def test_register_is_a_book_an_agency(self):
        dossiers = self._received()
        other = dossiers.sudo().copy({"agency_id": self.other_commune.id})
        other.desk_id = self.other_desk
        other.action_receive()
        html = self._html("register", dossiers | other, user=self.inspector)
        self.assertEqual(html.count("Trang 1/1"), 2)

    def test_fee_receipt(self):
        html = self._assert_prints(
            "fee_receipt",
            self._paid(),
            "Biên lai thu phí",
            "Biên lai thu lệ phí",
            "1.250.000",
            "Một triệu hai trăm năm mươi nghìn đồng chẵn",
            "83.000",
            "Tám mươi ba nghìn đồng chẵn",
            "Chuyển khoản",
            "(FT123)",
            "3200123456",
            "01BLP2-001",
            "PH-26E",
            "01BLP2-002",
            "LP-26E",
            self.receiver.name,
        )
        for copy in ("Liên 1", "Liên 2", "Liên 3"):
            self.assertEqual(html.count(copy), 2)

    def test_each_payment_has_its_receipt(self):
        dossier = self._paid()
        dossier.sudo().fee_ids = [
            Command.create({"kind": "charge", "name": "Bổ sung", "amount": 5000})
        ]
        with freeze_time("2026-03-04 02:00:00"):
            dossier.action_confirm_payment("cash")
        receipts = dossier.fee_receipt_ids
        self.assertEqual(len(receipts), 3)
        charges = receipts.filtered(lambda receipt: receipt.kind == "charge")
        first, last = charges.sorted("id").mapped("name")
        self.assertEqual(int(last), int(first) + 1)
        self._assert_prints("fee_receipt", dossier, first, last, "Năm nghìn đồng chẵn")

    def test_a_receipt_is_reprinted_as_issued(self):
        """Whatever is corrected in the dossier later; a cancelled one is marked."""
        dossier = self._paid()
        before = self._html("fee_receipt", dossier)
        dossier.write({"applicant_name": "Tên khác", "subject": "Việc khác"})
        self.assertEqual(self._html("fee_receipt", dossier), before)
        charge = dossier.fee_receipt_ids.filtered(lambda r: r.kind == "charge")
        dossier.action_cancel_receipt(charge.id, "Ghi sai tên")
        dossier.action_confirm_payment("cash")
        html = self._assert_prints(
            "fee_receipt",
            dossier,
            "ĐÃ HỦY ngày 02 tháng 3 năm 2026: Ghi sai tên",
            "Tên khác",
        )
        self.assertEqual(html.count("ĐÃ HỦY"), 1)
        self.assertEqual(html.count("Liên 2"), 2)

    def test_handover(self):
        dossier = self._ready()
        self._assert_prints(
            "handover", dossier, "12/QĐ", "ngày 02 tháng 3 năm 2026", "…… giờ"
        )
        with freeze_time("2026-03-03 02:00:00"):
            dossier.action_return("counter", "Lê Văn Bình")
        self._assert_prints(
            "handover",
            dossier,
            "Lê Văn Bình",
            "09 giờ 00 phút, ngày 03 tháng 3 năm 2026",
            self.receiver.name,
        )

    def test_wrong_moment(self):
        draft, received = self._draft(), self._received()
        for kind, dossier, message in (
            ("receipt", draft, "not received yet"),
            ("control", draft, "not received yet"),
            ("register", draft, "not in the register"),
            ("supplement", received, "no supplement was asked for"),
            ("rejection", received, "was not refused"),
            ("apology", received, "no extension was decided"),
            ("stop", received, "was not stopped"),
            ("fee_receipt", received, "no fee was paid"),
            ("handover", received, "no result yet"),
        ):
            with self.subTest(kind):
                self._assert_refused(kind, dossier, message)

    def test_only_those_who_may_read(self):
        dossier = self._received()
        with self.assertRaises(AccessError):
            self._html("receipt", dossier, user=self.stranger)
        with self.assertRaises(AccessError):
            self._html("receipt", dossier, user=self.procedure_admin)

    def test_prints_are_noted(self):
        dossiers = self._received() | self._received()
        self._html("receipt", dossiers, user=self.handler)
        notes = self.env["motcua.access.log"].search(
            [("dossier_id", "in", dossiers.ids), ("action", "=", "print")]
        )
        self.assertEqual(len(notes), 2)
        self.assertEqual(notes.user_id, self.handler)
        self.assertEqual(set(notes.mapped("code")), set(dossiers.mapped("code")))
        self.assertEqual(set(notes.mapped("detail")), {"Receipt and appointment"})

    def test_papers_name_no_page_that_does_not_exist(self):
        dossier = self._received()
        self.assertFalse(dossier._lookup_url())
        for kind in ("receipt", "group_receipt"):
            html = self._html(kind, dossier)
            self.assertNotIn("tra-cuu", html)
            self.assertNotIn("Tra cứu", html)
        self._serve_lookup_page()
        for kind in ("receipt", "group_receipt"):
            self.assertIn("Tra cứu", self._html(kind, dossier))

    def test_receipt_says_which_copy_it_is(self):
        dossier = self._received()
        for kind in ("receipt", "group_receipt"):
            html = self._html(kind, dossier)
            for copy in ("Liên 1: Lưu kèm hồ sơ", "Liên 2: Giao người nộp hồ sơ"):
                self.assertEqual(html.count(copy), 1)

    def test_group_receipt_lists_papers(self):
        proof = self.version.component_ids.filtered(lambda one: one.name == "Proof")
        first, second = self._received(), self._draft()
        wanted = second.component_ids.filtered(lambda one: one.component_id == proof)
        wanted.copies = 3
        second.action_receive()
        html = self._assert_prints(
            "group_receipt", first | second, "Proof: 1 bản photo", "Proof: 3 bản photo"
        )
        # Not handed in, so not on the receipt.
        self.assertNotIn("Identity card", html)

    def test_group_receipt_counts_follow_no_full_stop(self):
        dossier = self._draft()
        dossier.component_ids = [Command.create({"name": "Plan.", "copies": 2})]
        dossier.action_receive()
        self._assert_prints("group_receipt", dossier, "Plan: 2 bản photo")

    def test_lookup_is_signed(self):
        self._serve_lookup_page()
        dossier, other = self._received(), self._received()
        url = dossier._lookup_url()
        self.assertIn(f"/tra-cuu?code={dossier.code}&t=", url)
        token = url.rsplit("=", 1)[1]
        self.assertTrue(dossier._verify_lookup(token))
        self.assertFalse(other._verify_lookup(token))
        for forged in ("", None, "ế", token[:-1]):
            self.assertFalse(dossier._verify_lookup(forged))
        self.assertFalse(self._draft()._verify_lookup(token))


@tagged("post_install", "-at_install")
class TestPrintedForms(FormsCase):
    """The papers as they come out of the printer: size, pages, marks that scan."""

    def _pdf(self, kind, dossiers):
        report = self.env["ir.actions.report"].with_user(self.receiver)
        content, file_type = report.with_context(
            force_report_rendering=True
        )._render_qweb_pdf(f"motcua_base.report_{kind}", dossiers.ids)
        self.assertEqual(file_type, "pdf")
        return content

    def _pages(self, content):
        return PdfReader(io.BytesIO(content)).pages

    def _texts(self, content):
        """The text of each page, all blanks alike."""
        return [" ".join(page.extract_text().split()) for page in self._pages(content)]

    def _scan(self, content):
        """What a scanner reads on the first page, printed at 200 dpi, as pairs of kind
        and text."""
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, "form.pdf")
            source.write_bytes(content)
            subprocess.run(
                ["pdftoppm", "-r", "200", "-png", "-singlefile", source, source.stem],
                cwd=folder,
                check=True,
            )
            with Image.open(Path(folder, "form.png")) as picture:
                marks = zxingcpp.read_barcodes(picture)
        return {(mark.format, mark.text) for mark in marks}

    def _assert_printed(self, kind, dossier, pages=1, size=A5):
        content = self._pdf(kind, dossier)
        printed = self._pages(content)
        self.assertEqual(len(printed), pages)
        for page in printed:
            self.assertAlmostEqual(float(page.mediabox.width), size[0] * MM, delta=1.5)
            self.assertAlmostEqual(float(page.mediabox.height), size[1] * MM, delta=1.5)
        return content

    def _assert_scans(self, content, dossier):
        self.assertEqual(
            self._scan(content),
            {
                (zxingcpp.BarcodeFormat.QRCode, dossier.code),
                (zxingcpp.BarcodeFormat.Code128, dossier.code),
            },
        )

    def test_receipt(self):
        dossier = self._received()
        content = self._assert_printed("receipt", dossier, pages=2)
        self._assert_scans(content, dossier)
        self.assertIn(
            "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", self._texts(content)[0]
        )

    def test_supplement(self):
        dossier = self._with_supplement()
        self._assert_scans(self._assert_printed("supplement", dossier), dossier)

    def test_rejection(self):
        dossier = self._draft()
        dossier.action_reject("Không thuộc thẩm quyền")
        content = self._assert_printed("rejection", dossier)
        self.assertFalse(self._scan(content))

    def test_apology(self):
        dossier = self._extended()
        self._assert_scans(self._assert_printed("apology", dossier), dossier)

    def test_stop(self):
        dossier = self._at_appraisal()
        dossier.with_user(self.approver).action_stop("Chờ kết quả của tòa án")
        self._assert_scans(self._assert_printed("stop", dossier), dossier)

    def test_control(self):
        dossier = self._at_appraisal()
        self._assert_scans(self._assert_printed("control", dossier), dossier)

    def test_fee_receipt(self):
        dossier = self._paid()
        content = self._assert_printed("fee_receipt", dossier, pages=6)
        self._assert_scans(content, dossier)

    def test_handover(self):
        dossier = self._ready()
        self._assert_scans(self._assert_printed("handover", dossier), dossier)

    def test_register(self):
        dossiers = self._received() | self._received()
        content = self._assert_printed("register", dossiers, size=A4_LANDSCAPE)
        text = self._texts(content)[0]
        for dossier in dossiers:
            # Long codes break behind a hyphen.
            self.assertIn(dossier.code[-4:], text)

    def test_register_pages_do_not_overflow(self):
        names = ["Nguyễn Phước Quý Ngọc Hoàng Anh " * 2, "Hoa", "Công ty TNHH " * 4]
        dossiers = self.env["motcua.dossier"].with_user(self.receiver)
        dossiers = dossiers.create(
            [
                self._values(
                    applicant_name=names[number % 3],
                    subject="Cấp giấy phép xây dựng mới " * (number % 7 + 1),
                )
                for number in range(40)
            ]
        )
        dossiers.action_receive()
        wanted = self._html("register", dossiers).count('class="page wide"')
        self._assert_printed("register", dossiers, pages=wanted, size=A4_LANDSCAPE)

    def test_batch(self):
        dossiers = self._received() | self._received() | self._received()
        content = self._assert_printed("receipt", dossiers, pages=6)
        texts = self._texts(content)
        for copy in (texts[::2], texts[1::2]):
            for text, dossier in zip(copy, dossiers, strict=True):
                self.assertIn(dossier.code, text)

    def test_many_papers_flow_to_the_next_page(self):
        dossier = self._draft()
        dossier.component_ids = [
            Command.create({"name": f"Bản vẽ số {number} của công trình", "copies": 2})
            for number in range(40)
        ]
        dossier.action_receive()
        content = self._pdf("receipt", dossier)
        pages = self._texts(content)
        self.assertGreater(len(pages), 1)
        for number in range(40):
            name = f"Bản vẽ số {number} của công trình"
            self.assertEqual(sum(name in text for text in pages), 2)  # two copies
        self.assertIn("NGƯỜI TIẾP NHẬN HỒ SƠ", pages[-1])
        self._assert_scans(content, dossier)


@tagged("post_install", "-at_install")
class TestPrintingRoutes(FormsCase, HttpCase):
    """Over HTTP a print writes the access log, although Odoo's route is read-only."""

    def test_html_is_noted(self):
        dossier = self._received()
        self.receiver.password = self.receiver.login
        self.authenticate(self.receiver.login, self.receiver.login)
        with freeze_time(MONDAY, tick=True):
            response = self.url_open(
                f"/report/html/motcua_base.report_receipt/{dossier.id}"
            )
        self.assertEqual(response.status_code, 200)
        self.assertIn(dossier.code, response.text)
        notes = self.env["motcua.access.log"].search(
            [("dossier_id", "=", dossier.id), ("action", "=", "print")]
        )
        self.assertEqual(notes.user_id, self.receiver)
