"""How soon an officer can type on the intake screen, beside Odoo's own new contact.

Both open in the running web client, which has shown them before.
"""

from .measure import Ratio, interleave

# Complete, with the buttons of the procedures most used at this desk.
INTAKE = (
    "motcua_base.intake_action",
    ".o_motcua_intake:has(.o_motcua_shortcuts .btn) input[name=scan]",
)
CONTACT = (
    {
        "type": "ir.actions.act_window",
        "res_model": "res.partner",
        "views": [[False, "form"]],
    },
    ".o_form_editable [name=name] :is(input, textarea)",
)
# Resolves with the milliseconds from the call until the field takes the cursor.
OPEN = """([action, field]) => new Promise((resolve) => {
    const start = performance.now();
    const look = () => {
        const input = document.querySelector(field);
        input?.focus();
        if (input && document.activeElement === input) {
            observer.disconnect();
            resolve(performance.now() - start);
        }
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, {childList: true, subtree: true, attributes: true});
    const { action: service } = odoo.__WOWL_DEBUG__.root.env.services;
    service.doAction(action, { clearBreadcrumbs: true });
})"""


def ready_to_type(page, rounds):
    """A row of the table.

    :param page: of an officer who may create contacts
    """
    timings = interleave(
        [INTAKE, CONTACT], rounds, 5, watch=lambda screen: page.evaluate(OPEN, screen)
    )
    return Ratio("ready to type", timings, bar=1.2)
