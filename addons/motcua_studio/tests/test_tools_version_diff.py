from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from ..tools.version_diff import Change, diff, likeness


def entry(key, name=None, **values):
    return {"key": key, "name": name or key, "values": values}


WORDS = st.sampled_from(["", "một", "hai", "Bản sao", "Bản sao chứng thực", "Đơn"])
ENTRIES = st.lists(
    st.builds(
        lambda key, name, values: {"key": key, "name": name or key, "values": values},
        st.sampled_from("abcdef"),
        WORDS,
        st.dictionaries(st.sampled_from(["term", "note"]), WORDS),
    ),
    max_size=5,
)
VERSIONS = st.dictionaries(st.sampled_from(["form", "papers", "steps"]), ENTRIES)
RENAMED = ("papers", "steps")


class TestVersionDiff(TestCase):
    def _diff(self, old, new, section="papers"):
        return diff({section: old}, {section: new}, RENAMED)

    def test_what_is_the_same_is_not_told(self):
        old = [entry("a", note="x"), entry("b")]
        self.assertEqual(self._diff(old, list(reversed(old))), [])

    def test_a_term(self):
        old = [entry("counter", "Tại quầy", term="5 ngày làm việc", note="")]
        new = [entry("counter", "Tại quầy", term="3 ngày làm việc")]
        self.assertEqual(
            self._diff(old, new, "terms"),
            [
                Change(
                    "terms",
                    "changed",
                    "Tại quầy",
                    (("term", "5 ngày làm việc", "3 ngày làm việc"),),
                )
            ],
        )

    def test_added_and_removed(self):
        found = self._diff([entry("a", "Đơn", copies="1")], [entry("z", "Ảnh thẻ")])
        self.assertEqual(
            found,
            [
                Change("papers", "added", "Ảnh thẻ", ()),
                Change("papers", "removed", "Đơn", (("copies", "1", ""),)),
            ],
        )

    def test_reworded_paper(self):
        """Recognised by what the two names have in common."""
        old = [entry("x", "Giấy chứng sinh", copies="1"), entry("y", "Tờ khai")]
        new = [entry("z", "Giấy chứng sinh bản điện tử", copies="2"), entry("w", "Ảnh")]
        changed, added, removed = self._diff(old, new)
        self.assertEqual(
            changed.values,
            (
                ("name", "Giấy chứng sinh", "Giấy chứng sinh bản điện tử"),
                ("copies", "1", "2"),
            ),
        )
        self.assertEqual((added.name, removed.name), ("Ảnh", "Tờ khai"))

    def test_a_field_with_another_technical_name_is_another_field(self):
        old, new = [entry("ho_ten", "Họ và tên")], [entry("ten", "Họ và tên")]
        kinds = [change.kind for change in self._diff(old, new, "form")]
        self.assertEqual(kinds, ["added", "removed"])

    def test_two_of_the_same_name(self):
        old = [entry("a"), entry("a")]
        self.assertEqual(len(self._diff(old, old[:1])), 1)
        self.assertEqual(self._diff(old, old), [])

    @given(VERSIONS)
    def test_nothing_changed(self, version):
        self.assertEqual(diff(version, version, RENAMED), [])

    @given(VERSIONS, VERSIONS)
    def test_the_other_way_round(self, one, other):
        """What was added is removed, and what was before is after."""
        mirrored = [
            (change.section, _MIRROR[change.kind], _facts(change, mirror=True))
            for change in diff(other, one, RENAMED)
        ]
        there = [
            (change.section, change.kind, _facts(change))
            for change in diff(one, other, RENAMED)
        ]
        self.assertCountEqual(there, mirrored)

    @given(VERSIONS, VERSIONS)
    def test_every_change_is_named(self, one, other):
        """Whoever knows one version and the changes knows the other."""
        changes = diff(one, other, RENAMED)
        for section in {*one, *other}:
            own = [change for change in changes if change.section == section]
            self.assertEqual(
                _words_after(one.get(section, []), own),
                _words_after(other.get(section, []), []),
            )

    @given(st.text(max_size=12), st.text(max_size=12))
    def test_likeness(self, one, other):
        self.assertEqual(likeness(one, other), likeness(other, one))
        self.assertEqual(likeness(one, one), 1)
        self.assertLessEqual(0, likeness(one, other))
        self.assertLessEqual(likeness(one, other), 1)


_MIRROR = {"added": "removed", "removed": "added", "changed": "changed"}


def _words(one):
    return [("name", one["name"]), *((k, v) for k, v in one["values"].items() if v)]


def _facts(change, mirror=False):
    """What a change says, without the name it is told under: that is the newer one."""
    values = [
        (attribute, after, before) if mirror else (attribute, before, after)
        for attribute, before, after in change.values
    ]
    name = change.name if change.kind != "changed" else ""
    return (name, tuple(sorted(values)))


def _words_after(entries, changes):
    """How often each word stands in the entries after the changes were made."""
    counts = {}

    def count(fact, by):
        counts[fact] = counts.get(fact, 0) + by

    for one in entries:
        for fact in _words(one):
            count(fact, 1)
    for change in changes:
        by = {"added": 1, "removed": -1}.get(change.kind)
        if by:
            count(("name", change.name), by)
        for attribute, before, after in change.values:
            if before:
                count((attribute, before), -1)
            if after:
                count((attribute, after), 1)
    return {fact: number for fact, number in counts.items() if number}
