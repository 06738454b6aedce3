from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.motcua_base.tools.workflow import (
    check,
    holding,
    longest_share,
    unapproved_ends,
)

PROPERTY = settings(max_examples=150, deadline=None, derandomize=True)


def step(key, kind="work", finish=False, share=0):
    return {
        "key": key,
        "name": f"Step {key}",
        "kind": kind,
        "can_finish": finish,
        "term_share": share,
    }


def way(start, end, kind="forward", condition=None):
    return {
        "from": start,
        "to": end,
        "kind": kind,
        "name": f"{start} to {end}",
        "condition": condition,
    }


def only_if(name="area", op=">", value=500):
    return {"all": [{"field": name, "op": op, "value": value}]}


STEPS = [
    step("in", "receive", share=10),
    step("check", share=60),
    step("sign", finish=True, share=30),
    step("out", "return"),
]
WAYS = [way("in", "check"), way("check", "sign"), way("sign", "check", "return")]
FORM = [
    {"name": "big", "label": "Big", "type": "boolean"},
    {
        "name": "area",
        "label": "Area",
        "type": "integer",
        "visible_if": {"all": [{"field": "big", "op": "=", "value": True}]},
    },
]


def codes(steps, ways):
    return {(problem.field, problem.code) for problem in check(steps, ways)}


@tagged("motcua_tools")
class TestWorkflowTool(BaseCase):
    def test_ends_that_nobody_has_approved(self):
        steps = [
            step("in", "receive"),
            step("check", finish=True),
            step("sign"),
            step("number", finish=True),
        ]
        ways = [way("in", "check"), way("check", "sign"), way("sign", "number")]
        self.assertEqual(unapproved_ends(steps, ways, {"sign"}), {"check"})
        self.assertEqual(unapproved_ends(steps, ways, {"check"}), set())
        past = [*ways, way("check", "number")]
        self.assertEqual(unapproved_ends(steps, past, {"sign"}), {"check", "number"})
        back = [*ways, way("sign", "number", "return")]
        self.assertEqual(unapproved_ends(steps, back, {"sign"}), {"check"})

    def test_sound(self):
        self.assertFalse(check(STEPS, WAYS))

    def test_what_every_workflow_has(self):
        for kind, steps in (
            ("receive", STEPS[1:]),
            ("receive", [*STEPS, step("in too", "receive")]),
            ("return", STEPS[:-1]),
            ("finish", [dict(item, can_finish=False) for item in STEPS]),
        ):
            self.assertIn((None, kind), codes(steps, WAYS))

    def test_dead_ends(self):
        steps = [*STEPS, step("lost"), step("trap")]
        found = codes(steps, [*WAYS, way("check", "trap"), way("lost", "sign")])
        self.assertEqual(found, {("lost", "unreachable"), ("trap", "dead")})

    def test_a_way_back_may_lead_to_a_step_of_its_own(self):
        steps = [*STEPS, step("correct")]
        ways = [*WAYS, way("sign", "correct", "return"), way("correct", "sign")]
        self.assertFalse(codes(steps, ways))

    def test_forward_in_a_circle(self):
        found = codes(STEPS, [*WAYS[:2], way("sign", "check")])
        self.assertEqual(found, {("check", "circle"), ("sign", "circle")})
        self.assertIsNone(longest_share(STEPS, [*WAYS[:2], way("sign", "check")]))

    def test_conditions_need_a_way_for_when_none_holds(self):
        big = way("check", "sign", condition=only_if())
        self.assertEqual(codes(STEPS, [WAYS[0], big]), {("check", "stuck")})
        steps = [*STEPS, step("province")]
        ways = [
            *WAYS,
            way("check", "province", condition=only_if()),
            way("province", "sign"),
        ]
        self.assertFalse(codes(steps, ways))

    def test_condition_that_asks_nothing(self):
        for condition in ({"all": []}, {"all": [{}]}, {"some": 1}, ["x"], "x", {}):
            ways = [*WAYS, way("in", "sign", condition=condition)]
            self.assertIn(("in", "condition"), codes(STEPS, ways))

    def test_shares_add_up_along_one_way_only(self):
        steps = [*STEPS, step("short", share=60)]
        ways = [*WAYS, way("in", "short"), way("short", "sign")]
        self.assertEqual(longest_share(steps, ways), 100)
        self.assertFalse(codes(steps, ways))
        ways.append(way("check", "short"))
        self.assertEqual(longest_share(steps, ways), 160)
        self.assertEqual(codes(steps, ways), {(None, "share")})

    def test_holding(self):
        conditions = {1: only_if(), 2: only_if(op="<="), 3: only_if("gone", "=", 1)}
        self.assertEqual(holding(FORM, {"big": True, "area": 600}, conditions), {1})
        self.assertEqual(holding(FORM, {"big": True, "area": 500}, conditions), {2})
        # Neither what is hidden nor what the form does not ask opens a way.
        self.assertEqual(holding(FORM, {"big": False, "area": 600}, conditions), set())

    @PROPERTY
    @given(st.data())
    def test_any_workflow_can_be_checked(self, data):
        keys = list(range(data.draw(st.integers(0, 7))))
        steps = [
            step(
                key,
                data.draw(st.sampled_from(["receive", "work", "return"])),
                data.draw(st.booleans()),
                data.draw(st.integers(0, 100)),
            )
            for key in keys
        ]
        ways = [
            way(start, end, data.draw(st.sampled_from(["forward", "return"])))
            for start in keys
            for end in keys
            if start != end and data.draw(st.booleans())
        ]
        found = check(steps, ways)
        self.assertLessEqual({problem.field for problem in found}, {None, *keys})
        if not found:
            longest = longest_share(steps, ways)
            self.assertLessEqual(longest, 100)
            self.assertGreaterEqual(longest, max(item["term_share"] for item in steps))
