from datetime import date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.motcua_base.tools.chain import Problem, event_hash, verify

PROPERTY = settings(max_examples=150, deadline=None, derandomize=True)

texts = st.text(st.characters(codec="utf-8"), max_size=8)
payloads = st.dictionaries(
    texts, st.one_of(texts, st.integers(), st.booleans(), st.none()), max_size=4
)


def chain(payloads):
    rows, previous = [], None
    for payload in payloads:
        rows.append(
            {
                "payload": payload,
                "previous": previous,
                "hash": event_hash(previous, payload),
            }
        )
        previous = rows[-1]["hash"]
    return rows


forgeries = payloads.map(lambda payload: {**payload, "forged": True})


def chains(min_size=1):
    # Two events of one dossier never say the same: each has its own sequence.
    return st.lists(payloads, min_size=min_size, max_size=8).map(
        lambda payloads: chain(
            [{**payload, "sequence": n} for n, payload in enumerate(payloads)]
        )
    )


@tagged("motcua_tools")
class TestChain(BaseCase):
    def test_hash_is_fixed_for_ever(self):
        """Stored hashes must verify with every later version of this code; computed
        with sha256sum.
        """
        self.assertEqual(
            event_hash(None, {"b": 1, "a": "Hồ sơ"}),
            "9b7a2891f89cddf6b8d1f66a82184ca430b2c13888ff0bbf989c73a66bd06af8",
        )
        self.assertEqual(
            event_hash(
                "ab",
                {"at": datetime(2026, 3, 5, 7, 30), "day": date(2026, 3, 5), "x": None},
            ),
            "4297119df647c5bfedc37f741176f0d21165d3b5a77cfd20b83ecfac87d931a2",
        )

    def test_unclear_values_are_refused(self):
        for value in ({1, 2}, object(), float("nan"), b"bytes"):
            with self.assertRaises((TypeError, ValueError)):
                event_hash(None, {"value": value})

    def test_empty_chain(self):
        self.assertEqual(verify([], None, 0), [])
        self.assertEqual(verify([], None, 2), [Problem(0, "missing")])

    @PROPERTY
    @given(payloads)
    def test_key_order_does_not_matter(self, payload):
        self.assertEqual(
            event_hash("", payload), event_hash(False, dict(reversed(payload.items())))
        )

    @PROPERTY
    @given(chains())
    def test_whole_chain(self, rows):
        self.assertEqual(verify(rows), [])
        self.assertEqual(verify(rows, rows[-1]["hash"], len(rows)), [])

    @PROPERTY
    @given(chains(), forgeries, st.data())
    def test_changed_payload(self, rows, payload, data):
        index = data.draw(st.integers(0, len(rows) - 1))
        rows[index]["payload"] = payload
        self.assertEqual(verify(rows), [Problem(index, "changed")])

    @PROPERTY
    @given(chains(), st.data())
    def test_changed_hash(self, rows, data):
        index = data.draw(st.integers(0, len(rows) - 1))
        rows[index]["hash"] = "f" * 64
        self.assertEqual(verify(rows), [Problem(index, "changed")])

    @PROPERTY
    @given(chains(), forgeries, st.data())
    def test_row_rewritten_with_a_matching_hash(self, rows, payload, data):
        """Whoever can compute hashes still cannot hide: the next row, or the dossier,
        remembers the old one.
        """
        index = data.draw(st.integers(0, len(rows) - 1))
        last = rows[-1]["hash"]
        rows[index].update(
            payload=payload, hash=event_hash(rows[index]["previous"], payload)
        )
        self.assertEqual(verify(rows, last, len(rows)), [Problem(index + 1, "missing")])

    @PROPERTY
    @given(chains(), forgeries)
    def test_whole_chain_rewritten(self, rows, payload):
        forged = chain([payload, *(row["payload"] for row in rows[1:])])
        self.assertEqual(verify(forged), [])
        self.assertEqual(
            verify(forged, rows[-1]["hash"], len(rows)), [Problem(len(rows), "missing")]
        )

    @PROPERTY
    @given(chains(), st.data())
    def test_deleted_row(self, rows, data):
        last = rows[-1]["hash"]
        index = data.draw(st.integers(0, len(rows) - 1))
        del rows[index]
        self.assertIn(Problem(index, "missing"), verify(rows, last, len(rows) + 1))

    @PROPERTY
    @given(chains(min_size=2), st.data())
    def test_swapped_rows(self, rows, data):
        one, other = sorted(
            data.draw(st.sets(st.integers(0, len(rows) - 1), min_size=2, max_size=2))
        )
        rows[one], rows[other] = rows[other], rows[one]
        problems = verify(rows)
        self.assertEqual({problem.kind for problem in problems}, {"reordered"})
        self.assertEqual(problems[0].index, one)

    @PROPERTY
    @given(chains(), forgeries)
    def test_row_slipped_in(self, rows, payload):
        forged = {
            "payload": payload,
            "previous": rows[0]["hash"],
            "hash": event_hash(rows[0]["hash"], payload),
        }
        last = rows[-1]["hash"]
        rows.insert(1, forged)
        self.assertEqual(
            [problem.kind for problem in verify(rows, last, len(rows) - 1)],
            ["reordered"],
        )
