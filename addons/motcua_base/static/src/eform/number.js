// The rules of `tools/number.py`, for what Odoo's own number inputs would take as 0.
// Nothing new is decided here: both read the cases of `tests/number_cases.json` alike.
const MAX_DIGITS = 18;
const CURRENCY = /\s*(₫|đ|đồng|vnd|vnđ)\.?$|^(₫|vnd|vnđ)\s*/iu;
const NOTATIONS = [
    /^([0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,([0-9]+))?$/,
    /^([1-9][0-9]{0,2}(?: [0-9]{3})+)(?:[.,]([0-9]+))?$/,
    /^([0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.([0-9]+))?$/,
];

/**
 * The number that a text stands for, in Vietnamese notation or in one that can mean
 * nothing else.
 *
 * @param {string} text
 * @param {boolean} whole whether only whole numbers are meant
 * @returns {{value: number} | {readings: string[]}} readings: two where it may mean two
 *     things, none where it is no number
 */
export function readNumber(text, whole) {
    let typed = text.normalize("NFKC").replace(/[−–—‒]/g, "-").trim();
    typed = typed.replace(CURRENCY, "").trim().replace(/\s+/g, " ");
    const sign = typed.startsWith("-") ? "-" : "";
    let found = readings(/^[+-]/.test(typed) ? typed.slice(1).trim() : typed);
    if (whole) {
        const [fraction] = found.filter(({ decimals }) => decimals);
        // A whole number needs no decimals: three digits behind a sign are a group.
        found = found
            .filter(({ decimals }) => !decimals)
            .sort((one, other) => one.typed.length - other.typed.length)
            .slice(0, 1);
        if (!found.length && fraction) {
            const both = [writtenOf(fraction), `${fraction.integer}${fraction.typed}`];
            return { readings: both.map((reading) => sign + reading) };
        }
    }
    const values = new Map(found.map((reading) => [writtenOf(reading), reading]));
    if (values.size > 1) {
        const both = [...values.values()].sort((one, other) => valueOf(one) - valueOf(other));
        return { readings: both.map((reading) => sign + retyped(reading)) };
    }
    for (const reading of values.values()) {
        const value = valueOf(reading);
        return { value: sign && value ? -value : value };
    }
    return { readings: [] };
}

function readings(text) {
    return NOTATIONS.map((notation) => notation.exec(text))
        .filter(Boolean)
        .map(([, whole, typed = ""]) => ({
            digits: whole.replace(/\D/g, ""),
            integer: whole.replace(/\D/g, "").replace(/^0+(?=\d)/, ""),
            typed,
            decimals: typed.replace(/0+$/, ""),
        }))
        .filter(({ digits, typed }) => digits.length <= MAX_DIGITS && typed.length <= MAX_DIGITS);
}

function writtenOf({ integer, decimals }) {
    return decimals ? `${integer},${decimals}` : integer;
}

function retyped(reading) {
    return reading.decimals.length === 3 ? `${writtenOf(reading)}0` : writtenOf(reading);
}

function valueOf({ integer, decimals }) {
    return Number(`${integer}.${decimals || 0}`);
}

/** A number as people in Vietnam write it. */
export function formatNumber(value) {
    return new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 9 }).format(value);
}

/** The same for an input, where it has to be read again: what could be read in two ways
 * gets a decimal more. */
export function formatTyped(value, whole) {
    const text = formatNumber(value);
    if (whole || !/^-?\d{1,3}[.,]\d{3}$/.test(text)) {
        return text;
    }
    return text.includes(",") ? `${text}0` : `${text},0`;
}
