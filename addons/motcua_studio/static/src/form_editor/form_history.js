const STEPS = 200;

/** What was changed, to undo and redo it: each step is the form before it, as JSON. */
export class FormHistory {
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
     * @param {string} form JSON
     * @param {string} [tag] changes with the same tag, one after the other, are one step:
     *      the letters typed into one field
     */
    note(form, tag = false) {
        if (tag && tag === this.tag) {
            return;
        }
        this.tag = tag;
        this.past.push(form);
        this.past.splice(0, this.past.length - STEPS);
        this.future = [];
    }

    /** The form before the last change; undefined where there was none. */
    undo(form) {
        return this.turn(form, this.past, this.future);
    }

    redo(form) {
        return this.turn(form, this.future, this.past);
    }

    turn(form, from, to) {
        this.tag = false;
        const other = from.pop();
        if (other) {
            to.push(form);
        }
        return other;
    }
}
