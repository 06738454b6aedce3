import { browser } from "@web/core/browser/browser";

// What was typed is personal data: it stays no longer than a day, and only in this
// browser.
const MAX_AGE = 24 * 3600 * 1000;

/**
 * The draft of one officer at one desk, kept in the browser so that it survives a closed
 * window or a lost connection.
 */
export class IntakeDraft {
    constructor(userId, deskId) {
        this.key = `motcua_intake/${userId}/${deskId}`;
    }

    /** The form as it was saved, or null. */
    read() {
        try {
            const { savedAt, form } = JSON.parse(browser.localStorage.getItem(this.key));
            if (Date.now() - savedAt < MAX_AGE) {
                return form;
            }
        } catch {
            // Nothing was saved, or nothing that can be read.
        }
        this.clear();
        return null;
    }

    /** @param {string} form JSON of the form */
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
