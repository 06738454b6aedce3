import json
from collections import Counter

from odoo import api, models
from odoo.exceptions import ValidationError

from odoo.addons.motcua_base.tools import workflow as workflow_tools
from odoo.addons.motcua_base.tools.form_values import convert

STEP_COLUMNS = (
    "name",
    "kind",
    "stage_id",
    "role",
    "place",
    "agency_id",
    "term_share",
    "assignment",
    "user_id",
    "requires",
    "can_finish",
    "consult_agency_ids",
    "consult_days",
)


class Workflow(models.Model):
    """A workflow as plain data: read for the editor, checked, and written as a whole.

    The data are ``{"name", "description", "steps", "ways"}``; steps have a ``key`` and
    the columns above, in their order; ways are dicts as in ``tools.workflow``.
    """

    _inherit = "motcua.workflow"

    def _editor_data(self):
        self.ensure_one()
        steps = []
        for step in self.step_ids:
            row = {name: step[name] for name in STEP_COLUMNS}
            for name in ("stage_id", "agency_id", "user_id"):
                row[name] = row[name].id
            row["consult_agency_ids"] = step.consult_agency_ids.ids
            steps.append({"key": step.id, **row})
        return {
            "name": self.name,
            "description": self.description or "",
            "steps": steps,
            "ways": [way._to_dict() for way in self.transition_ids],
        }

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    @api.model
    def _read_editor_data(self, data):
        """Steps and ways of ``data`` that comes from outside, and what they lack to be
        stored.

        :return: (steps, ways, list of ``{"sentence", "step"}``)
        :raises ValidationError: this is no workflow at all
        """
        try:
            steps = [self._read_step(row) for row in data["steps"]]
            self._check_records(steps)
            keys = {step["key"] for step in steps}
            ways = [self._read_way(row) for row in data["ways"]]
            ways = [way for way in ways if {way["from"], way["to"]} <= keys]
            name = str(data["name"] or "").strip()
            if len(keys) < len(steps):
                raise ValueError("a key is used twice")
        except (KeyError, TypeError, ValueError) as error:
            raise ValidationError(
                self.env._("This is not a workflow: %s.", error)
            ) from None
        lacking = [] if name else [self._lack(None, self.env._("give it a name"))]
        for step in steps:
            lacking += self._step_lacks(step)
        lacking += self._way_lacks(steps, ways)
        return steps, ways, lacking

    @api.model
    def _read_step(self, row):
        columns = self.env["motcua.workflow.step"]._fields
        step = {"key": row["key"], "name": str(row["name"] or "").strip()}
        for name in ("kind", "role", "place", "assignment", "requires"):
            if row[name] not in columns[name].get_values(self.env):
                raise ValueError(f"{name}: {row[name]}")
            step[name] = row[name]
        for name in ("stage_id", "agency_id", "user_id"):
            step[name] = int(row[name]) if row[name] else False
        # What a choice made before leaves behind is not kept.
        if step["place"] != "fixed":
            step["agency_id"] = False
        if step["assignment"] != "fixed":
            step["user_id"] = False
        step["consult_agency_ids"] = [int(id_) for id_ in row["consult_agency_ids"]]
        step["can_finish"] = bool(row["can_finish"]) and step["kind"] != "return"
        step["term_share"] = convert("float", row["term_share"] or 0)
        step["consult_days"] = convert("integer", row["consult_days"] or 0)
        return step

    @api.model
    def _check_records(self, steps):
        """Raise ValueError where steps name what does not exist."""
        columns = self.env["motcua.workflow.step"]._fields
        for name in ("stage_id", "agency_id", "user_id", "consult_agency_ids"):
            records = self.env[columns[name].comodel_name].browse(
                {
                    id_
                    for step in steps
                    for id_ in (
                        [step[name]] if name != "consult_agency_ids" else step[name]
                    )
                    if id_
                }
            )
            gone = records - records.exists()
            if gone:
                raise ValueError(f"{records._description} {gone.ids}")

    @api.model
    def _read_way(self, row):
        if row["kind"] not in ("forward", "return"):
            raise ValueError(f"kind: {row['kind']}")
        forward = row["kind"] == "forward"
        return {
            "from": row["from"],
            "to": row["to"],
            "kind": row["kind"],
            "name": str(row["name"] or "").strip(),
            "condition": (forward and row.get("condition")) or None,
        }

    @api.model
    def _lack(self, key, sentence):
        return {"step": key or False, "sentence": sentence}

    @api.model
    def _step_lacks(self, step):
        name, sentences = step["name"] or "…", []
        if not step["name"]:
            sentences.append(self.env._("a step has no name"))
        if not step["stage_id"]:
            sentences.append(
                self.env._("step “%s” stands in no column of the board", name)
            )
        if step["place"] == "fixed" and not step["agency_id"]:
            sentences.append(self.env._("say which unit does step “%s”", name))
        if step["assignment"] == "fixed" and not step["user_id"]:
            sentences.append(self.env._("say which officer does step “%s”", name))
        if not 0 <= step["term_share"] <= 100:
            sentences.append(
                self.env._("the share of step “%s” lies between 0 and 100 %%", name)
            )
        if step["consult_agency_ids"] and step["consult_days"] < 1:
            sentences.append(
                self.env._("give who is asked at step “%s” at least one day", name)
            )
        return [self._lack(step["key"], sentence) for sentence in sentences]

    @api.model
    def _way_lacks(self, steps, ways):
        names = {step["key"]: step["name"] or "…" for step in steps}
        handing_over = {step["key"] for step in steps if step["kind"] == "return"}
        found = []
        for (start, end), count in Counter((w["from"], w["to"]) for w in ways).items():
            if count > 1:
                sentence = self.env._(
                    "two ways lead from step “%(start)s” to “%(end)s”",
                    start=names[start],
                    end=names[end],
                )
                found.append(self._lack(start, sentence))
            if start == end:
                sentence = self.env._(
                    "a way leads from step “%s” to itself", names[end]
                )
                found.append(self._lack(start, sentence))
        for way in ways:
            name, start = way["name"] or "…", names[way["from"]]
            if not way["name"]:
                sentence = self.env._("a way after step “%s” has no name", start)
                found.append(self._lack(way["from"], sentence))
            if handing_over & {way["from"], way["to"]}:
                sentence = self.env._(
                    "way “%s”: only a result leads to handing over, and nothing leads "
                    "on from there",
                    name,
                )
                found.append(self._lack(way["from"], sentence))
            if not workflow_tools.is_condition(way["condition"]):
                sentence = self.env._(
                    "the condition of “%(way)s” after step “%(step)s” cannot be read",
                    way=name,
                    step=start,
                )
                found.append(self._lack(way["from"], sentence))
        return found

    # ------------------------------------------------------------------
    # Checking
    # ------------------------------------------------------------------

    def _data_problems(self, steps, ways):
        """Why no dossier could live through these steps and ways, as ``{"sentence",
        "step"}``; conditions are held against the forms of this workflow's versions."""
        names = {step["key"]: step["name"] or "…" for step in steps}
        found = [
            self._lack(wrong.field, self._problem_sentence(wrong, names))
            for wrong in workflow_tools.check(steps, ways)
        ]
        for version in self._used_by_versions():
            by_name = {field["name"]: field for field in version.field_ids._to_spec()}
            for way in ways:
                if workflow_tools.is_condition(way["condition"]):
                    found += [
                        self._lack(way["from"], f"{sentence} ({version.display_name})")
                        for sentence in self._way_problems(way, by_name)
                    ]
        return found

    @api.model
    def _longest_share(self, steps, ways):
        return workflow_tools.longest_share(steps, ways)

    def _used_by_versions(self):
        """Versions, drafts included, whose dossiers may pass this workflow; those in
        force first."""
        Version = self.env["motcua.procedure.version"]
        procedures = self._used_by_offerings().procedure_id
        found = Version.search(
            [
                ("state", "!=", "superseded"),
                "|",
                ("workflow_id", "in", self.ids),
                ("procedure_id", "in", procedures.ids),
            ]
        )
        return found.sorted(lambda version: version.state == "draft")

    def _used_by_offerings(self):
        """Agencies' own choices of this workflow."""
        return self.env["motcua.offering"].search([("workflow_id", "in", self.ids)])

    # ------------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------------

    def _write_editor_data(self, data, steps, ways):
        """Make this workflow the one of the data, which were read and lack nothing;
        rows that do not change are not touched."""
        self.ensure_one()
        self._write_changed(
            self,
            {
                "name": data["name"].strip(),
                "description": data.get("description") or "",
            },
        )
        known = {step.id: step for step in self.step_ids}
        pairs = {
            (way.from_step_id.id, way.to_step_id.id): way for way in self.transition_ids
        }
        wanted = {(way["from"], way["to"]) for way in ways}
        for pair, way in pairs.items():
            if pair not in wanted:
                way.unlink()
        kept = {step["key"] for step in steps}
        self.step_ids.filtered(lambda step: step.id not in kept).unlink()
        ids = {}
        for sequence, step in enumerate(steps, 1):
            values = {name: step[name] for name in STEP_COLUMNS}
            values["sequence"] = 10 * sequence
            values["consult_days"] = max(values["consult_days"], 1)
            record = known.get(step["key"])
            if record:
                self._write_changed(record, values)
            else:
                record = self.env["motcua.workflow.step"].create(
                    {**values, "workflow_id": self.id}
                )
            ids[step["key"]] = record.id
        for sequence, way in enumerate(ways, 1):
            condition = way["condition"]
            values = {
                "name": way["name"],
                "kind": way["kind"],
                "condition": json.dumps(condition, ensure_ascii=False)
                if condition
                else False,
                "sequence": 10 * sequence,
            }
            record = pairs.get((way["from"], way["to"]))
            if record:
                same = record._to_dict()["condition"] == condition
                if same:
                    del values["condition"]
                self._write_changed(record, values)
            else:
                self.env["motcua.workflow.transition"].create(
                    {
                        **values,
                        "workflow_id": self.id,
                        "from_step_id": ids[way["from"]],
                        "to_step_id": ids[way["to"]],
                    }
                )

        # In memory they still lie in the order in which they were.
        self.invalidate_recordset(["step_ids", "transition_ids"])

    @api.model
    def _write_changed(self, record, values):
        changed = {}
        for name, value in values.items():
            field = record._fields[name]
            if field.type == "many2many":
                if set(record[name].ids) != set(value):
                    changed[name] = [(6, 0, value)]
            elif field.convert_to_write(record[name], record) != value:
                changed[name] = value
        if changed:
            record.write(changed)
