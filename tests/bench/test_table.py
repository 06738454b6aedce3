"""What the benchmarks say about what they have measured."""

from tests.bench.measure import Limit, Rate, Ratio, Timing, interleave, timing
from tests.bench.table import Comparison, all_met, report

FAST, SLOW = Timing(10, 12), Timing(20, 90)


def test_ours_is_compared_with_the_first_of_the_others():
    row = Ratio("receive", [FAST, SLOW, FAST], bar=0.5)
    assert row.ratio == 0.5
    assert row.is_met
    assert not Ratio("receive", [SLOW, FAST, SLOW], bar=1.9).is_met


def test_limits_are_for_the_slow_end():
    assert Limit("search", SLOW, bar=90).is_met
    assert not Limit("search", SLOW, bar=50).is_met


def test_rates_without_a_bar_are_met():
    assert Rate("due dates", 5).is_met
    assert not Rate("due dates", 5, bar=6).is_met


def test_one_bar_that_is_not_met_is_enough():
    good = Comparison(("ours", "theirs"), [Ratio("a", [FAST, SLOW], bar=1)])
    bad = Comparison(("ours", "theirs"), [Ratio("b", [SLOW, FAST], bar=1)])
    assert all_met([good, Limit("c", FAST, bar=50), Rate("d", 7)])
    assert not all_met([good, bad])
    assert not all_met([good, Limit("c", FAST, bar=5)])
    assert not all_met([good, Rate("d", 7, bar=8)])


def test_report():
    results = [
        Comparison(
            ("ours", "theirs", "others"),
            [
                Ratio("one", [FAST, SLOW, FAST], bar=0.8),
                Ratio("two", [SLOW, FAST], bar=1.5),
            ],
        ),
        Rate("rows", 1234.5, bar=1000),
        Limit("batch", SLOW, bar=3000),
        Rate("lines", 7),
    ]
    assert (
        report(results)
        == """\
| p50 / p95 in ms | ours | theirs | others | ratio to theirs | bar |  |
|---|---|---|---|---|---|---|
| one | 10.0 / 12.0 | 20.0 / 90.0 | 10.0 / 12.0 | 0.50 | ≤ 0.8 | met |
| two | 20.0 / 90.0 | 10.0 / 12.0 | – | 2.00 | ≤ 1.5 | NOT MET |

| p50 / p95 in ms |  | bar for p95 |  |
|---|---|---|---|
| batch | 20.0 / 90.0 | ≤ 3,000 | met |

| on one core | a second | bar |  |
|---|---|---|---|
| rows | 1,234 | ≥ 1,000 | met |
| lines | 7 |  |  |"""
    )


def test_timing_of_several_runs():
    assert timing(list(range(101))) == Timing(50, 95)


def test_actions_take_turns():
    calls = []
    timings = interleave(
        ["A", "B"], rounds=2, warm_up=1, share=10, watch=lambda a: calls.append(a) or 5
    )
    assert calls == ["A", "B", "B", "A", "A", "B"]
    assert timings == [Timing(0.5, 0.5)] * 2
