from odoo import api, models

from odoo.addons.motcua_base.tools.workflow import is_condition

from ..tools.drawing import draw
from ..tools.drawing_svg import proportions, render

# What A4 holds inside the margins of the report, below its heading, in mm.
PAPER = {"portrait": (190, 245), "landscape": (270, 160)}
PIXEL = 0.2646  # mm
# wkhtmltopdf prints lengths at this part of their size; see form_templates.xml.
PRINTED = 0.77


class Workflow(models.Model):
    """Workflows as pictures: the words in the boxes and beside the arrows."""

    _inherit = "motcua.workflow"

    def _picture_on_paper(self, orientation):
        """The picture as SVG, as large as a sheet of A4 allows, but no larger than on
        the screen."""
        self.ensure_one()
        drawing = self._drawing()
        width, height = proportions(drawing, self._legend())
        room = PAPER[orientation]
        scale = min(room[0] / width, room[1] / height, PIXEL) / PRINTED
        size = (f"{width * scale:.1f}mm", f"{height * scale:.1f}mm")
        return render(drawing, self._legend(), size)

    def _drawing(self):
        data = self._editor_data()
        steps, ways, _lacking = self._read_editor_data(data)
        version = self._used_by_versions()[:1]
        return self._draw_data(
            steps, ways, version.field_ids._to_spec() if version else []
        )

    @api.model
    def _draw_data(self, steps, ways, form):
        """The drawing of steps and ways that were read from the editor's data.

        :param form: field specs whose labels name what conditions ask for
        """
        by_name = {field["name"]: field for field in form}
        stages = dict(self.env["motcua.workflow.editor"]._choices()["stage_id"])
        return draw(
            [
                {
                    **step,
                    "notes": self._step_notes(step),
                    "group": stages.get(step["stage_id"], ""),
                    "outside": step["place"] in ("fixed", "superior"),
                }
                for step in steps
            ],
            [
                {
                    **way,
                    "key": f"{way['from']}-{way['to']}",
                    "label": self._way_label(way, ways, by_name),
                    "conditional": bool(way["condition"]),
                }
                for way in ways
            ],
        )

    @api.model
    def _legend(self):
        return {
            "forward": self.env._("Onwards"),
            "conditional": self.env._("Onwards on a condition"),
            "return": self.env._("Back"),
            "result": self.env._("With a result"),
            "outside": self.env._("Done by another agency"),
        }

    @api.model
    def _step_notes(self, step):
        Agency = self.env["motcua.agency"]
        labels = {
            name: dict(
                self.env["motcua.workflow.step"]
                ._fields[name]
                ._description_selection(self.env)
            )
            for name in ("role", "place", "requires")
        }
        place = Agency.browse(step["agency_id"]).name or labels["place"][step["place"]]
        notes = [labels["role"][step["role"]], place]
        if step["term_share"]:
            notes.append(self.env._("%g %% of the term", step["term_share"]))
        if step["requires"] != "nothing":
            notes.append(
                self.env._("Must produce: %s", labels["requires"][step["requires"]])
            )
        if step["consult_agency_ids"]:
            asked = Agency.browse(step["consult_agency_ids"]).mapped("name")
            notes.append(self.env._("Asks: %s", ", ".join(asked)))
        return notes

    @api.model
    def _way_label(self, way, ways, by_name):
        label = [way["name"]]
        if way["condition"] and is_condition(way["condition"]):
            words = self.env["motcua.form.editor"]._condition_words(
                way["condition"], by_name
            )
            label.append(self.env._("if %s", words))
        elif way["kind"] == "forward" and any(
            other["condition"] for other in ways if other["from"] == way["from"]
        ):
            label.append(self.env._("otherwise"))
        return label
