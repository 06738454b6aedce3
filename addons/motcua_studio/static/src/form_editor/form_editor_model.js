import { reactive, toRaw } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { debounce } from "@web/core/utils/timing";
import { BrowserDraft } from "@motcua_base/draft/browser_draft";
import { History } from "../editor/history";
import { optionKey, renameReferences, technicalName } from "./form_names";
import { FormPreviewModel } from "./form_preview_model";
import { allFields, locate, newKey, newOption, newSection, toField, toRows, toSections } from "./form_rows";

const DRAFT_DAYS = 14;

/**
 * Everything the form editor knows and does; components only show it. The form lies in
 * `state.sections`, and `change` is the one way to alter it: it can be undone, is kept
 * as a draft in this browser, and is shown in the preview.
 */
export class FormEditorModel {
    constructor(orm, versionId) {
        this.orm = orm;
        this.versionId = versionId;
        this.history = new History();
        this.draft = new BrowserDraft("motcua_form_editor", versionId, DRAFT_DAYS);
        this.preview = new FormPreviewModel(this);
        this.state = reactive({
            ready: false,
            refused: "",
            version: {},
            sections: [],
            chosen: false,
            isNew: false,
            findings: {},
            dirty: false,
            undoable: false,
            redoable: false,
            busy: false,
            alert: "",
            outdated: false,
            restored: false,
        });
        this.writeDraftSoon = debounce(() => this.writeDraft(), 300);
        this.loaded = this.load();
    }

    call(method, ...args) {
        return this.orm.silent.call("motcua.form.editor", method, [this.versionId, ...args]);
    }

    // ---------------------------------------------------------------------
    // Opening
    // ---------------------------------------------------------------------

    async load() {
        let answer;
        try {
            answer = await this.call("load");
        } catch (error) {
            this.state.refused = this.sentence(error);
            return;
        }
        const { fields, types, properties, operators, patterns, functions, ...version } = answer;
        Object.assign(this, { properties, operators, patterns, functions });
        this.types = Object.fromEntries(types.map((type) => [type.type, type]));
        this.saved = this.json(toSections(fields));
        this.history.clear();
        Object.assign(this.state, {
            version,
            sections: toSections(fields),
            chosen: false,
            alert: "",
            outdated: false,
            restored: false,
            ready: true,
        });
        this.restore();
        this.afterChange();
    }

    /** Takes up what was not saved when the editor was closed. */
    restore() {
        const draft = this.isEditable && this.draft.read();
        if (!draft || this.json(draft.sections) === this.saved) {
            return;
        }
        const { version } = this.state;
        Object.assign(this.state, { sections: draft.sections, restored: true });
        this.state.outdated = draft.revision !== version.revision;
        // Saving is refused, as it would undo what was saved meanwhile.
        version.revision = draft.revision;
    }

    /** Throws away what was not saved, and shows what is. */
    async reload() {
        this.draft.clear();
        this.state.dirty = false;
        await this.load();
    }

    get isEditable() {
        return Boolean(this.state.version.editable);
    }

    // ---------------------------------------------------------------------
    // Changing
    // ---------------------------------------------------------------------

    /**
     * @param {Function} alter changes `state.sections`
     * @param {string} [tag] see History
     */
    change(alter, tag) {
        if (!this.isEditable) {
            return;
        }
        this.history.note(this.snapshot(), tag);
        alter();
        this.afterChange();
    }

    snapshot() {
        return JSON.stringify(toRaw(this.state).sections);
    }

    json(sections) {
        return JSON.stringify(toRows(sections));
    }

    afterChange() {
        this.state.dirty = this.isEditable && this.json(toRaw(this.state).sections) !== this.saved;
        this.state.undoable = this.history.past.length > 0;
        this.state.redoable = this.history.future.length > 0;
        this.writeDraftSoon();
        this.preview.checkForm();
    }

    undo() {
        this.take(this.history.undo(this.snapshot()));
    }

    redo() {
        this.take(this.history.redo(this.snapshot()));
    }

    take(form) {
        if (form) {
            const names = new Set(this.savedNames());
            this.state.sections = JSON.parse(form);
            // Saved meanwhile: its name is fixed now.
            for (const field of this.fields) {
                field.saved = field.saved || names.has(field.name);
            }
            this.afterChange();
        }
    }

    writeDraft() {
        if (this.state.dirty) {
            const { revision } = this.state.version;
            this.draft.write(
                JSON.stringify({ revision, sections: toRaw(this.state).sections })
            );
        } else if (this.state.ready) {
            this.draft.clear();
        }
    }

    // ---------------------------------------------------------------------
    // Looking
    // ---------------------------------------------------------------------

    get fields() {
        return allFields(this.state.sections);
    }

    savedNames() {
        return JSON.parse(this.saved).flatMap((row) => [
            row.name,
            ...(row.columns || []).map((column) => column.name),
        ]);
    }

    takenNames() {
        return this.fields.map((field) => field.name);
    }

    locate(key) {
        return locate(this.state.sections, key);
    }

    /** The section or the columns that a place on the screen stands for. */
    listOf(key) {
        const section = this.state.sections.find((section) => section.key === key);
        return section ? section.fields : this.locate(key).field.columns;
    }

    /** Whether a field of this type may stand there. */
    fits(type, listKey) {
        const inSection = this.state.sections.some((section) => section.key === listKey);
        return inSection || this.types[type].repeatable;
    }

    /** The type of a field's answers: of a computed one, what its formula gives. */
    answerType(field) {
        if (field.type !== "computed") {
            return field.type;
        }
        const shown = allFields([{ fields: this.preview.item.form }]);
        return shown.find((spec) => spec.name === field.name)?.result || "char";
    }

    operatorsOf(field) {
        return this.types[this.answerType(field)].operators;
    }

    /** Fields whose answers a condition or a formula of this field may look at. */
    neighbours(field) {
        const { section, list } = this.locate(field.key);
        const all = list === section.fields ? this.state.sections.flatMap((s) => s.fields) : list;
        return all.filter((other) => other.key !== field.key);
    }

    // ---------------------------------------------------------------------
    // Fields
    // ---------------------------------------------------------------------

    choose(key, isNew = false) {
        this.state.chosen = key;
        this.state.isNew = isNew;
    }

    chooseByName(name) {
        const field = this.fields.find((field) => field.name === name);
        if (field) {
            this.choose(field.key);
        }
    }

    /** A new field of a type; without a place, after the chosen one. */
    add(type, listKey, index) {
        this.change(() => {
            if (!listKey) {
                [listKey, index] = this.placeFor(type);
            }
            const label = this.types[type].label;
            const field = toField({ name: "", label, type, options: [] }, false);
            Object.assign(field, this.blankProperties(), { type, label });
            field.name = technicalName(label, this.takenNames());
            if (type === "repeat") {
                field.columns = [];
            }
            if (this.has(field, "options")) {
                field.options = [1, 2].map((number) => this.newOption(field, number));
            }
            this.listOf(listKey).splice(index, 0, field);
            this.choose(field.key, true);
        });
    }

    newOption(field, number) {
        const label = _t("Choice %s", number);
        const taken = field.options.map((option) => option.key);
        return newOption(optionKey(label, taken), label);
    }

    blankProperties() {
        const blank = Object.fromEntries(
            Object.keys(this.properties).map((name) => [name, false])
        );
        return { ...blank, filled_by: "citizen", options: [] };
    }

    placeFor(type) {
        const chosen = this.locate(this.state.chosen);
        if (chosen?.parent && this.types[type].repeatable) {
            return [chosen.parent.key, chosen.index + 1];
        }
        if (chosen?.field.type === "repeat" && this.types[type].repeatable) {
            return [chosen.field.key, chosen.field.columns.length];
        }
        if (chosen) {
            const outer = this.locate((chosen.parent || chosen.field).key);
            return [outer.section.key, outer.index + 1];
        }
        const { sections } = this.state;
        if (!sections.length) {
            sections.push(newSection());
        }
        const section =
            sections.find((section) => section.key === this.state.chosen) || sections.at(-1);
        return [section.key, section.fields.length];
    }

    /** Moves a field to a place in another list, or in what is left of its own. */
    move(key, listKey, index) {
        const { field, list, index: from } = this.locate(key);
        const target = this.listOf(listKey);
        if (target === list && from === index) {
            return;
        }
        this.change(() => {
            list.splice(from, 1);
            target.splice(index, 0, field);
        });
    }

    /** One place up (-1) or down (1), over the border of a section too. */
    step(key, direction) {
        const { list, index, section, parent } = this.locate(key);
        const next = index + direction;
        if (list[next]) {
            this.move(key, (parent || section).key, next);
        } else if (parent) {
            const place = this.locate(parent.key).index;
            this.move(key, section.key, direction > 0 ? place + 1 : place);
        } else {
            const { sections } = this.state;
            const other = sections[sections.indexOf(section) + direction];
            if (other) {
                this.move(key, other.key, direction > 0 ? 0 : other.fields.length);
            }
        }
    }

    duplicate(key) {
        const { field, list, index } = this.locate(key);
        this.change(() => {
            const copy = this.copyOf(toRaw(field));
            copy.label = _t("%s (copy)", field.label);
            this.rename([copy]);
            list.splice(index + 1, 0, copy);
            this.choose(copy.key, true);
        });
    }

    /** The same field again, not saved yet. */
    copyOf(field) {
        const copy = { ...JSON.parse(JSON.stringify(field)), key: newKey(), saved: false };
        if (copy.columns) {
            copy.columns = copy.columns.map((column) => this.copyOf(column));
        }
        return copy;
    }

    /** Gives fields that come from elsewhere names that are free here. */
    rename(fields) {
        const inserted = allFields([{ fields }]);
        const taken = this.takenNames();
        const names = new Map();
        for (const field of inserted) {
            const name = technicalName(field.label, taken);
            taken.push(name);
            names.set(field.name, name);
            field.name = name;
        }
        renameReferences(inserted, names);
    }

    remove(key) {
        const { list, index } = this.locate(key);
        this.change(() => {
            list.splice(index, 1);
            this.choose(false);
        });
    }

    /** Whether this can be set of the field. */
    has(field, property) {
        return this.types[field.type].properties.includes(property);
    }

    set(field, property, value) {
        this.change(() => {
            field[property] = value;
        }, `${field.key}/${property}`);
    }

    /** The technical name goes with the label until it has been saved. */
    setLabel(field, label) {
        this.change(() => {
            field.label = label;
            if (!field.saved) {
                const others = this.fields.filter((other) => other.key !== field.key);
                const name = technicalName(label, others.map((other) => other.name));
                renameReferences(this.fields, new Map([[field.name, name]]));
                this.preview.rename(field.name, name);
                field.name = name;
            }
        }, `${field.key}/label`);
    }

    /** A choice that was never saved has a new key: says so where conditions name it. */
    renameOption(field, before, after) {
        const rename = (key) => (key === before ? after : key);
        for (const other of this.fields) {
            for (const condition of [other.visible_if, other.required_if]) {
                for (const test of Object.values(condition || {}).flat()) {
                    if (test.field === field.name) {
                        test.value = Array.isArray(test.value)
                            ? test.value.map(rename)
                            : rename(test.value);
                    }
                }
            }
        }
    }

    setType(field, type) {
        this.change(() => {
            field.type = type;
            for (const name of Object.keys(this.properties)) {
                if (!this.has(field, name)) {
                    field[name] = name === "options" ? [] : false;
                }
            }
            field.filled_by = field.filled_by || "citizen";
            if (this.has(field, "options") && !field.options.length) {
                field.options = [1, 2].map((number) => this.newOption(field, number));
            }
        });
    }

    // ---------------------------------------------------------------------
    // Sections
    // ---------------------------------------------------------------------

    addSection() {
        this.change(() => {
            const section = newSection();
            this.state.sections.push(section);
            this.choose(section.key, true);
        });
    }

    setTitle(section, title) {
        this.change(() => {
            section.title = title;
        }, `${section.key}/title`);
    }

    moveSection(key, index) {
        const { sections } = this.state;
        const from = sections.findIndex((section) => section.key === key);
        if (index >= 0 && index < sections.length) {
            this.change(() => sections.splice(index, 0, ...sections.splice(from, 1)));
        }
    }

    removeSection(key) {
        this.change(() => {
            this.state.sections = this.state.sections.filter((section) => section.key !== key);
            this.choose(false);
        });
    }

    /** The fields of another form, to copy from. */
    readForm(versionId) {
        return this.orm.silent.call("motcua.form.editor", "read_form", [versionId]);
    }

    /** Puts copies of fields of another form at the end, as sections of their own. */
    insert(rows) {
        this.change(() => {
            const sections = toSections(rows);
            for (const section of sections) {
                section.fields = section.fields.map((field) => this.copyOf(field));
            }
            const fields = sections.flatMap((section) => section.fields);
            this.forgetOthers(fields);
            this.rename(fields);
            this.state.sections.push(...sections);
            this.choose(fields[0].key);
        });
    }

    /** Conditions on fields that were not taken over would mean nothing here. */
    forgetOthers(fields) {
        const names = new Set(fields.map((field) => field.name));
        for (const field of fields) {
            for (const property of ["visible_if", "required_if"]) {
                const tests = Object.values(field[property] || {}).flat();
                if (!tests.every((test) => names.has(test.field))) {
                    field[property] = false;
                }
            }
        }
    }

    // ---------------------------------------------------------------------
    // Saving
    // ---------------------------------------------------------------------

    /** @returns {Promise<boolean>} whether it was saved */
    async save() {
        const { state } = this;
        if (state.busy) {
            return false;
        }
        const rows = toRows(toRaw(state).sections);
        state.busy = true;
        state.alert = "";
        try {
            state.version.revision = await this.call("save_form", state.version.revision, rows);
        } catch (error) {
            state.alert = this.sentence(error);
            return false;
        } finally {
            state.busy = false;
        }
        Object.assign(state, { restored: false, outdated: false });
        this.saved = JSON.stringify(rows);
        const names = new Set(this.savedNames());
        for (const field of this.fields.filter((field) => names.has(field.name))) {
            field.saved = true;
            for (const option of field.options) {
                option.saved = true;
            }
        }
        this.history.tag = false;
        this.afterChange();
        return true;
    }

    /** What went wrong, for people. */
    sentence(error) {
        if (error instanceof ConnectionLostError) {
            return _t(
                "The server cannot be reached. Nothing is lost: try again in a moment."
            );
        }
        return error.data?.message || error.message;
    }
}
