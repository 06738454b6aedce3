import { onMounted, onWillUnmount } from "@odoo/owl";
import { scanBarcode } from "@web/core/barcode/barcode_dialog";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { ScanBurst } from "./scan_burst";

// The code of a dossier, alone or inside a look-up address. Only the server reads it.
const DOSSIER = /-\d{6}-\d{4,5}(?!\d)/;
const OUR_APP = "motcua_base.motcua_menu_root";
// Views put the cursor here by themselves: nobody has chosen to type.
const SEARCH_BAR = ".o_searchview_input";
const EDITABLE = "input, textarea, select, [contenteditable=true]";

/**
 * A receipt scanned anywhere in the back office opens its dossier. Screens that scan for
 * themselves take what is scanned instead (`useScanner`). What is typed or scanned into a
 * field belongs to the field.
 */
export const scanService = {
    dependencies: ["action", "dialog", "menu", "notification", "orm", "ui"],

    start(env, { action, menu, notification, orm, ui }) {
        const burst = new ScanBurst();
        const takers = [];
        let mayRead;

        function onKeydown(ev) {
            if (!ev.key || ev.ctrlKey || ev.metaKey || ev.isComposing) {
                return;
            }
            const scanned = burst.take(ev.key, ev.timeStamp);
            if (!scanned) {
                return;
            }
            const inSearchBar = ev.target.matches?.(SEARCH_BAR);
            if (!inSearchBar && ev.target.matches?.(EDITABLE)) {
                return;
            }
            if (!isOurs(scanned, inSearchBar)) {
                return;
            }
            ev.preventDefault();
            ev.stopImmediatePropagation();
            if (inSearchBar) {
                empty(ev.target, scanned);
            }
            take(scanned);
        }

        /** Other apps scan other things: there only the codes of dossiers are ours. */
        function isOurs(scanned, inSearchBar) {
            if (DOSSIER.test(scanned)) {
                return true;
            }
            return !inSearchBar && (takers.length || menu.getCurrentApp()?.xmlid === OUR_APP);
        }

        function empty(input, scanned) {
            if (input.value.endsWith(scanned)) {
                input.value = input.value.slice(0, -scanned.length);
                input.dispatchEvent(new Event("input", { bubbles: true }));
            }
        }

        async function take(scanned) {
            const taker = takers.at(-1);
            // A dialog asks for something first, and losing it would be a nuisance.
            if (ui.activeElement !== document) {
                notification.add(_t("Close the dialog first, then scan again."), {
                    type: "warning",
                });
            } else if (taker) {
                await taker(scanned);
            } else {
                await openDossier(scanned);
            }
        }

        async function openDossier(scanned) {
            mayRead ??= await user.checkAccessRight("motcua.dossier", "read");
            if (!mayRead) {
                return;
            }
            let answer;
            try {
                answer = await orm.call("motcua.dossier", "find_scanned", [scanned]);
            } catch (error) {
                if (!(error instanceof ConnectionLostError)) {
                    throw error;
                }
                answer = { message: _t("The connection was cut. Scan again in a moment.") };
            }
            if (!answer.id) {
                notification.add(answer.message, { type: "warning" });
                return;
            }
            await action.doAction({
                type: "ir.actions.act_window",
                res_model: "motcua.dossier",
                res_id: answer.id,
                views: [[false, "form"]],
            });
        }

        async function scanWithCamera() {
            let scanned;
            try {
                scanned = await scanBarcode(env);
            } catch (error) {
                notification.add(error.message, { type: "warning" });
                return;
            }
            await take(scanned);
        }

        window.addEventListener("keydown", onKeydown, { capture: true });

        return {
            scanWithCamera,
            /** Gives whatever is scanned to `taker`, until the function returned is called. */
            give(taker) {
                takers.push(taker);
                return () => takers.splice(takers.indexOf(taker), 1);
            },
        };
    },
};

registry.category("services").add("motcua_scan", scanService);

/**
 * As long as the component is on the screen, what is scanned outside of a field is given
 * to it.
 *
 * @param {(scanned: string) => any} taker
 */
export function useScanner(taker) {
    const scan = useService("motcua_scan");
    let release;
    onMounted(() => (release = scan.give(taker)));
    onWillUnmount(() => release?.());
}
