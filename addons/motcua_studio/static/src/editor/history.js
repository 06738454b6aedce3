const STEPS = 200;

/** What was changed, to undo and redo it: each step is the whole before it, as JSON. */
export class History {
    constructor() {
        this.clear();
    }

    clear() {
        this.past = [];
        this.future = [];
        this.tag = false;
    }

    /**
     * To be called before a change.
     *
     * @param {string} whole JSON
     * @param {string} [tag] changes with the same tag, one after the other, are one step:
     *      the letters typed into one field
     */
    note(whole, tag = false) {
        if (tag && tag === this.tag) {
            return;
        }
        this.tag = tag;
        this.past.push(whole);
        this.past.splice(0, this.past.length - STEPS);
        this.future = [];
    }

    /** What it was before the last change; undefined where there was none. */
    undo(whole) {
        return this.turn(whole, this.past, this.future);
    }

    redo(whole) {
        return this.turn(whole, this.future, this.past);
    }

    turn(whole, from, to) {
        this.tag = false;
        const other = from.pop();
        if (other) {
            to.push(whole);
        }
        return other;
    }
}
