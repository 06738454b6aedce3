// What the server takes as a technical name is longer; people read these in formulas.
const LENGTH = 40;
// Words of the language of formulas, which name no field there.
const WORDS = ["and", "or", "not", "true", "false"];

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
    return unique(base, [...taken, ...WORDS]);
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
            field.formula = renameInFormula(field.formula, names);
        }
    }
}

/**
 * Says the new key of a choice wherever the fields compare the field `name` with it.
 *
 * @param {object[]} fields
 * @param {string} name of the field whose choice it is
 */
export function renameChoice(fields, name, before, after) {
    const renamed = (key) => (key === before ? after : key);
    for (const field of fields) {
        for (const condition of [field.visible_if, field.required_if]) {
            for (const test of Object.values(condition || {}).flat()) {
                if (test.field === name) {
                    test.value = Array.isArray(test.value)
                        ? test.value.map(renamed)
                        : renamed(test.value);
                }
            }
        }
        if (field.formula) {
            field.formula = renameKeyInFormula(field.formula, name, before, after);
        }
    }
}

/** A formula that compares a field with the label of a choice, with its key instead,
 * where no other choice can be meant. */
export function keysForLabels(formula, fields) {
    for (const { name, options = [] } of fields) {
        for (const { key, label } of options) {
            const others = options.filter((other) => [other.key, other.label].includes(label));
            if (key !== label && others.length === 1) {
                formula = renameKeyInFormula(formula, name, label, key);
            }
        }
    }
    return formula;
}

function renameInFormula(formula, names) {
    const tokens = tokensOf(formula);
    return written(tokens, (token) =>
        token.kind === "field" && !WORDS.includes(token.text)
            ? names.get(token.text) || token.text
            : token.text
    );
}

/** Only a text that is compared with the field is a key: in `=`, `!=` and `contains`. */
function renameKeyInFormula(formula, name, before, after) {
    const tokens = tokensOf(formula);
    const said = tokens.filter(({ kind }) => kind !== "blank");
    const isField = (from, to) => {
        const words = said.slice(from, to).map(({ text }) => text).join("");
        return words === name || words.endsWith(`.${name}`);
    };
    const keys = new Set();
    for (const [at, { kind, text }] of said.entries()) {
        const isEqual = kind === "sign" && ["=", "==", "!=", "<>"].includes(text);
        const isPart = text === "," && contains(said, at);
        if (!isEqual && !isPart) {
            continue;
        }
        const next = said[at + 1];
        if (next?.kind === "text" && isField(startOf(said, at), at)) {
            keys.add(next);
        }
        const previous = said[at - 1];
        if (isEqual && previous?.kind === "text" && isField(at + 1, endOf(said, at))) {
            keys.add(previous);
        }
    }
    return written(tokens, (token) =>
        keys.has(token) && token.text.slice(1, -1) === before
            ? token.text[0] + after + token.text[0]
            : token.text
    );
}

/** Where the name before a sign begins: `section.column` are three tokens. */
function startOf(said, at) {
    return said[at - 2]?.text === "." ? at - 3 : at - 1;
}

function endOf(said, at) {
    return said[at + 2]?.text === "." ? at + 4 : at + 2;
}

/** Whether this comma stands in `contains(field, …)`. */
function contains(said, at) {
    const start = startOf(said, at);
    return said[start - 1]?.text === "(" && said[start - 2]?.text === "contains";
}

/** As `tools/formula.py` parts a formula; what it cannot read stays as it is. */
function tokensOf(formula) {
    const parts =
        /(?<blank>\s+)|(?<text>"[^"]*"|'[^']*')|(?<number>\d[\w.]*)|(?<name>[A-Za-z]\w*)|(?<sign><=|>=|!=|<>|==|.)/gsu;
    const tokens = [...formula.matchAll(parts)].map(({ 0: text, groups }) => ({
        kind: Object.keys(groups).find((kind) => groups[kind] !== undefined),
        text,
    }));
    const said = tokens.filter(({ kind }) => kind !== "blank");
    for (const [at, token] of said.entries()) {
        if (token.kind === "name") {
            token.kind = said[at + 1]?.text === "(" ? "function" : "field";
        }
    }
    return tokens;
}

function written(tokens, textOf) {
    return tokens.map(textOf).join("");
}
