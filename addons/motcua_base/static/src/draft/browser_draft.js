import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";

const DAY = 24 * 3600 * 1000;
// Drafts with data of citizens outlive a session that ran out, but no logout.
const PERSONAL = ["motcua_intake"];

let hasLeft = false;

/**
 * What one person has begun in one place, kept in this browser only, so that it survives
 * a closed window or a lost connection.
 */
export class BrowserDraft {
    /**
     * @param {string} screen where it was begun
     * @param {number} id what it is about
     * @param {number} days how long it is kept; personal data no longer than one
     */
    constructor(screen, id, days) {
        this.isPersonal = PERSONAL.includes(screen);
        this.key = `${screen}/${user.userId}/${id}`;
        this.maxAge = days * DAY;
    }

    /** What was drafted, or null. */
    read() {
        try {
            const { savedAt, form } = JSON.parse(browser.localStorage.getItem(this.key));
            if (Date.now() - savedAt < this.maxAge) {
                return form;
            }
        } catch {
            // Nothing was saved, or nothing that can be read.
        }
        this.clear();
        return null;
    }

    /** @param {string} form JSON of what is drafted */
    write(form) {
        if (this.isPersonal && hasLeft) {
            return;
        }
        try {
            browser.localStorage.setItem(
                this.key,
                `{"savedAt":${Date.now()},"form":${form}}`
            );
        } catch {
            // A full storage costs the draft, not the work.
        }
    }

    clear() {
        browser.localStorage.removeItem(this.key);
    }
}

/** Who logs out leaves nothing of citizens in this browser. */
function forgetPersonalDrafts() {
    hasLeft = true;
    for (const key of Object.keys(browser.localStorage)) {
        if (PERSONAL.includes(key.split("/")[0])) {
            browser.localStorage.removeItem(key);
        }
    }
}

const userMenu = registry.category("user_menuitems");
const logOutItem = userMenu.get("log_out");
userMenu.add(
    "log_out",
    (env) => {
        const item = logOutItem(env);
        return {
            ...item,
            callback: () => {
                forgetPersonalDrafts();
                item.callback();
            },
        };
    },
    { force: true }
);
