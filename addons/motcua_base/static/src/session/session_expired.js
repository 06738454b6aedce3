import { Component } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { rpcBus } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

const EXPIRED = "odoo.http.SessionExpiredException";

export function isSessionExpired(error) {
    return error.exceptionName === EXPIRED;
}

/** What went wrong, where a screen says beside its buttons why something was not done. */
export function errorSentence(error) {
    if (isSessionExpired(error)) {
        return _t("Your session has expired. Log in again, then go on here.");
    }
    return error.data?.message || error.message || String(error);
}

export class SessionExpiredDialog extends Component {
    static template = "motcua_base.SessionExpiredDialog";
    static components = { Dialog };
    static props = { close: Function };

    /** The page asks for a login, then comes back to this place. */
    logIn() {
        browser.location.reload();
    }
}

/**
 * Whatever screen finds out that nobody is logged in any more, and whether it catches the
 * error or not: one dialog says so and leads to the login.
 */
export const sessionExpiredService = {
    dependencies: ["dialog"],
    start(env, { dialog }) {
        let isShown = false;
        rpcBus.addEventListener("RPC:RESPONSE", ({ detail }) => {
            if (!isShown && detail.error && isSessionExpired(detail.error)) {
                isShown = true;
                dialog.add(
                    SessionExpiredDialog,
                    {},
                    { onClose: () => (isShown = false) }
                );
            }
        });
    },
};

/** Odoo's own dialog would say it once more. */
function silenceSessionExpired(env, error, originalError) {
    if (originalError && isSessionExpired(originalError)) {
        error.unhandledRejectionEvent?.preventDefault();
        return true;
    }
}

registry.category("services").add("motcua_session_expired", sessionExpiredService);
registry
    .category("error_handlers")
    .add("motcua_session_expired", silenceSessionExpired, { sequence: 10 });
