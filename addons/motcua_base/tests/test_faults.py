"""Faults of the machine and of those who configure: a full disk, a clock set back, a
database out of reach, forms and documents that would never come to an end.
"""

import errno
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import psycopg2
from freezegun import freeze_time
from psycopg2.pool import PoolError
from werkzeug.exceptions import ServiceUnavailable

from odoo.exceptions import UserError
from odoo.http import RegistryError
from odoo.tests import BaseCase, tagged

from ..controllers import unavailable
from ..models import ir_attachment_store
from ..tools import form, merge
from .common import MotcuaCase
from .sample_files import PDF

YESTERDAY = "2026-03-01 01:00:00"


class FullDisk:
    """``open`` on a disk that takes the first half of what is written."""

    def __init__(self, error):
        self.error = error

    def __call__(self, path, mode):
        self.file = open(path, mode)
        return self

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.file.close()

    def write(self, content):  # pylint: disable=method-required-super
        self.file.write(content[: len(content) // 2])
        self.file.flush()
        raise OSError(self.error, "No space left on device")


@tagged("post_install", "-at_install")
class TestFullDisk(MotcuaCase):
    def _attach(self, content):
        return self.env["ir.attachment"].create({"name": "scan.pdf", "raw": content})

    def _half(self, content):
        """Keep a file while the disk is full; returns what is on the disk of it."""
        Attachment = self.env["ir.attachment"]
        path = Path(Attachment._full_path(self._name_of(content)))
        before = set(path.parent.glob("*"))
        for error in (errno.ENOSPC, errno.EDQUOT):
            with (
                patch.object(ir_attachment_store, "open", FullDisk(error), create=True),
                self.assertRaisesRegex(UserError, "disk for files is full"),
                self.env.cr.savepoint(),
            ):
                self._attach(content)
        return set(path.parent.glob("*")) - before

    def _name_of(self, content):
        checksum = self.env["ir.attachment"]._compute_checksum(content)
        return f"{checksum[:2]}/{checksum}"

    def test_nothing_is_kept_by_half_and_the_same_file_is_taken_afterwards(self):
        content = PDF + b"% a full disk"
        self.patch(type(self.env["ir.attachment"]), "_storage", lambda self: "file")
        self.assertFalse(self._half(content))
        file = self._attach(content)
        self.assertEqual(file.raw, content)
        self.assertEqual(file.store_fname, self._name_of(content))

    def test_the_sentence_in_vietnamese(self):
        attachments = self.env["ir.attachment"].with_context(lang="vi_VN")
        with (
            patch.object(
                ir_attachment_store, "open", FullDisk(errno.ENOSPC), create=True
            ),
            self.assertRaisesRegex(UserError, "Ổ đĩa lưu tệp của máy chủ đã đầy"),
        ):
            attachments._file_write(b"% another full disk", "00" * 20)


@tagged("post_install", "-at_install")
class TestClockSetBack(MotcuaCase):
    """The server's clock jumps back by a day; what comes later is never earlier."""

    def _moments(self, dossier):
        return dossier.event_ids.sorted("sequence").mapped("date")

    def test_what_comes_later_is_never_earlier(self):
        dossier = self._at_signature()
        received = dossier.date_received
        with freeze_time(YESTERDAY):
            dossier.with_user(self.approver).action_complete(number="1/GP")
            self.assertGreaterEqual(dossier.date_done, received)
            dossier.with_user(self.receiver).action_return("counter")
            self.assertGreaterEqual(dossier.date_returned, dossier.date_done)
        moments = self._moments(dossier)
        self.assertEqual(moments, sorted(moments))
        for task in dossier.sudo().task_ids:
            self.assertGreaterEqual(task.date_received, received)
            self.assertGreaterEqual(task.date_done, task.date_received)

    def test_late_stays_late(self):
        dossier = self._at_appraisal()
        with freeze_time("2026-03-20 01:00:00"):
            dossier.with_user(self.handler).action_forward(note="Checked")
        with freeze_time(YESTERDAY):
            dossier.with_user(self.approver).action_complete(number="1/GP")
        self.assertEqual(dossier.verdict, "overdue")

    def test_a_pause_ends_all_the_same(self):
        dossier = self._at_appraisal().with_user(self.approver)
        dossier.action_stop("Court order")
        due = dossier.date_due
        with freeze_time(YESTERDAY):
            self.assertTrue(dossier.pause_text)
            dossier.action_resume()
        pause = dossier.sudo().pause_ids
        self.assertEqual(pause.date_to, pause.date_from)
        self.assertEqual(dossier.status, "4")
        self.assertEqual(dossier.date_due, due)

    def test_a_pause_begins_and_is_withdrawn_all_the_same(self):
        dossier = self._at_appraisal().with_user(self.approver)
        with freeze_time(YESTERDAY):
            dossier.action_stop("Court order")
            dossier.with_user(self.receiver).action_withdraw("Changed my mind")
        self.assertEqual(dossier.status, "7")
        self.assertGreaterEqual(dossier.date_done, dossier.date_received)
        moments = self._moments(dossier)
        self.assertEqual(moments, sorted(moments))


class TestOutOfReach(BaseCase):
    """What Odoo answers while PostgreSQL is away, or has no connection to spare."""

    request = SimpleNamespace(
        httprequest=SimpleNamespace(headers={"User-Agent": "Mozilla/5.0"})
    )

    def _answer(self, error, cause=None):
        def serve(request):
            raise error from cause

        with self.assertRaises(ServiceUnavailable) as refused:
            unavailable.serve_politely(serve)(self.request)
        response = refused.exception.error_response
        self.assertEqual(response.status_code, 503)
        self.assertEqual(response.headers["Retry-After"], "5")
        self.assertIn("Hệ thống đang khởi động lại", response.get_data(as_text=True))
        return response.headers

    def test_a_database_out_of_reach_logs_nobody_out(self):
        lost = psycopg2.OperationalError("connection refused")
        with self.assertLogs(unavailable._logger, "WARNING"):
            headers = self._answer(RegistryError("no registry"), lost)
        self.assertEqual(headers[unavailable.NOT_BEGUN], "1")

    def test_what_was_cut_may_have_been_done(self):
        for error in (
            psycopg2.OperationalError("server closed the connection"),
            psycopg2.DatabaseError("server closed the connection"),
            psycopg2.InterfaceError("connection already closed"),
            PoolError("The Connection Pool Is Full"),
        ):
            with (
                self.subTest(error=repr(error)),
                self.assertLogs(unavailable._logger, "WARNING"),
            ):
                self.assertNotIn(unavailable.NOT_BEGUN, self._answer(error))

    def test_other_errors_stay_what_they_are(self):
        for error in (UserError("no"), RegistryError("no such database"), KeyError(1)):

            def serve(request, error=error):
                raise error

            with self.assertRaises(type(error)):
                unavailable.serve_politely(serve)(self.request)

    def test_who_finds_no_room_is_told_to_come_back(self):
        places = unavailable.Places(3)
        self.patch(unavailable, "PATIENCE", 0)

        def second(request):
            return places.serve(self.request, lambda request: "served")

        with self.assertRaises(ServiceUnavailable) as refused:
            places.serve(self.request, second)
        headers = refused.exception.error_response.headers
        self.assertEqual(headers[unavailable.NOT_BEGUN], "1")
        self.assertEqual(second(self.request), "served", "there is room again")

    def test_what_a_pdf_is_made_of_needs_no_room_of_its_own(self):
        places = unavailable.Places(3)
        self.patch(unavailable, "PATIENCE", 0)
        program = SimpleNamespace(
            httprequest=SimpleNamespace(headers={"User-Agent": "x wkhtmltopdf x"})
        )
        served = places.serve(
            self.request, lambda request: places.serve(program, lambda r: "page")
        )
        self.assertEqual(served, "page")


def chained(count, **link):
    """Fields of which each hangs on the one before, as ``link(name)`` says."""
    fields = [{"name": "f0", "label": "F0", "type": "integer"}]
    for number in range(1, count):
        name, before = f"f{number}", f"f{number - 1}"
        given = {key: make(before) for key, make in link.items()}
        kind = "computed" if "formula" in link else "integer"
        fields.append({"name": name, "label": name, "type": kind, **given})
    return fields


CHAINS = {
    "formulas": {"formula": lambda before: f"{before} + 1"},
    "conditions": {
        "visible_if": lambda before: {"all": [{"field": before, "op": "filled"}]}
    },
}


class TestWithoutEnd(BaseCase):
    def test_a_chain_of_200_fields_is_named_before_publishing(self):
        for name, link in CHAINS.items():
            with self.subTest(chain=name):
                problems = form.check_fields(chained(200, **link))
                self.assertEqual({problem.code for problem in problems}, {"chain"})
                self.assertIn("f199", {problem.field for problem in problems})

    def test_a_chain_that_is_allowed_can_be_answered(self):
        for name, link in CHAINS.items():
            with self.subTest(chain=name):
                fields = chained(21, **link)
                self.assertFalse(form.check_fields(fields))
                values = {f"f{number}": 1 for number in range(21)}
                self.assertFalse(form.validate(fields, values))
                self.assertIn("f20", form.visible(fields, values))

    def test_a_circle_is_still_a_circle(self):
        fields = chained(3, **CHAINS["conditions"])
        fields[0]["visible_if"] = {"all": [{"field": "f2", "op": "filled"}]}
        codes = {problem.code for problem in form.check_fields(fields)}
        self.assertEqual(codes, {"circular"})

    SECTION = {
        "name": "land",
        "label": "Land",
        "type": "repeat",
        "columns": [{"name": "plot", "label": "Plot", "type": "char"}],
    }
    NESTED = (
        '<div data-merge-rows="land"><div data-merge-rows="land">'
        '<p data-merge-rows="land"><span data-merge="row.plot">plot</span></p>'
        "</div></div>"
    )

    def test_rows_inside_rows_are_named_before_publishing(self):
        problems = merge.problems(self.NESTED, set(), [self.SECTION])
        self.assertEqual(
            [(problem.field, problem.code) for problem in problems],
            [("land", "merge_nested")],
        )
        once = '<p data-merge-rows="land"><span data-merge="row.plot">x</span></p>'
        self.assertFalse(merge.problems(once * 2, set(), [self.SECTION]))

    def test_rows_inside_rows_are_printed_once(self):
        """Also those of a template that was published before that was asked."""
        rows = {"land": [{"row.plot": str(number)} for number in range(200)]}
        printed = merge.render(self.NESTED, {}, rows, [self.SECTION], {})
        self.assertEqual(printed.count('class="merged"'), 200)
