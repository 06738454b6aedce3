// A scanner types a sign every few milliseconds, a slow one, or a busy computer, up to a
// hundred; nobody types a whole code at that speed.
const MAX_GAP = 100;
const MIN_LENGTH = 6;

/** Tells the keys of a scanner from those of a person, by their speed. */
export class ScanBurst {
    constructor() {
        this.clear();
    }

    clear() {
        this.text = "";
        this.last = 0;
    }

    /**
     * Takes the next key.
     *
     * @param {string} key as in KeyboardEvent.key
     * @param {number} moment in milliseconds
     * @returns {string} what was scanned, when this key ends it
     */
    take(key, moment) {
        const isFast = moment - this.last <= MAX_GAP;
        if (key === "Enter" || key === "Tab") {
            const scanned = isFast && this.text.length >= MIN_LENGTH ? this.text : "";
            this.clear();
            return scanned;
        }
        if (key.length === 1) {
            // An accented keyboard may be at work: the server judges what came out.
            this.text = isFast ? this.text + key : key;
            this.last = moment;
        } else if (!["Shift", "Alt", "Control", "AltGraph", "CapsLock"].includes(key)) {
            this.clear();
        }
        return "";
    }
}
