"""Many dossiers passed on at once, as the dialog of the list does it."""

from .measure import Limit, stopwatch, timing

COUNT = 200
LOT = 50  # as in batch_dialog.js
TIMES = 3


def forward_many(rpc, receive):
    """From the button in the list to the last of 200, with nothing typed between.

    :param receive: function that receives so many dossiers and returns their ids
    """

    def forward(dossiers):
        dialog = rpc.call(
            "motcua.dossier", "action_open_verb", dossiers, context={"verb": "forward"}
        )
        wizard = [dialog["res_id"]]
        batch = rpc.call(dialog["res_model"], "action_apply_each", wizard)["params"]
        for start in range(0, COUNT, LOT):
            lot = batch["dossiers"][start : start + LOT]
            answer = rpc.call(dialog["res_model"], "apply_to", wizard, lot)
            if answer["failed"]:
                raise RuntimeError(answer["failed"][0]["reason"])

    batches = [receive(COUNT) for _time in range(TIMES)]
    taken = [stopwatch(lambda ids=ids: forward(ids)) for ids in batches]
    return Limit(f"{COUNT} passed on in a batch", timing(taken), bar=3_000)
