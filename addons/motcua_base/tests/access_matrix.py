"""Who may do what, in two tables: the rights on every model, and every verb.

The tests of ``test_access.py`` are generated from them: whoever adds a model, a role or
a verb writes its line here first. What a verb is called with stands in
``verb_cases.py``.
"""

# Columns: post officer, receiving officer, handler, approver, unit leader, inspector,
# procedure administrator, system administrator, citizen with an account, the public,
# and an internal user without a staff assignment.
# Cells: c create, r read, w write, u unlink, - nothing.
# Scopes: ``own`` is a record of the user's own desk (for citizens: of their own
# dossier), ``far`` one of another province; ``all`` where there is no such difference.
RIGHTS = """
model                      scope post recv hand appr lead insp padm sadm citi publ user
motcua.agency              all   r    r    r    r    r    r    r    crwu -    -    r
motcua.membership          all   r    r    r    r    r    r    r    crwu -    -    r
motcua.ruleset             all   r    r    r    r    r    r    r    crwu -    -    r
motcua.ruleset.form        all   r    r    r    r    r    r    r    crwu -    -    r
motcua.file.rule           all   r    r    r    r    r    r    r    rw   -    -    r
motcua.favourite           all   r    r    r    r    r    r    crwu crwu -    -    r
motcua.calendar.swap       all   -    -    -    -    -    -    -    crwu -    -    -
motcua.stage               all   r    r    r    r    r    r    r    crwu -    -    r
motcua.calendar.year       all   r    r    r    r    r    r    r    crwu -    -    r
motcua.calendar.day        all   r    r    r    r    r    r    r    crwu -    -    r
motcua.sector              all   r    r    r    r    r    r    crwu crwu -    -    r
motcua.procedure           all   r    r    r    r    r    r    crwu crwu -    -    r
motcua.procedure.version   all   r    r    r    r    r    r    crwu crwu -    -    r
motcua.procedure.case      all   r    r    r    r    r    r    crwu crwu -    -    r
motcua.procedure.channel   all   r    r    r    r    r    r    crwu crwu -    -    r
motcua.procedure.fee       all   r    r    r    r    r    r    crwu crwu -    -    r
motcua.procedure.exemption all   r    r    r    r    r    r    crwu crwu -    -    r
motcua.procedure.component all   r    r    r    r    r    r    crwu crwu -    -    r
motcua.form.field          all   r    r    r    r    r    r    crwu crwu -    -    r
motcua.workflow            all   r    r    r    r    r    r    crwu crwu -    -    r
motcua.workflow.step       all   r    r    r    r    r    r    crwu crwu -    -    r
motcua.workflow.transition all   r    r    r    r    r    r    crwu crwu -    -    r
motcua.offering            all   r    r    r    r    r    r    crwu crwu -    -    r
motcua.document.template   all   r    r    r    r    r    r    crwu crwu -    -    r
motcua.document            own   r    r    r    r    r    r    -    r    -    -    -
motcua.document            far   -    -    -    -    -    -    -    r    -    -    -
motcua.dossier             own   crwu crwu crwu crwu crwu r    -    r    r    -    -
motcua.dossier             far   -    -    -    -    -    -    -    r    -    -    -
motcua.dossier.component   own   crwu crwu crwu crwu crwu r    -    r    r    -    -
motcua.dossier.component   far   -    -    -    -    -    -    -    r    -    -    -
motcua.dossier.row         own   crwu crwu crwu crwu crwu r    -    r    -    -    -
motcua.dossier.row         far   -    -    -    -    -    -    -    r    -    -    -
motcua.dossier.fee         own   r    r    r    r    r    r    -    r    -    -    -
motcua.dossier.fee         far   -    -    -    -    -    -    -    r    -    -    -
motcua.fee.receipt         own   r    r    r    r    r    r    -    r    -    -    -
motcua.fee.receipt         far   -    -    -    -    -    -    -    r    -    -    -
motcua.dossier.task        own   r    r    r    r    r    r    -    r    -    -    -
motcua.dossier.task        far   -    -    -    -    -    -    -    r    -    -    -
motcua.dossier.pause       own   r    r    r    r    r    r    -    r    -    -    -
motcua.dossier.pause       far   -    -    -    -    -    -    -    r    -    -    -
motcua.dossier.extension   own   r    r    r    r    r    r    -    r    -    -    -
motcua.dossier.extension   far   -    -    -    -    -    -    -    r    -    -    -
motcua.dossier.event       own   r    r    r    r    r    r    -    r    -    -    -
motcua.dossier.event       far   -    -    -    -    -    -    -    r    -    -    -
motcua.outgoing            own   r    r    r    r    r    r    -    r    -    -    -
motcua.outgoing            far   -    -    -    -    -    -    -    r    -    -    -
motcua.guidance            own   r    r    r    r    r    r    -    r    -    -    -
motcua.guidance            far   -    -    -    -    -    -    -    r    -    -    -
motcua.absence             own   crwu crwu crwu crwu crwu r    -    crwu -    -    -
motcua.absence             far   -    -    -    -    -    -    -    crwu -    -    -
motcua.dossier.warning     own   -    -    -    -    r    r    -    r    -    -    -
motcua.dossier.warning     far   -    -    -    -    -    -    -    r    -    -    -
motcua.sms.message         own   -    -    -    -    -    -    -    r    -    -    -
motcua.sms.message         far   -    -    -    -    -    -    -    r    -    -    -
motcua.sms.template        all   -    -    -    -    -    -    -    crwu -    -    -
motcua.letter.template     all   -    -    -    -    -    -    -    crwu -    -    -
motcua.number              own   -    -    -    -    r    r    -    r    -    -    -
motcua.number              far   -    -    -    -    -    -    -    r    -    -    -
motcua.login.failure       all   -    -    -    -    -    -    -    -    -    -    -
motcua.access.log          own   -    -    -    -    -    r    -    r    -    -    -
motcua.access.log          far   -    -    -    -    -    -    -    r    -    -    -
motcua.dossier.verb        own   crwu crwu crwu crwu crwu -    -    -    -    -    -
motcua.dossier.verb        far   -    -    -    -    -    -    -    -    -    -    -
motcua.dossier.verb.paper  own   crwu crwu crwu crwu crwu -    -    -    -    -    -
motcua.dossier.verb.paper  far   -    -    -    -    -    -    -    -    -    -    -
motcua.dossier.verb.fee    own   crwu crwu crwu crwu crwu -    -    -    -    -    -
motcua.dossier.verb.fee    far   -    -    -    -    -    -    -    -    -    -    -
"""

# The same columns, and two more: somebody asked for an opinion in another unit, and the
# leader of another commune. ``x``: may, ``-``: AccessError. The dossier is one of
# commune A in a status that allows the verb: received at its desk, then with its
# handler (who was given it), then before its approver. The methods are called
# ``action_<verb>``.
VERBS = """
verb               post recv hand appr lead insp padm sadm citi publ user cons far
submit             -    x    -    x    x    -    -    -    x    -    -    -    -
receive            -    x    -    x    x    -    -    -    -    -    -    -    -
reject             -    x    -    x    x    -    -    -    -    -    -    -    -
request_completion -    x    -    x    x    -    -    -    -    -    -    -    -
assign             -    -    x    x    x    -    -    -    -    -    -    -    -
hand_over          -    x    -    -    x    -    -    -    -    -    -    -    -
forward            -    -    x    -    x    -    -    -    -    -    -    -    -
consult            -    -    x    -    x    -    -    -    -    -    -    -    -
answer             -    -    -    -    -    -    -    -    -    -    -    x    -
request_supplement -    -    x    -    x    -    -    -    -    -    -    -    -
supplement         -    x    x    x    x    -    -    -    x    -    -    -    -
mark_wrong         -    x    x    x    x    -    -    -    -    -    -    -    -
request_payment    -    -    x    -    x    -    -    -    -    -    -    -    -
change_fees        -    x    x    x    x    -    -    -    -    -    -    -    -
confirm_payment    -    x    x    x    x    -    -    -    -    -    -    -    -
cancel_receipt     -    x    -    x    x    -    -    -    -    -    -    -    -
extend             -    -    -    x    x    -    -    -    -    -    -    -    -
stop               -    -    -    x    x    -    -    -    -    -    -    -    -
resume             -    -    x    x    x    -    -    -    -    -    -    -    -
withdraw           -    x    -    x    x    -    -    -    x    -    -    -    -
refuse             -    -    -    x    x    -    -    -    -    -    -    -    -
close              -    -    -    x    x    -    -    -    -    -    -    -    -
complete           -    -    -    x    x    -    -    -    -    -    -    -    -
return             -    x    -    x    x    -    -    -    -    -    -    -    -
change_case        -    x    x    x    x    -    -    -    -    -    -    -    -
change_version     -    -    -    -    -    -    x    x    -    -    -    -    -
draft_document     -    -    -    x    x    -    -    -    -    -    -    -    -
issue_document     -    -    -    x    x    -    -    -    -    -    -    -    -
revoke_document    -    -    -    x    x    -    -    -    -    -    -    -    -
"""

OPERATIONS = {"c": "create", "r": "read", "w": "write", "u": "unlink"}


def rows(table):
    """The lines of ``table``, as dicts by its column names."""
    header, *lines = (line.split() for line in table.strip().splitlines())
    return [dict(zip(header, line, strict=True)) for line in lines]
