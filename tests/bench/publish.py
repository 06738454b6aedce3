"""A version with a large form comes into force."""

from . import big_form
from .measure import Limit, stopwatch, timing

TIMES = 5


def publish(admin):
    """A row of the table."""
    drafts = [_draft(admin, number) for number in range(TIMES)]
    taken = [
        stopwatch(
            lambda draft=draft: admin.call(
                "motcua.procedure.version", "action_publish", [draft]
            )
        )
        for draft in drafts
    ]
    return Limit(
        f"version with {big_form.FIELDS} fields published", timing(taken), bar=2_000
    )


def _draft(admin, number):
    """A procedure of its own with a draft that is complete; return the draft's id."""
    [sector] = admin.call("motcua.sector", "search", [], limit=1)
    [workflow] = admin.call(
        "motcua.workflow", "search", [("transition_ids", "!=", False)], limit=1
    )
    procedure = admin.call(
        "motcua.procedure",
        "create",
        {"code": f"9.{number:06}", "name": "Thủ tục đo lường", "sector_id": sector},
    )
    return admin.call(
        "motcua.procedure.version",
        "create",
        {
            "procedure_id": procedure,
            "workflow_id": workflow,
            "channel_ids": [
                (0, 0, {"channel": channel, "term_quantity": 3})
                for channel in ("counter", "online", "post")
            ],
            "component_ids": [
                (0, 0, {"name": f"Giấy tờ {number}", "originals": 1})
                for number in range(5)
            ],
            "field_ids": [(0, 0, row) for row in big_form.rows()],
        },
    )
