import { newKey } from "../editor/new_key";

/**
 * The form as the editor holds it: sections with fields, and repeating sections with
 * fields of their own (`columns`). A field has the keys of a row of the server, a `key`
 * of its own on this screen, and `saved` once its technical name is fixed.
 */

export function newSection(title = "", fields = []) {
    return { key: newKey(), title, fields };
}

/** Rows of the server as sections. */
export function toSections(rows) {
    const sections = [];
    for (const row of rows) {
        const title = row.section || "";
        if (sections.at(-1)?.title !== title) {
            sections.push(newSection(title));
        }
        sections.at(-1).fields.push(toField(row));
    }
    return sections;
}

/** @param {boolean} saved whether these very fields are in the database */
export function toField(row, saved = true) {
    const field = { ...row, key: newKey(), saved };
    field.options = row.options.map(([key, label]) => newOption(key, label, true));
    if (row.columns) {
        field.columns = row.columns.map((column) => toField(column, saved));
    }
    return field;
}

/** @param {boolean} saved whether its key may be in answers already */
export function newOption(key, label, saved = false) {
    return { id: newKey(), key, label, saved };
}

/** Sections as rows of the server; what was left blank is left out. */
export function toRows(sections) {
    return sections.flatMap((section) =>
        section.fields.map((field) => toRow(field, section.title.trim()))
    );
}

function toRow(field, section) {
    const { key, saved, columns, ...row } = field;
    row.section = section;
    row.options = field.options
        .filter((option) => option.label.trim())
        .map((option) => [option.key, option.label]);
    row.visible_if = toCondition(field.visible_if);
    row.required_if = toCondition(field.required_if);
    if (columns) {
        row.columns = columns.map((column) => toRow(column, ""));
    }
    return row;
}

function toCondition(condition) {
    const [[join, tests]] = Object.entries(condition || { all: [] });
    const complete = tests.filter((test) => test.field);
    return complete.length ? { [join]: complete } : false;
}

/** All fields, those of repeating sections after their section. */
export function allFields(sections) {
    return sections
        .flatMap((section) => section.fields)
        .flatMap((field) => [field, ...(field.columns || [])]);
}

/** Where a field stands: `{field, list, index, section, parent}`, or undefined. */
export function locate(sections, key) {
    for (const section of sections) {
        for (const [index, field] of section.fields.entries()) {
            if (field.key === key) {
                return { field, list: section.fields, index, section };
            }
            const column = (field.columns || []).findIndex((other) => other.key === key);
            if (column >= 0) {
                return {
                    field: field.columns[column],
                    list: field.columns,
                    index: column,
                    section,
                    parent: field,
                };
            }
        }
    }
}
