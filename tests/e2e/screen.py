"""How tests look at a screen: always waiting until it says what they look for.

A page is drawn a moment after it was acted on, so what is read at once may be what was
there before. Playwright's ``expect`` waits; where a test needs the value itself, a
place or a yes or no, it asks here. ``./motcua lint`` names what reads by itself.
"""

import re
import time

from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1366, "height": 768}

# Counts, in every page, the requests of the web client that were not answered yet.
COUNT_REQUESTS = """
window.openRequests = 0;
const send = XMLHttpRequest.prototype.send;
XMLHttpRequest.prototype.send = function (...args) {
    window.openRequests += 1;
    this.addEventListener("loadend", () => (window.openRequests -= 1), { once: true });
    return send.apply(this, args);
};
const fetched = window.fetch;
window.fetch = (...args) => {
    window.openRequests += 1;
    return fetched(...args).finally(() => (window.openRequests -= 1));
};
"""
# Whether a page stands still, before and after it has drawn what there was to draw.
STILL = """() => {
    const BUSY = ".o_loading_indicator, [class*=o_motcua][aria-busy]";
    const still = () => !window.openRequests && !document.querySelector(BUSY);
    const drawn = (done) => requestAnimationFrame(() =>
        requestAnimationFrame(() => requestIdleCallback(done, { timeout: 1000 })));
    return still() && new Promise(drawn).then(still);
}"""
# The place of an element when it no longer moves.
STEADY_BOX = """element => new Promise((done) => {
    const read = () => JSON.stringify(element.getBoundingClientRect());
    const look = (before) => requestAnimationFrame(() => {
        const now = read();
        now === before ? done(JSON.parse(now)) : look(now);
    });
    look(read());
})"""


def settle(page):
    """Wait until nothing loads and nothing is about to be drawn anew, and the browser
    has time for the user, as for somebody who types only when a page stands still."""
    page.wait_for_function(STILL)


def scan(page, text):
    """What a scanner does: keys in a burst and Enter, wherever the cursor stands. Each
    bears the moment at which the scanner sent it, however busy this computer is."""
    session = page.context.new_cdp_session(page)
    moment = time.time()
    for key in (*text, "Enter"):
        moment += 0.005
        key = {"key": key, "text": "\r" if key == "Enter" else key}
        for kind in ("keyDown", "keyUp"):
            session.send(
                "Input.dispatchKeyEvent", {"type": kind, "timestamp": moment, **key}
            )
    session.detach()


def hold_next(page, pattern):
    """Keep the next such request back: it goes on by ``held[0].continue_()``."""
    held = []
    page.route(pattern, lambda route: held.append(route), times=1)
    return held


def tick(box):
    """Tick a box or choose a button of several, once the page stands still: what it
    does may draw it anew, and playwright's own ``check`` looks at it at once."""
    settle(box.page)
    box.click()
    expect(box).to_be_checked()


def shoot(page, folder, name):
    """Keep pictures of the page for a phone and for a desktop, where it stays."""
    for size, viewport in (("phone", PHONE), ("desktop", DESKTOP)):
        page.set_viewport_size(viewport)
        settle(page)
        page.screenshot(path=folder / f"{name}-{size}.png")


def see(page, condition, value=None):
    """Wait until a condition in JavaScript holds; ``value`` is what it is given."""
    page.wait_for_function(condition, arg=value)


def text_of(locator, pattern=r"\S"):
    """The part of an element's text that fits, once it does; the text if any fits."""
    expect(locator).to_have_text(re.compile(pattern))
    text = locator.inner_text().strip()
    return text if pattern == r"\S" else re.search(pattern, text)[0]


def texts_of(locators, count=None):
    """The texts of all elements, once there are ``count`` of them, or any, on a page
    that stands still."""
    if count is None:
        expect(locators).not_to_have_count(0)
    else:
        expect(locators).to_have_count(count)
    settle(locators.page)
    return [text.strip() for text in locators.all_inner_texts()]


def all_of(locators):
    """Each of the elements that a page which stands still has; at least one."""
    expect(locators).not_to_have_count(0)
    settle(locators.page)
    return locators.all()


def next_of(locators):
    """The element that is about to be added behind those of a page that stands
    still."""
    settle(locators.page)
    return locators.nth(locators.count())


def shows(locator):
    """Whether a page that stands still shows an element."""
    settle(locator.page)
    return locator.is_visible()


def value_of(field):
    """What stands in a field of a page that stands still."""
    settle(field.page)
    return field.input_value()


def show_edge(element):
    """Scroll as little as shows an element that may be higher than the window."""
    element.evaluate("element => element.scrollIntoView({ block: 'nearest' })")


def box_of(locator):
    """Where an element is, once it no longer moves: ``x``, ``y``, ``width`` and
    ``height`` in pixels of the page."""
    return locator.evaluate(STEADY_BOX)


def record_on(page):
    """The id of the record that the address names, once it names one."""
    address = re.compile(r"/(\d+)(?:\?|$)")
    page.wait_for_url(address)
    return int(address.search(page.url)[1])


# Everything that can be used in what is in front: a menu, a dialog, or the screen.
CONTROLS = """root => {
    const FRONT = [".o-dropdown--menu", ".modal", ".o_popover", root];
    const ANY = `button, select, input, textarea, summary, a[href], [role=button],
        [role=menuitem], [tabindex="0"], [contenteditable=true], [draggable=true]`;
    const seen = (node) => node.checkVisibility({ visibilityProperty: true })
        && node.getBoundingClientRect().width > 1;
    const front = FRONT.map((selector) => [...document.querySelectorAll(selector)])
        .find((nodes) => nodes.some(seen)) || [];
    document.querySelectorAll("[data-tried]")
        .forEach((node) => node.removeAttribute("data-tried"));
    const found = [];
    for (const node of front.flatMap((part) => [...part.querySelectorAll(ANY)])) {
        const isFile = node.type === "file";
        if (node.disabled || node.readOnly || (!isFile && !seen(node)) ||
            node.closest("[inert], fieldset:disabled") || node.dataset.tried) {
            continue;
        }
        const tag = node.tagName.toLowerCase();
        const inFooter = node.closest(".modal-footer, .modal footer");
        const name = node.getAttribute("name") || node.title || node.ariaLabel
            || (inFooter && node.innerText.trim()) || node.getAttribute("class") || "";
        const where = node.closest("[data-property], [data-pane], .modal");
        const key = [tag, node.type, name, where?.dataset.property].join(" ");
        const number = (node.dataset.tried = String(found.length));
        const closed = node.getAttribute("aria-expanded") === "false"
            || (tag === "summary" && !node.parentElement.open);
        const place = [key, node.closest("[data-key]")?.dataset.key].join(" ");
        const add = (way, key, more = {}) => found.push(
            { number, key, closed, place, option: null, way, ...more });
        if (tag === "select") {
            // Nobody can choose what is chosen already.
            const others = [...node.options].filter((one) => !one.selected);
            for (const { value, text } of others) {
                add("choose", `${key} = ${text.trim()}`, { option: value });
            }
        } else if (isFile) {
            add("file", key);
        } else if (node.isContentEditable) {
            add("write", key);
        } else if (tag === "textarea" || (tag === "input" &&
                !["checkbox", "radio", "button", "submit"].includes(node.type))) {
            const isDay = /dd\\/mm/.test(node.placeholder) || node.type === "date";
            const text = node.type === "date" ? "2026-03-05" : "05/03/2026";
            add("fill", key, { text: isDay ? text : "5" });
        } else {
            add("click", key);
            if (node.draggable || node.matches(".o_motcua_grip")) {
                add("drag", `drag ${key}`);
            }
        }
    }
    return found;
}"""


def controls_on(page, root):
    """What can be used on a page that stands still: a list of dicts with ``key`` (what
    it is, the same after drawing it again), ``number`` (in its attribute ``data-
    tried``), ``way`` (how it is used) and what that takes. Hidden and disabled ones are
    left out.
    """
    settle(page)
    return page.evaluate(CONTROLS, root)
