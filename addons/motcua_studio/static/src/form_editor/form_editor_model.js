import { toRaw } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { EditorModel } from "../editor/editor_model";
import { newKey } from "../editor/new_key";
import { optionKey, renameChoice, renameReferences, technicalName } from "./form_names";
import { FormPreviewModel } from "./form_preview_model";
import { allFields, locate, newOption, newSection, toField, toRows, toSections } from "./form_rows";

/**
 * Everything the form editor knows and does; components only show it. The form lies in
 * `state.sections`, and is shown in the preview.
 */
export class FormEditorModel extends EditorModel {
    constructor(orm, versionId) {
        super(orm, "motcua.form.editor", versionId, {
            version: {},
            sections: [],
            findings: {},
        });
        this.preview = new FormPreviewModel(this);
        this.loaded = this.load();
    }

    get isEditable() {
        return Boolean(this.state.version.editable);
    }

    take(answer) {
        const { fields, types, properties, operators, patterns, functions, ...version } = answer;
        Object.assign(this, { properties, operators, patterns, functions });
        this.types = Object.fromEntries(types.map((type) => [type.type, type]));
        Object.assign(this.state, { version, sections: toSections(fields) });
    }

    toSave() {
        return toRows(this.snapshot());
    }

    snapshot() {
        return toRaw(this.state).sections;
    }

    put(sections) {
        this.state.sections = sections;
        // Saved meanwhile: its name is fixed now.
        const names = this.savedNames();
        for (const field of this.fields) {
            field.saved = field.saved || names.has(field.name);
        }
    }

    afterChange() {
        super.afterChange();
        this.preview.checkForm();
    }

    // ---------------------------------------------------------------------
    // Looking
    // ---------------------------------------------------------------------

    get fields() {
        return allFields(this.state.sections);
    }

    savedNames() {
        const rows = JSON.parse(this.saved);
        return new Set(
            rows.flatMap((row) => [row, ...(row.columns || [])]).map((row) => row.name)
        );
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

    /** A choice that was never saved has a new key: says so wherever it is meant. */
    renameOption(field, before, after) {
        renameChoice(this.fields, field.name, before, after);
        this.preview.renameChoice(field.name, before, after);
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
        const rows = this.toSave();
        const revision = await this.attempt("save_form", this.state.revision, rows);
        if (!revision) {
            return false;
        }
        this.afterSave(revision, JSON.stringify(rows));
        const names = this.savedNames();
        for (const field of this.fields.filter((field) => names.has(field.name))) {
            field.saved = true;
            for (const option of field.options) {
                option.saved = true;
            }
        }
        this.history.tag = false;
        return true;
    }
}
