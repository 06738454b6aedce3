import base64

from odoo import api, models
from odoo.exceptions import UserError

from ..models.dossier_clock import to_local
from ..tools import barcode, text

# To be filled in by hand where the system knows nothing.
BLANK = "………"
BLANK_DAY = "ngày …… tháng …… năm ………"


class FormReport(models.AbstractModel):
    """What all printed forms share: who may print, heading, number, codes.

    A form is a model of its own, ``report.<report name>``, which says in ``_kind``
    which form of the rule set it is, and in ``_values`` what it prints of a dossier.
    Templates only lay out what they are given. The wording is that of the statutory
    forms: official Vietnamese, whatever the language of the user.
    """

    _name = "motcua.form.report"
    _description = "Printed form"

    _kind = None

    @api.model
    def _get_report_values(self, docids, data=None):
        dossiers = self.env["motcua.dossier"].browse(docids)
        if not dossiers:
            raise UserError(self.env._("Choose the dossiers to print."))
        dossiers.check_access("read")
        # Papers name officers, units and steps that the user may not open.
        return {"forms": self._forms(dossiers.sudo())}

    def _forms(self, dossiers):
        """List of the values of each form, in the order in which they are printed."""
        return [
            {**self._common_values(dossier), **self._values(dossier)}
            for dossier in dossiers
        ]

    def _values(self, dossier):
        """What the form says of ``dossier`` beyond ``_common_values``. Raises UserError
        where there is nothing to say yet."""
        raise NotImplementedError

    def _common_values(self, dossier):
        book, number = dossier._register_place()
        row = self._ruleset_form(dossier)
        return {
            "dossier": dossier,
            "desk": dossier.desk_id,
            "subject": dossier.subject,
            "form_number": row.number,
            "title": row.name,
            "paper_number": self._paper_number(dossier, row.symbol),
            "book": book,
            "entry": number,
            "person": self._person(dossier),
            "hotline": dossier.desk_id._nearest("hotline"),
            **self._codes(dossier),
        }

    def _paper_number(self, dossier, symbol):
        """The number of this paper: that of the dossier in its register, where the
        paper stays with the dossier."""
        number = dossier._register_place()[1]
        return f"{number or BLANK}/{symbol}" if symbol else number

    def _ruleset_form(self, dossier):
        """Number, title and symbol of this form under the rule set of ``dossier``."""
        Form = self.env["motcua.ruleset.form"]
        if not self._kind:
            return Form
        row = dossier.ruleset_id._get_form(self._kind)
        if not row:
            labels = dict(Form._fields["kind"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "Dossier %(dossier)s: %(rules)s knows no form “%(form)s”.",
                    dossier=dossier.display_name,
                    rules=dossier.ruleset_id.name,
                    form=labels[self._kind],
                )
            )
        return row

    def _too_early(self, dossier, reason):
        """The error of a form that makes no sense yet."""
        return UserError(
            self.env._(
                "Dossier %(dossier)s: this form cannot be printed, because %(reason)s.",
                dossier=dossier.display_name,
                reason=reason,
            )
        )

    def _check_received(self, dossier):
        if not dossier.code:
            raise self._too_early(
                dossier, self.env._("the dossier was not received yet")
            )

    # ------------------------------------------------------------------
    # Pieces that several forms are made of
    # ------------------------------------------------------------------

    def _desk_heading(self, dossier, moment):
        """Heading of a paper that the one-stop desk hands out."""
        desk = dossier.desk_id
        superior = desk.unit_id.name if desk.unit_id != desk else ""
        return self._heading(desk, superior, moment)

    def _agency_heading(self, dossier, moment):
        """Heading of a paper that the agency in charge signs."""
        agency = dossier.agency_id
        return self._heading(agency, agency.parent_id.unit_id.name, moment)

    def _heading(self, issuer, superior, moment):
        place = issuer._nearest("place_name") or BLANK
        return {
            "superior": (superior or "").upper(),
            "issuer": issuer.name.upper(),
            "place_and_date": f"{place}, {self._day(moment)}",
        }

    def _person(self, dossier):
        """Who stands at the counter: the applicant or who files for the applicant."""
        if dossier.submitter_name:
            return {
                "name": dossier.submitter_name,
                "address": dossier.submitter_id.motcua_address,
                "phone": dossier.submitter_phone,
                "email": dossier.submitter_id.email,
                "id_label": "Số căn cước/Hộ chiếu",
                "id_number": dossier.submitter_id_number,
            }
        return {
            "name": dossier.applicant_name,
            "address": dossier.applicant_address,
            "phone": dossier.applicant_phone,
            "email": dossier.applicant_email,
            "id_label": "Số căn cước/Hộ chiếu"
            if dossier.applicant_type == "1"
            else "Mã số thuế/Số định danh",
            "id_number": dossier.applicant_id_number,
        }

    def _papers(self, dossier):
        """What was handed in: rows with the name and the number of each kind."""
        rows = []
        for paper in dossier.component_ids:
            on_paper = paper.originals or paper.certified or paper.copies
            e_form = paper.kind == "form" and dossier.channel == "online"
            if not (paper._handed_in or e_form):
                continue
            rows.append(
                {
                    "name": paper.name if on_paper else f"{paper.name} (bản điện tử)",
                    "originals": paper.originals or "",
                    "certified": paper.certified or "",
                    "copies": paper.copies or "",
                }
            )
        return rows

    def _owner(self, dossier):
        """The owner of the dossier, for papers of the agency, with who files for the
        owner."""
        return {
            "name": dossier.applicant_name,
            "address": dossier.applicant_address,
            "phone": dossier.applicant_phone,
            "email": dossier.applicant_email,
            "proxy": dossier.submitter_name,
        }

    def _codes(self, dossier):
        """Pictures of the dossier's code, and of the address to look it up."""
        if not dossier.code:
            return {"code_qr": False}
        lookup = dossier._lookup_url()
        return {
            "code_qr": self._picture(barcode.qr_svg(dossier.code)),
            "code_bars": self._picture(barcode.code128_svg(dossier.code)),
            "lookup_qr": lookup and self._picture(barcode.qr_svg(lookup)),
        }

    def _last_event(self, dossier, kinds):
        events = dossier.event_ids.filtered(lambda event: event.kind in kinds)
        return events[-1:]

    def _day(self, moment):
        """A moment (naive UTC) or a date as papers write days."""
        local = to_local(moment) if hasattr(moment, "hour") else moment
        return text.administrative_date(local) if local else BLANK_DAY

    def _moment(self, moment):
        """A moment (naive UTC) as papers write it."""
        if not moment:
            return f"…… giờ …… phút, {BLANK_DAY}"
        return text.administrative_datetime(to_local(moment))

    def _replaces(self, dossier):
        """What a receipt says that is not the first one of its dossier."""
        events = dossier._receipt_events()
        if len(events) < 2:
            return False
        day = self._day(events[-2].date)
        return f"Giấy lần {len(events)}, thay thế giấy đã cấp {day}"

    def _promise(self, dossier):
        """The moment promised; only expected where it rests on days off that nobody has
        confirmed (BLLĐ 2019 article 112.3: the Prime Minister decides them)."""
        moment = self._moment(dossier.date_due_original)
        years = dossier._provisional_years()
        if not years:
            return moment
        return f"{moment} (dự kiến; lịch nghỉ năm {years} chưa được xác nhận)"

    def _hand_over(self, dossier):
        """For whom a dossier was received, and by when that agency gets it (Decree
        309/2026, articles 8.3 and 9); False where the agency received by itself."""
        if not dossier.date_handover_due:
            return False
        return (
            f"Cơ quan giải quyết: {dossier.agency_id.name}; chuyển đến chậm nhất "
            f"{self._moment(dossier.date_handover_due)}. Thời hạn giải quyết tính từ "
            "khi cơ quan giải quyết nhận được hồ sơ."
        )

    def _money(self, amount):
        return f"{amount:,}".replace(",", ".")

    def _picture(self, svg):
        """An SVG as a data: address, so that nothing is to be fetched."""
        return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
