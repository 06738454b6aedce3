import { onPatched, onWillPatch, useEffect } from "@odoo/owl";

/**
 * What somebody is typing stays when the screen is drawn anew meanwhile, as it is whenever
 * an answer of the server comes late: inputs show what is stored, and what is being typed
 * is not stored before it is left.
 *
 * @param {{ el: HTMLElement | null }} ref holds the inputs
 * @returns {{ finish: () => void }} takes what is being typed as if it had been left
 */
export function useTyping(ref) {
    let typing = null;
    let held = null;

    const onInput = ({ target }) => {
        typing = target;
    };
    const onChange = ({ target }) => {
        typing = typing === target ? null : typing;
    };
    // Browsers tell of a change by what they remember of the input, which drawing it anew
    // may have touched.
    const finish = () => typing?.dispatchEvent(new Event("change", { bubbles: true }));

    useEffect(
        (el) => {
            el?.addEventListener("input", onInput);
            el?.addEventListener("change", onChange);
            el?.addEventListener("focusout", finish);
            return () => {
                el?.removeEventListener("input", onInput);
                el?.removeEventListener("change", onChange);
                el?.removeEventListener("focusout", finish);
            };
        },
        () => [ref.el]
    );
    onWillPatch(() => {
        const isText = typing && "selectionStart" in typing;
        held = isText && { el: typing, value: typing.value, at: typing.selectionStart };
    });
    onPatched(() => {
        if (held && held.el.isConnected && held.el.value !== held.value) {
            held.el.value = held.value;
            if (document.activeElement === held.el && held.at !== null) {
                held.el.setSelectionRange(held.at, held.at);
            }
        }
    });
    return { finish };
}
