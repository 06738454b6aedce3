"""The studio as administrators use it: what a person does with mouse and keyboard."""


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

    def labels(self):
        """Labels of all fields, from top to bottom."""
        return [
            text.removesuffix("*").strip()
            for text in self.page.locator(".o_motcua_card_label").all_inner_texts()
        ]

    # What is put into the form

    def press(self, kind):
        """Press a kind of field in the palette."""
        self.page.click(f"[name=add_{kind}]")

    def drag(self, kind, target):
        """Drag a kind of field from the palette onto a place."""
        self._drag(self.page.locator(f"[name=add_{kind}]"), target)

    def drag_field(self, label, target):
        """Drag a field onto a place."""
        self._drag(self.card(label).locator("> header"), target)

    def section(self, title):
        """Where the fields of a section are dropped."""
        title = title.replace("'", "\\'")
        index = self.page.evaluate(
            "title => [...document.querySelectorAll('[name=section_title]')]"
            ".findIndex(input => input.value === title)",
            title,
        )
        section = self.page.locator(".o_motcua_form_section").nth(index)
        return section.locator("> .o_motcua_field_list")

    def columns(self, label):
        """Where the fields of a repeating section are dropped."""
        return self.card(label).locator("> .o_motcua_repeat > .o_motcua_field_list")

    def add_section(self, title):
        titles = self.page.locator("[name=section_title]")
        new = titles.nth(titles.count())
        self.page.click("[name=add_section]")
        new.fill(title)

    def _drag(self, source, target):
        """Drag to the end of a list of fields, as a hand does: in many small steps."""
        source.scroll_into_view_if_needed()
        start = source.bounding_box()
        mouse = self.page.mouse
        mouse.move(start["x"] + 40, start["y"] + start["height"] / 2)
        mouse.down()
        mouse.move(start["x"] + 60, start["y"] + start["height"] / 2 + 15, steps=3)
        self.page.wait_for_selector(".o_motcua_dragging")
        target.evaluate("list => list.scrollIntoView({block: 'nearest'})")
        # What is passed makes room, and the target gives way a little.
        for _correction in range(4):
            end = target.bounding_box()
            mouse.move(
                end["x"] + end["width"] / 2, end["y"] + end["height"] - 5, steps=8
            )
        mouse.up()
        self.page.wait_for_selector(".o_motcua_dragging", state="detached")

    # What is set of a field

    def choose(self, label):
        """Open the properties of a field."""
        card = self.card(label)
        if card.locator("> .o_motcua_properties").count() == 0:
            card.locator("> header").click()
        return card.locator("> .o_motcua_properties")

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
        self.chosen.locator("[name=required]").check()

    def set_options(self, *labels):
        """Type the choices of the field that is open, one after the other."""
        options = self.chosen.locator("[name=option]")
        for index, label in enumerate(labels):
            if index == options.count():
                options.last.press("Enter")
            options.nth(index).fill(label)

    def add_condition(self, prop, field, operator, value=None):
        """Add a row to a condition of the field that is open.

        :param prop: ``visible_if`` or ``required_if``
        :param field: label of the field to look at
        :param operator: ``=``, ``filled``, …
        :param value: words of a choice, or what is typed
        """
        details = self.chosen.locator("details:has(.o_motcua_condition)")
        if details.get_attribute("open") is None:
            details.locator("summary").click()
        condition = self.chosen.locator(f"[data-property={prop}]")
        rows = condition.locator(".o_motcua_test")
        row = rows.nth(rows.count())
        condition.locator("[name=add_test]").click()
        row.locator("[name=test_field]").select_option(label=field)
        row.locator("[name=test_op]").select_option(operator)
        if value is not None:
            given = row.locator("[name=test_value]")
            if given.evaluate("element => element.tagName") == "SELECT":
                given.select_option(label=value)
            else:
                given.fill(value)

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

    def see_no_finding(self):
        self.page.wait_for_selector(".o_motcua_finding", state="detached")

    def see_alert(self, text=""):
        self.page.wait_for_selector(f".o_motcua_strip.alert-danger:has-text('{text}')")

    def save(self):
        self.page.click("[name=save]")
        self.see_saved()

    def see_saved(self):
        self.page.wait_for_selector(".o_motcua_saved")
