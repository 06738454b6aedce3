import re

from markupsafe import Markup

from odoo import SUPERUSER_ID, api

FIELDS = {
    "agency": "agency.name",
    "code": "dossier.code",
    "contact": "agency.contact",
    "deadline": "supplement.deadline",
    "due": "dossier.appointment",
    "site": "lookup.site",
}
PLACEHOLDER = re.compile(r"\$(?:(\w+)|\{(\w+)\}|\$)|[{}]")
# What Odoo evaluates of a template, beside its text.
EVALUATED = (
    "subject",
    "email_from",
    "email_to",
    "partner_to",
    "email_cc",
    "reply_to",
    "lang",
    "scheduled_date",
)


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    lang = env["res.lang"].search([("code", "=", "vi_VN")]).code or "en_US"
    env = env(context={"lang": lang, "active_test": False})
    _replace_letters(env)
    _disarm_templates(env)
    _name_fields(env)


def _replace_letters(env):
    """Letters are no templates of Odoo any more. A text that somebody changed is kept
    beside the new letter, where administrators see it; an archived one is not sent."""
    for letter in env["motcua.letter.template"].search([]):
        name = f"motcua_base.mail_template_{letter.kind}"
        template = env.ref(name, raise_if_not_found=False)
        if not template:
            continue
        if template.write_uid.id != SUPERUSER_ID:
            letter.former_text = f"{template.subject}\n\n{template.body_html}"
        letter.active = template.active
        template.unlink()


def _disarm_templates(env):
    """What users without the rights of the server's administrator have written runs no
    more, whoever sends it; it can still be read."""
    for template in env["mail.template"].search([]):
        authors = template.create_uid | template.write_uid
        if all(user._is_superuser() or user._is_system() for user in authors):
            continue
        source = [f"{name}: {template[name]}" for name in EVALUATED if template[name]]
        text = "\n".join([*source, "", str(template.body_html or "")])
        template.write(
            {
                **dict.fromkeys(EVALUATED, False),
                "body_html": Markup("<pre>{}</pre>").format(text),
                "active": False,
            }
        )


def _name_fields(env):
    """Text messages name the merge fields of letters and documents."""
    for template in env["motcua.sms.template"].search([("text", "like", "$")]):
        template.text = PLACEHOLDER.sub(_field, template.text)


def _field(match):
    if name := match[1] or match[2]:
        return f"{{{FIELDS[name]}}}"
    # Braces of the text itself would be taken for those of a field.
    return {"$$": "$", "{": "(", "}": ")"}[match[0]]
