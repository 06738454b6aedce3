import { reactive, toRaw } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { KeepLast } from "@web/core/utils/concurrency";
import { debounce } from "@web/core/utils/timing";
import { BrowserDraft } from "@motcua_base/draft/browser_draft";
import { History } from "../editor/history";
import { blankStep, insertStep, linked, newWay, proposedName, toData, toState } from "./workflow_rows";

const DRAFT_DAYS = 14;

/**
 * Everything the workflow editor knows and does; components only show it. The workflow
 * lies in `state.flow`, and `change` is the one way to alter it: it can be undone, is
 * kept as a draft in this browser, and is drawn and checked by the server.
 */
export class WorkflowEditorModel {
    constructor(orm, workflowId) {
        this.orm = orm;
        this.workflowId = workflowId;
        this.history = new History();
        this.draft = new BrowserDraft("motcua_workflow_editor", workflowId, DRAFT_DAYS);
        this.lastLook = new KeepLast();
        this.state = reactive({
            ready: false,
            refused: "",
            revision: "",
            flow: { name: "", description: "", steps: [], ways: [] },
            choices: {},
            usage: {},
            version: false,
            chosen: false,
            isNew: false,
            seen: { picture: "", problems: [], share: false, term: false, shares: false },
            dirty: false,
            undoable: false,
            redoable: false,
            busy: false,
            alert: "",
            outdated: false,
            restored: false,
        });
        this.writeDraftSoon = debounce(() => this.writeDraft(), 300);
        this.lookSoon = debounce(() => this.look(), 200);
        this.loaded = this.load();
    }

    call(method, ...args) {
        return this.orm.silent.call("motcua.workflow.editor", method, args);
    }

    // ---------------------------------------------------------------------
    // Opening
    // ---------------------------------------------------------------------

    async load() {
        let answer;
        try {
            answer = await this.call("load", this.workflowId);
        } catch (error) {
            this.state.refused = this.sentence(error);
            return;
        }
        const { data, revision, choices, usage, version } = answer;
        const flow = toState(data);
        this.saved = this.json(flow);
        this.history.clear();
        Object.assign(this.state, {
            revision,
            flow,
            choices,
            usage,
            version: this.state.version || version,
            chosen: false,
            alert: "",
            outdated: false,
            restored: false,
            ready: true,
        });
        this.restore();
        this.afterChange();
        await this.look();
    }

    /** Takes up what was not saved when the editor was closed. */
    restore() {
        const draft = this.draft.read();
        if (draft) {
            this.state.flow = toState(draft.data);
            this.state.restored = true;
            this.state.outdated = draft.revision !== this.state.revision;
            // Whoever saves this is told what has changed since.
            this.state.revision = draft.revision;
        }
    }

    async reload() {
        this.draft.clear();
        this.state.ready = false;
        await this.load();
    }

    // ---------------------------------------------------------------------
    // Changing
    // ---------------------------------------------------------------------

    /**
     * @param {() => void} alter changes `state.flow`
     * @param {string} [tag] one step to undo, together with the change before of this tag
     */
    change(alter, tag) {
        this.history.note(this.json(this.state.flow), tag);
        alter();
        this.afterChange();
        this.lookSoon();
    }

    afterChange() {
        const { state } = this;
        state.dirty = this.json(state.flow) !== this.saved;
        state.undoable = this.history.past.length > 0;
        state.redoable = this.history.future.length > 0;
        this.writeDraftSoon();
    }

    json(flow) {
        return JSON.stringify(toData(toRaw(flow)));
    }

    undo() {
        this.turn(this.history.undo(this.json(this.state.flow)));
    }

    redo() {
        this.turn(this.history.redo(this.json(this.state.flow)));
    }

    turn(flow) {
        if (flow) {
            this.state.flow = toState(JSON.parse(flow));
            this.afterChange();
            this.lookSoon();
        }
    }

    writeDraft() {
        const { dirty, ready, revision, flow } = this.state;
        if (ready && dirty) {
            this.draft.write(JSON.stringify({ revision, data: toData(toRaw(flow)) }));
        } else if (ready) {
            this.draft.clear();
        }
    }

    // ---------------------------------------------------------------------
    // What is shown beside
    // ---------------------------------------------------------------------

    /** Lets the server draw and check the workflow as it is now. */
    async look() {
        const { flow, version } = this.state;
        try {
            this.state.seen = await this.lastLook.add(
                this.call("look", this.workflowId, toData(toRaw(flow)), version?.id || false)
            );
        } catch (error) {
            this.state.alert = this.sentence(error);
        }
    }

    /** @param {number|false} versionId by which conditions are chosen and days counted */
    async setVersion(versionId) {
        this.state.version = versionId ? await this.call("sample", versionId) : false;
        await this.look();
    }

    get types() {
        return this.state.version?.types || {};
    }

    get operators() {
        return this.state.version?.operators || {};
    }

    get formFields() {
        const fields = this.state.version?.fields || [];
        return fields.filter((field) => this.operatorsOf(field)?.length);
    }

    operatorsOf(field) {
        return this.types[this.answerType(field)]?.operators;
    }

    answerType(field) {
        return field.answer;
    }

    /** Whether steps and ways have to stay as they are. */
    get locked() {
        return this.state.usage.open_dossiers > 0;
    }

    // ---------------------------------------------------------------------
    // Steps and ways
    // ---------------------------------------------------------------------

    step(key) {
        return this.state.flow.steps.find((step) => step.key === key);
    }

    choose(key, isNew = false) {
        Object.assign(this.state, { chosen: key, isNew });
    }

    set(record, name, value, tag = false) {
        this.change(() => {
            record[name] = value;
        }, tag && `${record.key}/${name}`);
    }

    setNumber(step, name, text) {
        const value = Number(text.replace(",", "."));
        if (Number.isFinite(value)) {
            this.set(step, name, value, true);
        }
    }

    /** The steps that every workflow has, to begin with. */
    begin() {
        this.change(() => {
            const { steps } = this.state.flow;
            const [first, last] = [this.blankStep(), this.blankStep()];
            const { kind } = this.state.choices;
            const label = Object.fromEntries(kind);
            const desk = { role: "receiving_officer", place: "desk" };
            Object.assign(first, desk, { kind: "receive", name: label.receive });
            Object.assign(last, desk, { kind: "return", name: label.return });
            steps.push(first, last);
            this.choose(first.key);
        });
    }

    blankStep() {
        const { steps } = this.state.flow;
        const near = this.step(this.state.chosen) || steps.at(-1);
        return blankStep(near?.stage_id || this.state.choices.stage_id[0]?.[0] || false);
    }

    /** Adds a step after the one chosen: the only way on from there now leads through it. */
    addStep() {
        this.change(() => {
            const { flow, chosen } = this.state;
            const step = this.blankStep();
            step.name = _t("New step");
            insertStep(flow, step, this.step(chosen));
            this.choose(step.key, true);
        });
    }

    removeStep(step) {
        this.change(() => {
            const { flow } = this.state;
            flow.steps = flow.steps.filter((other) => other.key !== step.key);
            flow.ways = flow.ways.filter((way) => !linked(way, step));
            this.choose(false);
        });
    }

    /** @param {number} index where it is to stand among the others */
    moveStep(key, index) {
        const { steps } = this.state.flow;
        const from = steps.findIndex((step) => step.key === key);
        if (from >= 0 && index >= 0 && index < steps.length && index !== from) {
            this.change(() => {
                const [step] = steps.splice(from, 1);
                steps.splice(index, 0, step);
            });
        }
    }

    waysFrom(step) {
        return this.state.flow.ways.filter((way) => way.from === step.key);
    }

    /** Steps that a way from `step` may lead to. */
    targets(step, way = null) {
        const taken = this.waysFrom(step).map((other) => other.to);
        return this.state.flow.steps.filter(
            (other) =>
                other.key === way?.to ||
                (other.kind !== "return" && other.key !== step.key && !taken.includes(other.key))
        );
    }

    addWay(step, kind) {
        const keys = this.state.flow.steps.map((other) => other.key);
        const place = (other) => keys.indexOf(other.key);
        const free = this.targets(step);
        const later = free.filter((other) => place(other) > place(step));
        const earlier = free.filter((other) => place(other) < place(step));
        const to = kind === "forward" ? later[0] || free[0] : earlier.at(-1) || free[0];
        if (to) {
            this.change(() => this.state.flow.ways.push(newWay(step, to, kind)));
        }
    }

    removeWay(way) {
        this.change(() => {
            const { flow } = this.state;
            flow.ways = flow.ways.filter((other) => other.key !== way.key);
        });
    }

    /** Changes where a way leads, or its kind; its name follows while nobody changed it. */
    alterWay(way, changes) {
        this.change(() => {
            const proposed = way.name === proposedName(this.step(way.to), way.kind);
            Object.assign(way, changes);
            if (proposed) {
                way.name = proposedName(this.step(way.to), way.kind);
            }
            if (way.kind === "return") {
                way.condition = false;
            }
        });
    }

    // ---------------------------------------------------------------------
    // Saving
    // ---------------------------------------------------------------------

    /** @returns {Promise<boolean>} whether it was saved */
    async save() {
        const answer = await this.attempt("save_workflow", this.workflowId, this.state.revision);
        if (!answer) {
            return false;
        }
        const { state } = this;
        const place = state.flow.steps.findIndex((step) => step.key === state.chosen);
        state.flow = toState(answer.data);
        Object.assign(state, {
            revision: answer.revision,
            chosen: state.flow.steps[place]?.key || false,
            restored: false,
            outdated: false,
        });
        this.saved = this.json(state.flow);
        // New steps have other names now: what was before cannot be gone back to.
        this.history.clear();
        this.afterChange();
        this.writeDraft();
        await this.look();
        return true;
    }

    /** @returns {Promise<number|false>} id of the copy */
    async saveCopy() {
        const copyId = await this.attempt("save_copy", this.workflowId);
        if (copyId) {
            this.state.dirty = false;
            this.draft.clear();
        }
        return copyId;
    }

    async attempt(method, ...args) {
        const { state } = this;
        if (state.busy) {
            return false;
        }
        state.busy = true;
        state.alert = "";
        try {
            return await this.call(method, ...args, toData(toRaw(state.flow)));
        } catch (error) {
            state.alert = this.sentence(error);
            return false;
        } finally {
            state.busy = false;
        }
    }

    /** What went wrong, for people. */
    sentence(error) {
        if (error instanceof ConnectionLostError) {
            return _t("The server cannot be reached. Nothing is lost: try again in a moment.");
        }
        return error.data?.message || error.message;
    }
}
