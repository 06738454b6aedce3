import { browser } from "@web/core/browser/browser";
import { user } from "@web/core/user";

const DAY = 24 * 3600 * 1000;

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
