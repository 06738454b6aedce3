// What the server takes as a technical name is longer; people read these in formulas.
const LENGTH = 40;

/**
 * The technical name for a label: small letters without accents, not taken yet.
 *
 * @param {string} label
 * @param {Iterable<string>} taken
 */
export function technicalName(label, taken) {
    const words = plain(label).replace(/^[^a-z]+/, "") || "field";
    // Odoo takes names that end so for something else.
    const base = shorten(words).replace(/_html$/, "_htm");
    return unique(base, taken);
}

/** The key of a choice; like a technical name, but may begin with a digit. */
export function optionKey(label, taken) {
    return unique(shorten(plain(label)) || "option", taken);
}

function plain(label) {
    return label
        .toLowerCase()
        .normalize("NFD")
        .replace(/[\u0300-\u036f]/g, "")
        .replace(/đ/g, "d")
        .replace(/[^a-z0-9]+/g, "_")
        .replace(/^_+|_+$/g, "");
}

function shorten(words) {
    return words.length > LENGTH ? words.slice(0, LENGTH).replace(/_[^_]*$/, "") : words;
}

function unique(base, taken) {
    const names = new Set(taken);
    let name = base;
    for (let number = 2; names.has(name); number++) {
        name = `${base}_${number}`;
    }
    return name;
}

/**
 * Says new names wherever the fields speak of each other.
 *
 * @param {object[]} fields
 * @param {Map<string, string>} names technical names before and after
 */
export function renameReferences(fields, names) {
    const renamed = (name) => names.get(name) || name;
    for (const field of fields) {
        for (const condition of [field.visible_if, field.required_if]) {
            for (const test of Object.values(condition || {}).flat()) {
                test.field = renamed(test.field);
            }
        }
        if (field.formula) {
            field.formula = field.formula.replace(/\b[a-z]\w*/g, renamed);
        }
    }
}
