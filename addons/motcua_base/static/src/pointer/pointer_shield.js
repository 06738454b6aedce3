import { browser } from "@web/core/browser/browser";
import { rpcBus } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

// Longer than the second click of a slow double click, shorter than a thought.
const REST = 700;
// How far a hand slips between two clicks, in pixels to each side.
const REACH = 24;
// What is clicked as a whole.
const THING = "button, a, [role=button], tr, li, .o_kanban_record, .o_motcua_row";
// The methods that do something; what only reads never moves a row.
const ACT = /^(action_\w+|confirm|refuse|guide|hand_over|apply_to)$/;

function isAct({ data, url }) {
    const { model = "", method = "" } = data.params || {};
    return url === "/web/action/run" || (model.startsWith("motcua.") && ACT.test(method));
}

/**
 * Hands slip: a click meant once comes twice, and where the first one has made a row go
 * away or a dialog come, the second hits whatever has moved under the pointer. So the
 * place where an act was clicked takes no further click until a moment after its answer,
 * and the second click of a double click counts only for what the first one hit. One
 * place for all screens: acts are known by what they ask of the server.
 */
export const pointerShield = {
    start() {
        const pointer = { x: 0, y: 0 };
        const shield = document.createElement("div");
        shield.className = "o_motcua_pointer_shield";
        let clickedAt = -Infinity;
        let clicked = null;
        let timer;
        const running = new Set();

        function raise() {
            browser.clearTimeout(timer);
            const { style } = shield;
            style.left = `${pointer.x - REACH}px`;
            style.top = `${pointer.y - REACH}px`;
            style.width = style.height = `${2 * REACH}px`;
            document.body.append(shield);
        }

        function lowerSoon() {
            browser.clearTimeout(timer);
            timer = browser.setTimeout(() => shield.remove(), REST);
        }

        function onPointer(ev) {
            pointer.x = ev.clientX;
            pointer.y = ev.clientY;
        }

        function onClick(ev) {
            const thing = ev.target.closest(THING) || ev.target;
            if (ev.detail > 1 && thing !== clicked) {
                ev.stopImmediatePropagation();
                ev.preventDefault();
                return;
            }
            clicked = thing;
            // Not what the keyboard or a program clicks.
            if (ev.detail) {
                clickedAt = performance.now();
            }
        }

        document.addEventListener("pointermove", onPointer, { capture: true, passive: true });
        document.addEventListener("pointerdown", onPointer, { capture: true, passive: true });
        document.addEventListener("click", onClick, { capture: true });
        rpcBus.addEventListener("RPC:REQUEST", ({ detail }) => {
            if (isAct(detail) && performance.now() - clickedAt < REST) {
                running.add(detail.data.id);
                raise();
            }
        });
        rpcBus.addEventListener("RPC:RESPONSE", ({ detail }) => {
            if (running.delete(detail.data.id) && !running.size) {
                lowerSoon();
            }
        });
        return {
            /** To be called where rows move by themselves. */
            rest() {
                raise();
                lowerSoon();
            },
        };
    },
};

registry.category("services").add("motcua_pointer_shield", pointerShield);
