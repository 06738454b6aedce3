from itertools import combinations
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.motcua_studio.tools.drawing import BOX_WIDTH, draw
from odoo.addons.motcua_studio.tools.drawing_svg import proportions, render
from odoo.addons.motcua_studio.tools.drawing_text import text_width, wrap

PROPERTY = settings(max_examples=60, deadline=None, derandomize=True)
LEGEND = {
    "forward": "Onwards",
    "conditional": "On a condition",
    "return": "Back",
    "result": "With a result",
    "outside": "Another agency",
}
WORDS = st.text("Thẩm định hồ sơ Ký WQ", max_size=60)


@st.composite
def workflows(draw_from):
    """Steps and ways of any kind, sound or not."""
    keys = list(range(draw_from(st.integers(1, 9))))
    steps = [
        {
            "key": key,
            "name": draw_from(WORDS),
            "kind": draw_from(st.sampled_from(["work"] * 4 + ["receive", "return"])),
            "can_finish": draw_from(st.booleans()),
            "notes": draw_from(st.lists(WORDS, max_size=3)),
            "group": draw_from(st.sampled_from(["Reception", "Thẩm định", "Ký"])),
            "outside": draw_from(st.booleans()),
        }
        for key in keys
    ]
    pairs = st.tuples(st.sampled_from(keys), st.sampled_from(keys))
    ways = [
        {
            "key": f"{start}-{end}",
            "from": start,
            "to": end,
            "kind": draw_from(st.sampled_from(["forward", "forward", "return"])),
            "label": draw_from(st.lists(WORDS, max_size=2)),
            "conditional": draw_from(st.booleans()),
        }
        for start, end in draw_from(st.lists(pairs, unique=True, max_size=16))
        if start != end
    ]
    return steps, ways


def overlap(one, other):
    return (
        one.x < other.x + other.width - 0.01
        and other.x < one.x + one.width - 0.01
        and one.y < other.y + other.height - 0.01
        and other.y < one.y + one.height - 0.01
    )


def on_border(box, point):
    x, y = point
    across = box.x - 0.01 <= x <= box.x + box.width + 0.01
    down = box.y - 0.01 <= y <= box.y + box.height + 0.01
    at_side = min(abs(x - box.x), abs(x - box.x - box.width)) < 0.01
    at_end = min(abs(y - box.y), abs(y - box.y - box.height)) < 0.01
    return across and down and (at_side or at_end)


def crosses(start, end, box):
    """Whether a level or upright line runs through the inside of a box."""
    (x1, y1), (x2, y2) = start, end
    return (
        min(x1, x2) < box.x + box.width - 0.01
        and max(x1, x2) > box.x + 0.01
        and min(y1, y2) < box.y + box.height - 0.01
        and max(y1, y2) > box.y + 0.01
    )


@tagged("motcua_tools")
class TestDrawing(BaseCase):
    @PROPERTY
    @given(workflows())
    def test_everything_is_shown(self, workflow):
        steps, ways = workflow
        drawing = draw(steps, ways)
        self.assertEqual({box.key for box in drawing.boxes}, {s["key"] for s in steps})
        self.assertLessEqual(
            {way["key"] for way in ways}, {arrow.key for arrow in drawing.arrows}
        )

    @PROPERTY
    @given(workflows())
    def test_nothing_covers_anything(self, workflow):
        drawing = draw(*workflow)
        labels = [arrow.label for arrow in drawing.arrows if arrow.label]
        for one, other in combinations([*drawing.boxes, *labels], 2):
            self.assertFalse(overlap(one, other), (one, other))
        for item in [*drawing.boxes, *labels]:
            self.assertGreaterEqual(min(item.x, item.y), 0)
            self.assertLessEqual(item.x + item.width, drawing.width)
            self.assertLessEqual(item.y + item.height, drawing.height)

    @PROPERTY
    @given(workflows())
    def test_arrows_join_their_boxes_and_cross_none(self, workflow):
        drawing = draw(*workflow)
        boxes = {box.key: box for box in drawing.boxes}
        for arrow in drawing.arrows:
            self.assertTrue(on_border(boxes[arrow.start], arrow.points[0]))
            self.assertTrue(on_border(boxes[arrow.end], arrow.points[-1]))
            for start, end in zip(arrow.points, arrow.points[1:], strict=False):
                level = abs(start[0] - end[0]) < 0.6 or abs(start[1] - end[1]) < 0.01
                self.assertTrue(level, (start, end))
                for box in drawing.boxes:
                    self.assertFalse(crosses(start, end, box), (arrow, box))

    @PROPERTY
    @given(workflows())
    def test_text_fits(self, workflow):
        drawing = draw(*workflow)
        for item in [
            *drawing.boxes,
            *(arrow.label for arrow in drawing.arrows if arrow.label),
        ]:
            for text in item.texts:
                half = text_width(text.text, text.size, text.bold) / 2
                self.assertLessEqual(item.x, text.x - half + 0.01)
                self.assertLessEqual(text.x + half, item.x + item.width + 0.01)
                self.assertLessEqual(item.y, text.y - 0.8 * text.size)
                self.assertLessEqual(text.y, item.y + item.height)

    @PROPERTY
    @given(workflows())
    def test_the_same_svg_for_screen_and_paper(self, workflow):
        drawing = draw(*workflow)
        svg = ElementTree.fromstring(render(drawing, LEGEND))
        width, height = proportions(drawing, LEGEND)
        self.assertEqual(svg.get("viewBox"), f"0 0 {width:.0f} {height:.0f}")
        shown = [
            group.get("data-step") for group in svg.iter() if group.get("data-step")
        ]
        self.assertEqual(shown, [str(box.key) for box in drawing.boxes])
        paper = ElementTree.fromstring(render(drawing, LEGEND, ("180mm", "90mm")))
        self.assertEqual(paper.get("width"), "180mm")
        self.assertEqual(len(list(paper.iter())), len(list(svg.iter())))

    def test_names_are_not_taken_for_markup(self):
        step = {
            "key": "a",
            "name": "<script>alert(1)</script> & co",
            "kind": "work",
            "can_finish": False,
            "notes": [],
            "group": '<b title="x">',
            "outside": False,
        }
        svg = render(draw([step], []), LEGEND)
        self.assertNotIn("<script", svg)
        self.assertNotIn("<b ", svg)

    def test_a_chain_stands_straight(self):
        steps = [
            {
                "key": key,
                "name": f"Step {key}",
                "kind": "work",
                "can_finish": False,
                "notes": [],
                "group": "",
                "outside": False,
            }
            for key in range(12)
        ]
        ways = [
            {
                "key": key,
                "from": key,
                "to": key + 1,
                "kind": "forward",
                "label": ["On"],
                "conditional": False,
            }
            for key in range(11)
        ]
        drawing = draw(steps, ways)
        self.assertEqual(len({round(box.x, 3) for box in drawing.boxes}), 1)
        self.assertEqual(len({len(arrow.points) for arrow in drawing.arrows}), 1)
        self.assertLess(drawing.width, 2 * BOX_WIDTH)

    def test_nothing_to_draw(self):
        self.assertEqual(draw([], [])[:2], (0, 0))

    @PROPERTY
    @given(st.text(max_size=80), st.integers(20, 200))
    def test_wrap(self, text, room):
        lines = wrap(text, room, 11)
        self.assertLessEqual(len(lines), 4)
        for line in lines:
            self.assertTrue(text_width(line, 11) <= room or len(line) == 1, line)
