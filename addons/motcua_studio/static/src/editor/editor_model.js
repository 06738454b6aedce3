import { reactive } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { debounce } from "@web/core/utils/timing";
import { BrowserDraft } from "@motcua_base/draft/browser_draft";
import { errorSentence } from "@motcua_base/session/session_expired";
import { isBeside, openBeside } from "./beside";
import { History } from "./history";

const DRAFT_DAYS = 14;

/**
 * What is read, changed and saved as a whole. `change` is the one way to alter it: it
 * can be undone, and is kept as a draft in this browser until it is saved.
 *
 * An editor says how it lies in `state`: `take(answer)` puts there what the server
 * sends, `toSave()` is what goes back, `snapshot()` what is undone to, as plain data,
 * and `put(snapshot)` shows that again.
 */
export class EditorModel {
    /**
     * @param {string} server model with `load(id)`
     * @param {number} id of what is edited
     * @param {object} state what this editor shows besides
     */
    constructor(orm, server, id, state) {
        this.orm = orm;
        this.server = server;
        this.id = id;
        this.history = new History();
        this.isBeside = isBeside();
        this.draft = this.draftOf(this.isBeside);
        this.state = reactive({
            ready: false,
            refused: "",
            revision: "",
            chosen: false,
            isNew: false,
            dirty: false,
            undoable: false,
            redoable: false,
            busy: false,
            alert: "",
            refusal: false,
            outdated: false,
            restored: false,
            ...state,
        });
        this.writeDraftSoon = debounce(() => this.writeDraft(), 300);
    }

    draftOf(beside) {
        return new BrowserDraft(beside ? `${this.server}.beside` : this.server, this.id, DRAFT_DAYS);
    }

    openBeside() {
        this.draftOf(true).clear();
        openBeside();
    }

    call(method, ...args) {
        return this.orm.silent.call(this.server, method, [this.id, ...args]);
    }

    get isEditable() {
        return true;
    }

    snapshot() {
        return this.toSave();
    }

    // ---------------------------------------------------------------------
    // Opening
    // ---------------------------------------------------------------------

    async load() {
        if (await this.read()) {
            this.restore();
            this.afterChange();
        }
    }

    /** Throws away what was not saved, and shows what is. */
    async reload() {
        const { revision } = this.state;
        const before = JSON.stringify(this.snapshot());
        if (await this.read()) {
            // Can be undone, but not to undo what somebody else has saved.
            if (revision === this.state.revision) {
                this.history.note(before);
            }
            this.afterChange();
            this.writeDraft();
        }
    }

    /** Shows what is saved; says whether it could be read. */
    async read() {
        let answer;
        try {
            answer = await this.call("load");
        } catch (error) {
            // What is on the screen stays there.
            this.state[this.state.ready ? "alert" : "refused"] = this.sentence(error);
            return false;
        }
        this.take(answer);
        this.history.clear();
        this.saved = JSON.stringify(this.toSave());
        Object.assign(this.state, {
            revision: answer.revision,
            chosen: false,
            alert: "",
            outdated: false,
            restored: false,
            ready: true,
        });
        return true;
    }

    /** Takes up what was not saved when the editor was closed. */
    restore() {
        const draft = this.isEditable && this.draft.read();
        if (!draft) {
            return;
        }
        this.put(draft.snapshot);
        if (JSON.stringify(this.toSave()) !== this.saved) {
            const { state } = this;
            state.restored = true;
            state.outdated = draft.revision !== state.revision;
            // Saving is refused, as it would undo what was saved meanwhile.
            state.revision = draft.revision;
        }
    }

    // ---------------------------------------------------------------------
    // Changing
    // ---------------------------------------------------------------------

    choose(key, isNew = false) {
        Object.assign(this.state, { chosen: key, isNew });
    }

    /**
     * @param {() => void} alter changes what lies in `state`
     * @param {string} [tag] see History
     */
    change(alter, tag) {
        if (!this.isEditable) {
            return;
        }
        this.history.note(JSON.stringify(this.snapshot()), tag);
        alter();
        this.afterChange();
    }

    afterChange() {
        const { state, history } = this;
        state.dirty = this.isEditable && JSON.stringify(this.toSave()) !== this.saved;
        state.undoable = history.past.length > 0;
        state.redoable = history.future.length > 0;
        this.writeDraftSoon();
    }

    undo() {
        this.turn(this.history.undo(JSON.stringify(this.snapshot())));
    }

    redo() {
        this.turn(this.history.redo(JSON.stringify(this.snapshot())));
    }

    turn(snapshot) {
        if (snapshot) {
            this.put(JSON.parse(snapshot));
            this.afterChange();
        }
    }

    writeDraft() {
        const { dirty, ready, revision } = this.state;
        if (dirty) {
            this.draft.write(JSON.stringify({ revision, snapshot: this.snapshot() }));
        } else if (ready) {
            this.draft.clear();
        }
    }

    // ---------------------------------------------------------------------
    // Saving
    // ---------------------------------------------------------------------

    /** What the server answers; false where it refuses, which is then said. */
    async attempt(method, ...args) {
        const { state } = this;
        if (state.busy) {
            return false;
        }
        Object.assign(state, { busy: true, alert: "", refusal: false });
        try {
            return await this.call(method, ...args);
        } catch (error) {
            state.alert = this.sentence(error);
            // Not for what is wrong with it, but for what has happened meanwhile.
            state.refusal = error.data?.name === "odoo.exceptions.UserError";
            return false;
        } finally {
            state.busy = false;
        }
    }

    /** @param {string} saved JSON of what is on the server now */
    afterSave(revision, saved) {
        this.saved = saved;
        Object.assign(this.state, { revision, restored: false, outdated: false });
        this.afterChange();
    }

    /** What went wrong, for people. */
    sentence(error) {
        if (error instanceof ConnectionLostError) {
            return _t("The server cannot be reached. Nothing is lost: try again in a moment.");
        }
        return errorSentence(error);
    }
}
