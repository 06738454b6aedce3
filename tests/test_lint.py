"""The code passes ``./motcua lint``, and rules of our own find what they are for."""

import subprocess

import pytest

from launcher import lint, paths, screen_lint, template_lint


@pytest.mark.parametrize("name", sorted(lint.checks()))
def test_lint(name):
    result = subprocess.run(
        lint.checks()[name], capture_output=True, text=True, cwd=paths.ROOT
    )
    assert result.returncode == 0, f"\n{result.stdout}{result.stderr}"


@pytest.mark.parametrize(
    "line, told",
    [
        ("assert page.locator('li').count() == 2", "count"),
        ("assert rows.all_inner_texts() == ['a']", "all_inner_texts"),
        ("name = page.input_value('[name=name]')", "input_value"),
        ("if desk.page.locator('a').is_visible(): pass", "is_visible"),
        ("page.evaluate('document.title')", "evaluate"),
        ("number = int(self.page.url.rpartition('/')[2])", "page.url"),
        ("page.locator('input').check()", "check"),
        ("time.sleep(1)", "sleeps"),
        ("page.wait_for_timeout(300)", "sleeps"),
        ("expect(rows).to_have_count(2, timeout=1000)", "time-out"),
    ],
)
def test_a_screen_read_without_waiting_is_found(line, told):
    [finding] = screen_lint.directly_read(f"\n{line}\n")
    assert finding.startswith("2: ")
    assert told in finding


@pytest.mark.parametrize(
    "line",
    [
        "expect(page.locator('li')).to_have_count(2)",
        "first, last = texts_of(editor.names, 2)",
        "assert 'abc'.count('b') == all([True])",
        "if '/report/' in response.url: pass",
        "Rpc(server.url, server.database, name, name)",
    ],
)
def test_what_waits_is_let_be(line):
    assert screen_lint.directly_read(line) == []


@pytest.mark.parametrize(
    "attributes, names",
    [
        ("t-on-change=\"(ev) => this.set('n', Number(ev.target.value))\"", ["Number"]),
        ('t-esc="parseInt(state.n) + parseFloat(state.m)"', ["parseFloat", "parseInt"]),
        ('t-att-title="`${JSON.stringify(state.rows)}`"', ["JSON"]),
        (
            't-attf-href="/odoo/{{ encodeURIComponent(row.id) }}"',
            ["encodeURIComponent"],
        ),
        ('t-foreach="[...new Set(rows)]" t-as="row"', ["Set"]),
    ],
)
def test_globals_in_a_template_are_found(attributes, names):
    for template in (
        f"<a {attributes} />",
        f"<field name='x'><b {attributes} /></field>",
    ):
        found = template_lint.globals_in(f"<templates>\n{template}</templates>")
        assert found == [f"2: a template does not know {name}" for name in names]


def test_globals_are_found_where_components_and_views_have_them():
    component = (
        "<templates><Dialog title='String(props.n)' size=\"'Map'\" /></templates>"
    )
    assert template_lint.globals_in(component) == ["1: a template does not know String"]
    view = (
        "<odoo><record><field><kanban><templates>"
        "<t t-name='card'><b t-if='isNaN(record.n.raw_value)' /></t>"
        "</templates></kanban></field></record></odoo>"
    )
    assert template_lint.globals_in(view) == ["1: a template does not know isNaN"]


@pytest.mark.parametrize(
    "attributes",
    [
        't-esc="Math.max(state.Number, props.row.parseInt(1))"',
        't-props="{ Number: state.n, Map: 1 }"',
        't-on-click="(Number) => use(Number)" t-on-input="Event => use(Event)"',
        't-att-title="\'Number(1)\'" title="Number(1)" t-name="Number"',
        't-esc="Date.now()" t-call="web.Number" t-set="Map" t-value="1"',
    ],
)
def test_names_that_a_template_knows_are_let_be(attributes):
    assert template_lint.globals_in(f"<templates><a {attributes} /></templates>") == []
