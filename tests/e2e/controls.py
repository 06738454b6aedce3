"""Uses every control of a screen, as somebody would who tries everything."""

from io import BytesIO

from PIL import Image
from playwright.sync_api import expect

from .screen import box_of, controls_on, settle, shows

# What takes away what other controls belong to comes last.
LAST = ("remove", "reload", "close", "undo", "new_version", "adapt", "save_copy")
LIMIT = 600
# Debian leaves it out of its package of Odoo.
KNOWN = "selfie_segmentation"


class Explorer:
    """Uses one control after the other, each once in every form in which it comes up,
    and every choice of a list; what comes up on the way comes next. It fails when a
    screen crashes or a script complains.

    :param open_screen: opens the screen anew, on a record of its own
    :param root: selector of what belongs to the screen
    """

    def __init__(self, page, open_screen, root):
        self.page = page
        self.open_screen = open_screen
        self.root = root
        self.used = []
        self.problems = []
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", self._note)
        page.on("popup", lambda popup: popup.close())

    def _note(self, message):
        if message.type == "error" and KNOWN not in message.text:
            self.problems.append(message.text)

    def use_everything(self):
        """:return: what was used, in order"""
        news = True
        while news:
            before = len(self.used)
            self._open()
            while self._use_next():
                assert len(self.used) < LIMIT, "no end of controls"
            news = len(self.used) > before
        return self.used

    def _open(self):
        self.open_screen()
        self.opened = set()
        self._check("opening")

    def _use_next(self):
        """Use a control that was not used yet, or open what may hide one."""
        if not shows(self.page.locator(self.root).first):
            self._open()
        controls = controls_on(self.page, self.root)
        new = [control for control in controls if control["key"] not in self.used]
        if new:
            control = min(new, key=self._rank)
            self.used.append(control["key"])
        else:
            closed = [
                control
                for control in controls
                if control["closed"] and control["place"] not in self.opened
            ]
            if not closed:
                return False
            control = closed[0]
        if control["closed"]:
            self.opened.add(control["place"])
        self._use(control)
        self._check(control["key"])
        return True

    @staticmethod
    def _rank(control):
        """A dialog or a menu is finished first; choices of lists come after what is
        there, and what takes away after everything."""
        takes_away = any(word in control["key"] for word in LAST)
        return takes_away, control["option"] is not None

    def _use(self, control):
        element = self.page.locator(f"[data-tried='{control['number']}']")
        match control["way"]:
            case "choose":
                element.select_option(control["option"])
            case "fill":
                element.fill(control["text"])
                element.press("Tab")
            case "file":
                element.set_input_files([_picture()])
            case "write":
                element.click()
                self.page.keyboard.type("x")
            case "drag":
                self._drag(element)
            case _:
                element.click()

    def _drag(self, element):
        """A little way down and back, and let go."""
        element.scroll_into_view_if_needed()
        box = box_of(element)
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        mouse = self.page.mouse
        mouse.move(x, y)
        mouse.down()
        mouse.move(x, y + 60, steps=6)
        mouse.move(x, y + 20, steps=3)
        mouse.up()

    def _check(self, what):
        settle(self.page)
        expect(self.page.locator(".o_error_dialog")).to_have_count(0)
        assert not self.problems, f"after {what}: {self.problems}"


def _picture():
    content = BytesIO()
    Image.new("RGB", (60, 80), "white").save(content, "PNG")
    return {"name": "a.png", "mimeType": "image/png", "buffer": content.getvalue()}
