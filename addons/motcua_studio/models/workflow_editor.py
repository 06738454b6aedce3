from odoo import api, models

from odoo.addons.motcua_base.api import takes
from odoo.addons.motcua_base.tools import text
from odoo.addons.motcua_base.tools.arguments import Id, Text, Values
from odoo.addons.motcua_base.tools.form_values import answer_type

from ..tools.drawing_svg import render
from .editor import refuse


class WorkflowEditor(models.AbstractModel):
    """A workflow, drawn as a whole and looked at meanwhile.

    For procedure administrators. Workflows are handed over as
    ``motcua.workflow._editor_data()`` gives them; new steps have keys that are no
    numbers.
    """

    _name = "motcua.workflow.editor"
    _description = "Workflow editor"

    @api.model
    @takes(workflow_id=Id())
    def load(self, workflow_id):
        """All that the editor needs: the workflow, its revision, where it is used, what
        steps can be."""
        workflow = self._workflow(workflow_id)
        used = workflow._used_by_versions()
        return {
            "id": workflow.id,
            "revision": workflow._revision(),
            "data": workflow._editor_data(),
            "choices": self._choices(),
            "usage": self._usage(workflow),
            "version": self.sample(used[:1].id) if used else False,
        }

    @api.model
    @takes(version_id=Id())
    def sample(self, version_id):
        """The procedure version by which conditions are chosen and days are counted.

        :return: dict with ``id``, ``name``, ``fields`` (what conditions may ask for),
            ``types`` (of fields) and ``operators`` (their labels)
        """
        version = self._version(version_id)
        types = self.env["motcua.form.editor"]._types()
        return {
            "id": version.id,
            "name": f"{version.procedure_id.name} ({version.display_name})",
            "types": {kind["type"]: kind for kind in types},
            "operators": self.env["motcua.form.editor"]._operator_labels(),
            "fields": [
                {
                    "key": field["name"],
                    "name": field["name"],
                    "label": field["label"],
                    "type": field["type"],
                    "answer": answer_type(field),
                    "options": [
                        {"id": key, "key": key, "label": label}
                        for key, label in field.get("options", ())
                    ],
                }
                for field in version.field_ids._to_spec()
            ],
        }

    @api.model
    @takes(workflow_id=Id(), data=Values(), version_id=Id())
    def look(self, workflow_id, data, version_id=False):
        """What this workflow would be; nothing is saved.

        :param version_id: the procedure version whose term is divided up
        :return: dict with ``picture`` (SVG), ``problems`` (``[{"sentence", "step"}]``),
            ``share`` (% of the term on the longest way, False where there is none),
            ``term`` and ``shares`` (the term, and of it the parts by step, in words;
            False and none where the version has no term yet)
        """
        workflow = self._workflow(workflow_id)
        steps, ways, lacking = self.env["motcua.workflow"]._read_editor_data(data)
        version = self._version(version_id) if version_id else False
        form = version.field_ids._to_spec() if version else []
        found = workflow._data_problems(steps, ways)
        drawing = workflow._draw_data(steps, ways, form)
        share = workflow._longest_share(steps, ways)
        channel = version.channel_ids[:1] if version else False
        return {
            "picture": render(drawing, workflow._legend()),
            "problems": lacking + found,
            "share": share if share is not None else False,
            "term": self._part_of_term(channel, 100) if channel else False,
            "shares": {
                step["key"]: self._part_of_term(channel, step["term_share"])
                for step in steps
                if channel and step["term_share"]
            },
        }

    @api.model
    @takes(workflow_id=Id(), revision=Text(), data=Values())
    def save_workflow(self, workflow_id, revision, data):
        """Replace the workflow by this one: all of it, or nothing.

        :param revision: as it was when the workflow was read
        :return: the new revision and the workflow as it is now
        :raises UserError: somebody else saved meanwhile, or open dossiers rely on what
            would change
        :raises ValidationError: with every reason why it cannot be kept
        """
        workflow = self._workflow(workflow_id)
        workflow._begin_edit(revision)
        steps, ways = self._read_sound(data)
        if workflow._used_by_versions().filtered(lambda v: v.state == "published"):
            found = workflow._data_problems(steps, ways)
            refuse(
                self.env._(
                    "Published procedures use this workflow, and no dossier could live "
                    "by it:"
                ),
                [problem["sentence"] for problem in found],
            )
        workflow._write_editor_data(data, steps, ways)
        return {"revision": workflow._revision(), "data": workflow._editor_data()}

    @api.model
    @takes(workflow_id=Id(), data=Values())
    def save_copy(self, workflow_id, data):
        """Keep this workflow as a new one; the one it was made from stays as it is.

        :return: id of the new workflow
        """
        self._workflow(workflow_id)
        steps, ways = self._read_sound(data)
        names = self.env["motcua.workflow"].with_context(active_test=False)
        name = self.env._("%s (copy)", data["name"])
        if names.search_count([("name", "=", data["name"])], limit=1):
            data = {**data, "name": name}
        copy = self.env["motcua.workflow"].create({"name": data["name"]})
        copy._write_editor_data(data, steps, ways)
        return copy.id

    # ------------------------------------------------------------------

    @api.model
    def _workflow(self, workflow_id):
        return self.env["motcua.workflow"]._to_edit(workflow_id)

    @api.model
    def _version(self, version_id):
        return self.env["motcua.procedure.version"]._to_edit(version_id)

    @api.model
    def _read_sound(self, data):
        steps, ways, lacking = self.env["motcua.workflow"]._read_editor_data(data)
        refuse(
            self.env._("The workflow was not saved:"),
            [problem["sentence"] for problem in lacking],
        )
        return steps, ways

    @api.model
    def _choices(self):
        """What steps can be: ``[[value, label], …]`` by column; and ``column``, the
        column of the board for a new step by its kind."""
        Step = self.env["motcua.workflow.step"]
        choices = {
            name: Step._fields[name]._description_selection(self.env)
            for name in ("kind", "role", "place", "assignment", "requires")
        }
        stages = self.env["motcua.stage"].search([])  # pylint: disable=no-search-all
        choices["stage_id"] = [(stage.id, stage.name) for stage in stages]
        # Where a new step stands first: received before it is worked on.
        work = stages.filtered(lambda stage: stage.kind == "work")
        ready = stages.filtered(lambda stage: stage.kind == "ready")
        choices["column"] = {
            "receive": work[:1].id,
            "work": work[:2][-1:].id,
            "return": ready[:1].id,
        }
        return choices

    @api.model
    def _usage(self, workflow):
        """Where the workflow is used, for people."""
        versions = workflow._used_by_versions()
        offerings = workflow._used_by_offerings()
        return {
            "procedures": [
                {"name": version.display_name, "state": version.state}
                for version in versions
            ],
            "agencies": [
                f"{offering.agency_id.name}: {offering.procedure_id.name}"
                for offering in offerings
            ],
            "published": "published" in versions.mapped("state"),
            "open_dossiers": workflow._count_open_dossiers(),
        }

    @api.model
    def _part_of_term(self, channel, share):
        if channel.term_unit == "same_day":
            # A working day of eight hours is divided up.
            return text.term_words(round(8 * share / 100, 1), "hour")
        quantity = round(channel.term_quantity * share / 100, 1)
        return text.term_words(quantity, channel.term_unit)
