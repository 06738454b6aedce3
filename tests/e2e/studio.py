"""The studio as administrators use it: what a person does with mouse and keyboard."""

from .screen import (
    all_of,
    box_of,
    next_of,
    see,
    show_edge,
    shows,
    texts_of,
    tick,
    value_of,
)


class FormEditor:
    """The form editor on a page; fields are told by their labels."""

    def __init__(self, page):
        self.page = page

    def open(self, version_id):
        self.page.goto(f"/odoo/{version_id}/bieu-mau")
        return self.wait()

    def wait(self):
        self.page.wait_for_selector(".o_motcua_editor_panes")
        return self

    def card(self, label):
        """The card of the field with exactly this label."""
        return self.page.locator(
            ".o_motcua_field_card",
            has=self.page.locator(
                "xpath=./header/span[contains(@class, 'o_motcua_card_label')]"
                f"[normalize-space()='{label}' or normalize-space()='{label} *']"
            ),
        )

    @property
    def fields(self):
        """The labels of all fields on the page, from top to bottom."""
        return self.page.locator(".o_motcua_card_label")

    def labels(self):
        """What the labels read; there is at least one."""
        return [text.removesuffix("*").strip() for text in texts_of(self.fields)]

    def see_labels(self, labels):
        """Wait until these are the labels of all fields, from top to bottom."""
        see(
            self.page,
            """labels => JSON.stringify(labels) === JSON.stringify(
                [...document.querySelectorAll(".o_motcua_card_label")].map(
                    (label) => label.innerText.replace(/\\*$/, "").trim()
                )
            )""",
            labels,
        )

    # What is put into the form

    def press(self, kind):
        """Press a kind of field in the palette."""
        new = self._next_card()
        self.page.click(f"[name=add_{kind}]")
        new.wait_for()

    def press_with_keys(self, kind):
        """Press a kind of field in the palette without a mouse."""
        new = self._next_card()
        self.page.focus(f"[name=add_{kind}]")
        self.page.keyboard.press("Enter")
        new.wait_for()

    def _next_card(self):
        """The card of a field that is about to be added, wherever it comes to stand."""
        return next_of(self.page.locator(".o_motcua_field_card"))

    def drag(self, kind, target):
        """Drag a kind of field from the palette onto a place."""
        new = self._next_card()
        self._drag(self.page.locator(f"[name=add_{kind}]"), target)
        new.wait_for()

    def drag_field(self, label, target):
        """Drag a field onto a place."""
        self._drag(self.card(label).locator("> header"), target)

    def section(self, title):
        """Where the fields of a section are dropped."""
        sections = self.page.locator(".o_motcua_form_section")
        for section in all_of(sections):
            if value_of(section.locator("[name=section_title]")) == title:
                return section.locator("> .o_motcua_field_list")
        raise AssertionError(f"no section is called {title}")

    def columns(self, label):
        """Where the fields of a repeating section are dropped."""
        return self.card(label).locator("> .o_motcua_repeat > .o_motcua_field_list")

    def add_section(self, title):
        new = next_of(self.page.locator("[name=section_title]"))
        self.page.click("[name=add_section]")
        new.fill(title)

    def _drag(self, source, target):
        """Drag to the end of a list of fields, as a hand does: in many small steps."""
        source.scroll_into_view_if_needed()
        start = box_of(source)
        mouse = self.page.mouse
        mouse.move(start["x"] + 40, start["y"] + start["height"] / 2)
        mouse.down()
        mouse.move(start["x"] + 60, start["y"] + start["height"] / 2 + 15, steps=3)
        self.page.wait_for_selector(".o_motcua_dragging")
        show_edge(target)
        # What is passed makes room, and the target gives way a little.
        for _correction in range(4):
            end = box_of(target)
            mouse.move(
                end["x"] + end["width"] / 2, end["y"] + end["height"] - 5, steps=8
            )
        mouse.up()
        self.page.wait_for_selector(".o_motcua_dragging", state="detached")

    # What is set of a field

    def choose(self, label):
        """Open the properties of a field."""
        card = self.card(label)
        properties = card.locator("> .o_motcua_properties")
        if not shows(properties):
            card.locator("> header").click()
        properties.wait_for()
        return properties

    @property
    def chosen(self):
        """The properties of the field that is open."""
        return self.page.locator(
            ".o_motcua_field_card.o_motcua_chosen > .o_motcua_properties"
        )

    def set_label(self, label):
        """Type the label of the field that is open."""
        self.chosen.locator("[name=label]").fill(label)

    def require(self):
        tick(self.chosen.locator("[name=required]"))

    def set_options(self, *labels):
        """Type the choices of the field that is open, one after the other."""
        options = self.chosen.locator("[name=option]")
        for index, label in enumerate(labels):
            if not shows(options.nth(index)):
                options.last.press("Enter")
            options.nth(index).fill(label)

    def add_condition(self, prop, field, operator, value=None):
        """Add a row to a condition of the field that is open.

        :param prop: ``visible_if`` or ``required_if``
        :param field: label of the field to look at
        :param operator: ``=``, ``filled``, …
        :param value: words of a choice, or what is typed
        """
        condition = self.chosen.locator(f"[data-property={prop}]")
        if not shows(condition):
            details = self.chosen.locator("details:has(.o_motcua_condition)")
            details.locator("summary").click()
        row = next_of(condition.locator(".o_motcua_test"))
        condition.locator("[name=add_test]").click()
        row.locator("[name=test_field]").select_option(label=field)
        row.locator("[name=test_op]").select_option(operator)
        if value is not None:
            given = row.locator("[name=test_value]")
            if shows(given.and_(self.page.locator("select"))):
                given.select_option(label=value)
            else:
                given.fill(value)

    def insert_into_formula(self, field):
        """Insert a field, by its label, into the formula that is open."""
        self.chosen.locator("[name=insert_field]").select_option(label=field)

    def type_into_formula(self, text):
        self.chosen.locator("[name=formula]").press_sequentially(text)

    # The preview, and saving

    @property
    def preview(self):
        return self.page.locator(".o_motcua_form_preview")

    def see_in_preview(self, text):
        self.preview.locator(f".o_motcua_eform :text('{text}')").first.wait_for()

    def see_gone_from_preview(self, text):
        self.preview.locator(f".o_motcua_eform :text('{text}')").wait_for(
            state="detached"
        )

    def answer(self, name):
        """What is filled in in the preview, by technical name."""
        return self.preview.locator(f"[name={name}]")

    def see_finding(self, label):
        self.card(label).locator("> .o_motcua_finding").wait_for()

    def see_finding_gone(self, label):
        self.card(label).locator("> .o_motcua_finding").wait_for(state="detached")

    def see_alert(self, text=""):
        self.page.wait_for_selector(f".o_motcua_strip.alert-danger:has-text('{text}')")

    def save(self):
        self.page.click("[name=save]")
        self.see_saved()

    def see_saved(self):
        self.page.wait_for_selector(".o_motcua_saved")


class DocumentEditor:
    """The editor of a document template on a page."""

    def __init__(self, page):
        self.page = page

    def open(self, template_id):
        self.page.goto(f"/odoo/motcua.document.template/{template_id}")
        return self.wait()

    def start(self, version_id, starter):
        """Add a document to a version, as one of those to begin from."""
        page = self.page
        page.goto(f"/odoo/motcua.procedure.version/{version_id}")
        page.locator(".o_notebook [name=documents]").click()
        page.locator(".o_notebook_content button .fa-plus").click()
        tick(page.locator(f".modal input[data-value={starter}]"))
        page.click(".modal button[name=action_create]")
        return self.wait()

    def wait(self):
        self.text.wait_for()
        self.preview.locator("body").wait_for()
        return self

    @property
    def text(self):
        return self.page.locator(".o_motcua_document_body .odoo-editor-editable")

    @property
    def preview(self):
        """The page of the document, as it would be printed."""
        return self.page.frame_locator(".o_motcua_document_preview iframe")

    def at_end_of(self, words):
        """Put the cursor behind the paragraph with these words."""
        paragraph = self.text.locator("p", has_text=words).last
        box = box_of(paragraph)
        paragraph.click(position={"x": box["width"] - 3, "y": box["height"] - 6})
        self.page.keyboard.press("End")

    def type(self, words):
        self.page.keyboard.type(words)

    def new_paragraph(self):
        self.page.keyboard.press("Enter")

    def pick(self, typed, name):
        """Find a merge field by typing, and put it where the cursor is."""
        self.page.fill("[name=search_field]", typed)
        self.page.click(f".o_motcua_pick[data-field='{name}']")

    def add_table(self, section):
        """Put a table with a row for each entry where the cursor is."""
        self.page.fill("[name=search_field]", "")
        self.page.click(f"[data-section={section}]")

    def show_only_if(self, field, operator, value):
        """Print the paragraph with the cursor only if a field has this value."""
        self.page.keyboard.type("/")
        item = self.page.locator(
            ".o-we-command", has=self.page.locator(".fa-code-fork")
        )
        item.click()
        modal = self.page.locator(".modal")
        modal.locator("[name=add_test]").click()
        modal.locator("[name=test_field]").select_option(label=field)
        modal.locator("[name=test_op]").select_option(operator)
        modal.locator("[name=test_value]").select_option(value)
        modal.locator("[name=save_condition]").click()
        modal.wait_for(state="detached")

    def save(self):
        self.page.click(".o_form_button_save")
        self.page.wait_for_selector(
            ".o_form_status_indicator_buttons.invisible", state="attached"
        )
        return self


class WorkflowEditor:
    """The workflow editor on a page; steps are told by their names."""

    def __init__(self, page):
        self.page = page

    def open(self, workflow_id):
        self.page.goto(f"/odoo/{workflow_id}/quy-trinh")
        return self.wait()

    def wait(self):
        self.page.wait_for_selector(".o_motcua_step_list")
        return self

    @property
    def names(self):
        """The names of all steps on the page, in their order."""
        return self.page.locator(".o_motcua_step_name")

    def card(self, name):
        return self.page.locator(
            ".o_motcua_step",
            has=self.page.locator(
                f"xpath=.//span[contains(@class, 'o_motcua_step_name')]"
                f"[normalize-space()='{name}']"
            ),
        )

    @property
    def chosen(self):
        """What can be set of the step that is open."""
        return self.page.locator(".o_motcua_step.o_motcua_chosen")

    def choose(self, name):
        card = self.card(name)
        if not shows(card.locator(".o_motcua_properties")):
            card.locator("> header").click()
        return self.chosen

    def begin(self):
        """Reception and handing over, as every workflow has them."""
        self.page.click("[name=begin]")
        self.page.wait_for_selector(".o_motcua_step.o_motcua_chosen")

    def add_step(self, name, share=None, **choices):
        """Add a step after the one that is open.

        :param choices: values by name of the select: ``role``, ``place``, …
        """
        new = next_of(self.page.locator(".o_motcua_step"))
        self.page.click("[name=add_step]")
        new.wait_for()
        self.chosen.locator("[name=step_name]").fill(name)
        self.set(share, **choices)

    def set(self, share=None, **choices):
        """Set what the step that is open can be."""
        for select, value in choices.items():
            self.chosen.locator(f"[name={select}]").select_option(value)
        if share is not None:
            self.chosen.locator("[name=term_share]").fill(str(share))
            self.chosen.locator("[name=term_share]").press("Tab")

    def may_finish(self):
        tick(self.chosen.locator("[name=can_finish]"))

    def add_way(self, kind, to, name=None):
        """Add a way from the step that is open.

        :param kind: ``forward`` or ``return``
        :param to: name of the step it leads to
        :return: the new way on the page
        """
        way = next_of(self.chosen.locator(".o_motcua_way"))
        self.chosen.locator(f"[name=add_{kind}]").click()
        way.locator("[name=way_to]").select_option(label=to)
        if name:
            way.locator("[name=way_name]").fill(name)
        return way

    def measure_by(self, typed):
        """Choose the procedure version that conditions and days go by."""
        selector = self.page.locator(".o_motcua_measure input")
        selector.fill(typed)
        self.page.locator(
            ".o_motcua_measure .dropdown-item", has_text=typed
        ).first.click()

    def add_condition(self, way, field, operator, value):
        way.locator("[name=add_test]").click()
        row = way.locator(".o_motcua_test").last
        row.locator("[name=test_field]").select_option(label=field)
        row.locator("[name=test_op]").select_option(operator)
        row.locator("[name=test_value]").fill(value)

    @property
    def picture(self):
        return self.page.locator(".o_motcua_picture_frame svg")

    def see_in_picture(self, text):
        self.picture.locator(f"text:has-text('{text}')").first.wait_for()

    def save(self):
        self.page.click("[name=save]")
        self.page.wait_for_selector(".o_motcua_status .fa-check")
        return self
