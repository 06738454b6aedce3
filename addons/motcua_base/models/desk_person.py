from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.misc import hash_sign, verify_hash_signed

from ..api import takes
from ..tools import identity, text
from ..tools import scan as scan_tools
from ..tools.arguments import Id, Json, ListOf, OneOf, Text
from .res_partner import BIRTH_YEAR, PERSON_TYPES, SEXES

# Columns of a contact by the names that the screen gives them.
COLUMNS = {
    "id_number": "motcua_id_number",
    "name": "name",
    "phone": "phone",
    "email": "email",
    "address": "motcua_address",
    "birthdate": "motcua_birthdate",
    "sex": "motcua_sex",
}
# Values with a form of their own.
KINDS = {"name": "name", "phone": "phone", "email": "email", "address": "name"}
# What a card replaces only where the officer has seen both and chosen.
ASKED = ("name", "address")
# A person as the screen hands it back; it has been told more than is read again.
PERSON = {
    "type": OneOf(PERSON_TYPES),
    **dict.fromkeys((*COLUMNS, "handle"), Text()),
    "sex": OneOf(SEXES),
    "replace": ListOf(OneOf(ASKED)),
    **dict.fromkeys(("known", "hints", "changed", "doubt"), Json()),
}
SCOPE = "motcua-desk-person-card"


class Desk(models.AbstractModel):
    """Finding people at the desk: by the exact number they give or the card they hold,
    never by looking through a list.

    Of people whom no dossier in the user's scope names, the answer tells nothing that
    was not typed or scanned. Every look-up is noted in the access log. A person found
    is handed to the screen as a signed handle, so that no id can be guessed.
    """

    _inherit = "motcua.desk"

    @api.model
    @takes(desk_id=Id(), typed=Text())
    def recognise(self, desk_id, typed):
        """What the officer scanned or typed: a person, a procedure, a dossier, or
        procedures found by words.

        :return: dict with ``kind`` (person, people, procedure, procedures, dossier or
            unknown) and what belongs to it; ``unknown`` has a ``message``
        """
        desk = self._require_desk(desk_id)
        scan = scan_tools.recognise(typed or "")
        message = self._unreadable(scan.kind, scan.value)
        if message:
            return {"kind": "unknown", "message": message}
        return getattr(self, f"_recognise_{scan.kind}")(desk, scan.value)

    @api.model
    def _recognise_card(self, desk, card):
        partner = self._partners("motcua_id_number", card.number)
        if not partner and card.old_number:
            partner = self._partners("motcua_id_number", card.old_number)
        person = {
            "type": "1",
            "id_number": card.number,
            "name": card.name,
            "address": card.address,
            "birthdate": card.birth_date.isoformat()
            if card.birth_date
            else str(card.birth_year),
            "sex": card.sex,
        }
        self._note_lookup(desk, partner, card.number)
        if partner:
            person = self._person(partner, person, proven=person)
        person["doubt"] = self._doubt(card.number)
        return {"kind": "person", "person": person}

    @api.model
    def _recognise_number(self, desk, numbers):
        id_number = numbers.get("id_number") or numbers.get("tax_code")
        phone = numbers.get("phone")
        partners = id_number and self._partners("motcua_id_number", id_number)
        if not partners and phone:
            partners = self._partners("phone", phone)
        self._note_lookup(desk, partners, id_number or phone)
        typed = {"id_number": id_number, "phone": phone}
        if not partners:
            is_organisation = "tax_code" in numbers and not phone
            # A number that may be either is taken for the phone of somebody new.
            person = {"type": "2" if is_organisation else "1", **typed}
            if phone:
                person["id_number"] = False
            person["doubt"] = self._doubt(person["id_number"])
            return {"kind": "person", "person": person}
        people = []
        for partner in partners:
            given = {
                name: value
                for name, value in typed.items()
                if value and partner[COLUMNS[name]] == value
            }
            people.append(self._person(partner, given))
        if len(people) == 1:
            return {"kind": "person", "person": people[0]}
        return {"kind": "people", "people": people}

    @api.model
    def _recognise_procedure(self, desk, code):
        rows = self.find_procedures(desk.id, code)
        if not rows:
            message = self.env._(
                "Procedure %(code)s is not received at %(desk)s.",
                code=code,
                desk=desk.name,
            )
            return {"kind": "unknown", "message": message}
        return {"kind": "procedure", "procedure": rows[0]}

    @api.model
    def _recognise_dossier(self, desk, code):
        dossier = self.env["motcua.dossier"].search([("code", "=", code)], limit=1)
        if not dossier:
            message = self.env._(
                "Dossier %s does not exist here, or is none of your units'.", code
            )
            return {"kind": "unknown", "message": message}
        return {"kind": "dossier", "id": dossier.id, "code": code}

    @api.model
    def _recognise_words(self, desk, typed):
        rows = self.find_procedures(desk.id, typed) if typed else []
        if not rows:
            message = self.env._(
                "No procedure received at %(desk)s is called “%(typed)s”.",
                desk=desk.name,
                typed=typed,
            )
            return {"kind": "unknown", "message": message}
        return {"kind": "procedures", "procedures": rows}

    @api.model
    def _unreadable(self, kind, typed):
        """Why what was scanned or typed is of no use, by its kind; None where it is."""
        return {
            "bad_card": self.env._(
                "This looks like an ID card, but it cannot be read. Set the keyboard "
                "to English and scan again, or type the 12 digits."
            ),
            "garbled": self.env._(
                "Letters of this card were lost between scanner and computer. Set the "
                "scanner to Unicode (UTF-8) and scan again, or type the 12 digits."
            ),
            "keyboard": self.env["motcua.dossier"]._keyboard_sentence(),
            "bad_number": self.env._(
                "%s is no ID number (12 digits, 9 on old cards), tax code or phone "
                "number. Check the digits.",
                typed,
            ),
            "foreign": self.env._(
                "This code belongs to nothing here. Scan an ID card, a receipt or the "
                "code of a dossier."
            ),
        }.get(kind)

    # ------------------------------------------------------------------
    # Looking up
    # ------------------------------------------------------------------

    @api.model
    def _partners(self, column, number):
        """Applicants with exactly this number, at most five."""
        return (
            self.env["res.partner"]
            .sudo()
            .with_context(active_test=True)
            .search([(column, "=", number), ("motcua_type", "!=", False)], limit=5)
        )

    @api.model
    def _note_lookup(self, desk, partners, number):
        found = ", ".join(f"#{id_}" for id_ in partners.ids) or "-"
        self.env["motcua.access.log"]._insert(
            [(None, None, desk.unit_id.id, f"{identity.mask(number)}: {found}")],
            "lookup",
        )

    @api.model
    def _doubt(self, number):
        """What may be wrong with a number that is taken all the same."""
        if not number or identity.is_of_known_province(number):
            return ""
        return self.env._(
            "No province has the first digits of %s: compare them with the card.",
            number,
        )

    @api.model
    def _person(self, partner, given, proven=None):
        """A known person as the screen shows it: what was typed or scanned, all else
        only where a dossier in the user's scope tells it anyway, hints where not.

        :param given: values that the officer has before the eyes
        :param proven: those of them that a card proves
        """
        stored = self._stored(partner)
        is_open = partner.sudo(False).has_access("read")
        given = {name: value for name, value in given.items() if value}
        person = {
            "type": partner.motcua_type,
            **(stored if is_open else dict.fromkeys(stored, "")),
            **given,
            "known": True,
            "handle": hash_sign(
                self.sudo().env, SCOPE, [partner.id, proven or {}], expiration_hours=24
            ),
            "hints": {},
            "changed": [],
            "replace": [],
        }
        if not is_open:
            person["hints"] = {
                name: self._mask(name, stored[name])
                for name in ("id_number", "name", "phone", "email", "address")
                if stored[name] and not person[name]
            }
        if proven and is_open:
            # Both are shown, and the officer chooses; what is known stays until then.
            for name in ASKED:
                if self._is_asked(stored[name], proven[name]):
                    person[name] = stored[name]
                    person["changed"].append(
                        {"name": name, "stored": stored[name], "card": proven[name]}
                    )
        return person

    @api.model
    def _is_asked(self, stored, on_card):
        """Whether a card would replace something: not where there is nothing, or it
        only adds the marks."""
        return bool(
            stored and stored != on_card and not text.is_fuller(on_card, stored)
        )

    @api.model
    def _stored(self, partner):
        """What is known of a person, by the names of the screen."""
        stored = {name: partner[column] or "" for name, column in COLUMNS.items()}
        day = stored["birthdate"]
        stored["birthdate"] = (
            day.isoformat() if day else partner.motcua_birth_year or ""
        )
        return stored

    @api.model
    def _mask(self, name, value):
        """A hint that tells only who has it before the eyes: initials and ends."""
        if name in ("id_number", "phone"):
            return identity.mask(value)
        return " ".join(f"{word[0]}•••" for word in value.split()[:4])

    # ------------------------------------------------------------------
    # Who the screen says it is
    # ------------------------------------------------------------------

    @api.model
    def _resolve_person(self, desk, person):
        """The contact of a person as the screen sends it, made or brought up to date.

        :return: (partner, values by the names of the screen, complete)
        """
        values = {name: self._clean(person.get(name)) for name in ("type", *COLUMNS)}
        values["type"] = values["type"] or "1"
        Partner = self.env["res.partner"]
        number_kind = Partner._motcua_number_kind(values["type"])
        for name, kind in (*KINDS.items(), ("id_number", number_kind)):
            values[name] = Partner._motcua_convert(kind, values[name])
        if values["birthdate"] and not BIRTH_YEAR.fullmatch(values["birthdate"]):
            values["birthdate"] = Partner._motcua_convert("date", values["birthdate"])
        partner, proven = self._read_handle(person.get("handle"))
        if not partner and values["id_number"]:
            partner = self._partners("motcua_id_number", values["id_number"])
        partner._motcua_introduce()
        if partner:
            chosen = person.get("replace") or []
            self._update_partner(desk, partner, values, proven, chosen)
            for name, value in self._stored(partner).items():
                values[name] = values[name] or value
            values["type"] = partner.motcua_type
        else:
            [partner] = self.env["motcua.dossier"]._find_or_create_applicants(
                [{f"applicant_{name}": value for name, value in values.items()}]
            )
        return partner, values

    @api.model
    def _clean(self, value):
        return " ".join(value.split()) if isinstance(value, str) else False

    @api.model
    def _read_handle(self, handle):
        """(partner, what a card proves of it); two times nothing without a handle."""
        Partner = self.env["res.partner"].sudo()
        if not handle:
            return Partner, {}
        try:
            read = verify_hash_signed(self.sudo().env, SCOPE, handle)
        except ValueError:  # not even a token
            read = None
        partner = Partner.browse(read[0]).exists() if read else Partner
        if not partner:
            raise UserError(
                self.env._(
                    "Too much time has passed since this person was looked up. Scan "
                    "the card or type the number again."
                )
            )
        return partner, read[1]

    @api.model
    def _update_partner(self, desk, partner, values, proven, chosen):
        """Bring a known contact up to date: from the card what stands on it, otherwise
        only what was missing, and the phone or e-mail that the person gives today.

        :param proven: values on the card
        :param chosen: names of those that replace another, as the officer says who has
            seen both
        """
        changes = {}
        for name, stored in self._stored(partner).items():
            value = values[name]
            if not value or value == stored:
                continue
            replaces = name in ASKED and self._is_asked(stored, value)
            on_card = value == proven.get(name) and (name in chosen or not replaces)
            if on_card or not stored or name in ("phone", "email"):
                changes[name] = value
        # Who has an account logs in and gets codes by these, and changes them alone.
        if partner.user_ids:
            changes.pop("email", None)
            changes.pop("phone", None)
        if not changes:
            return
        lines = [
            self._trace_line(partner, name, partner[COLUMNS[name]], value)
            for name, value in changes.items()
        ]
        columns = {COLUMNS[name]: value for name, value in changes.items()}
        if "birthdate" in changes:
            columns.pop("motcua_birthdate")
            columns |= partner._motcua_birth(changes["birthdate"])
        partner.write(columns)
        intro = (
            self.env._("From the ID card, at %s:", desk.name)
            if proven
            else self.env._("As stated at %s:", desk.name)
        )
        body = Markup("%s<ul>%s</ul>") % (intro, Markup().join(lines))
        partner._message_log(body=body, author_id=self.env.user.partner_id.id)

    @api.model
    def _trace_line(self, partner, name, old, new):
        label = partner._fields[COLUMNS[name]]._description_string(self.env)
        if name == "id_number":
            old, new = identity.mask(old), identity.mask(new)
        return Markup("<li>%s: %s → %s</li>") % (label, old or "-", new)
