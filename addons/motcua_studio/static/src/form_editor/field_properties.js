import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatDay, parseDay } from "@motcua_base/eform/day";
import { ConditionEditor } from "../editor/condition_editor";
import { FormulaEditor } from "./formula_editor";
import { OptionList } from "./option_list";

const DATES = ["date", "datetime"];
const LISTS = ["tags", "repeat"];
const NUMBERS = ["integer", "float", "money"];

// Shown at their own places; what else the server lists is shown as it comes.
const PLACED = new Set([
    "name", "label", "type", "section", "required", "filled_by", "help", "placeholder",
    "options", "pattern", "minimum", "maximum", "visible_if", "required_if", "prefill",
    "prefill_name", "formula", "required_before_stage_id",
]);

/** What can be set of a field, in its card. */
export class FieldProperties extends Component {
    static template = "motcua_studio.FieldProperties";
    static components = { ConditionEditor, FormulaEditor, OptionList };
    static props = { model: Object, field: Object };

    setup() {
        this.state = useState(this.props.model.state);
        this.formatDay = formatDay;
        // What is in use is open at first; then it is as people leave it.
        const { field } = this.props;
        this.open = {
            checks: Boolean(field.minimum || field.maximum || field.pattern || field.prefill),
            conditions: Boolean(field.visible_if || field.required_if),
        };
    }

    get field() {
        return this.props.field;
    }

    get model() {
        return this.props.model;
    }

    has(property) {
        return this.model.has(this.field, property);
    }

    set(property, value) {
        this.model.set(this.field, property, value);
    }

    /** Types it can be changed to; a repeating section stays one. */
    get types() {
        const isRow = Boolean(this.model.locate(this.field.key)?.parent);
        return Object.values(this.model.types).filter(
            (type) => type.type !== "repeat" && (!isRow || type.repeatable)
        );
    }

    /** Where the field may stand: `[key, words]` of sections and repeating sections. */
    get places() {
        const places = [];
        for (const [index, section] of this.state.sections.entries()) {
            places.push([section.key, section.title || _t("Section %s", index + 1)]);
            for (const field of section.fields) {
                const isOther = field.type === "repeat" && field.key !== this.field.key;
                if (isOther && this.model.fits(this.field.type, field.key)) {
                    places.push([field.key, `↳ ${field.label}`]);
                }
            }
        }
        return places;
    }

    get place() {
        const place = this.model.locate(this.field.key);
        return place && (place.parent || place.section).key;
    }

    onPlace(ev) {
        const list = this.model.listOf(ev.target.value);
        this.model.move(this.field.key, ev.target.value, list.length);
    }

    // ---------------------------------------------------------------------

    get isDate() {
        return DATES.includes(this.field.type);
    }

    get boundLabels() {
        if (this.isDate) {
            return { minimum: _t("Not before"), maximum: _t("Not after") };
        }
        if (LISTS.includes(this.field.type)) {
            return { minimum: _t("How many at least"), maximum: _t("How many at most") };
        }
        return NUMBERS.includes(this.field.type)
            ? { minimum: _t("At least"), maximum: _t("At most") }
            : { minimum: _t("Shortest (letters)"), maximum: _t("Longest (letters)") };
    }

    /** Whether the day of filling in is meant, or a day of its own. */
    isToday(bound) {
        return this.field[bound] === "today";
    }

    onDay(bound, ev) {
        this.set(bound, parseDay(ev.target.value) || false);
    }

    get hasOwnPattern() {
        const { pattern } = this.field;
        return Boolean(pattern) && !this.model.patterns.some(([name]) => name === pattern);
    }

    get choices() {
        return this.model.properties;
    }

    /** Properties that this screen knows nothing about, but the server does. */
    get others() {
        return Object.entries(this.model.properties)
            .filter(([name]) => !PLACED.has(name) && this.has(name))
            .map(([name, property]) => ({ name, ...property }));
    }

    /** No stage waits for what citizens fill in. */
    onParty(ev) {
        const { field } = this;
        const party = ev.target.value;
        this.model.change(() => {
            field.filled_by = party;
            if (party !== "officer") {
                field.required_before_stage_id = false;
            }
        });
    }

    onChoice(property, ev) {
        const found = this.choices[property].choices.find(
            ([value]) => String(value) === ev.target.value
        );
        this.set(property, found ? found[0] : false);
    }

    get hasChecks() {
        return ["minimum", "maximum", "pattern", "prefill"].some((name) => this.has(name));
    }

    get neighbours() {
        return this.model
            .neighbours(this.field)
            .filter((other) => this.model.operatorsOf(other).length);
    }
}
