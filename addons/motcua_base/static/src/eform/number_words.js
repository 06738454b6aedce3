// The same words as those of `number_words` in `tools/text.py`: both are tested with the
// cases of `tests/word_cases.json`.
const DIGITS = "không một hai ba bốn năm sáu bảy tám chín".split(" ");
const ZEROS = { linh: "linh", le: "lẻ" };
const POWERS = [
    [10 ** 6, "triệu"],
    [1000, "nghìn"],
    [1, ""],
];

/**
 * A whole number in words, as documents write it.
 *
 * @param {number} number
 * @param {"linh" | "le"} zero how a zero among the tens is said
 * @returns {string}
 */
export function numberWords(number, zero) {
    return (number < 0 ? "âm " : "") + inWords(Math.abs(number), zero);
}

function inWords(number, zero) {
    if (!number) {
        return DIGITS[0];
    }
    const billions = Math.floor(number / 10 ** 9);
    const words = billions ? [inWords(billions, zero), "tỷ"] : [];
    let rest = number % 10 ** 9;
    for (const [power, name] of POWERS) {
        const group = Math.floor(rest / power);
        rest %= power;
        if (group) {
            words.push(...groupWords(group, zero, words.length > 0), name);
        } else if (words.length && rest) {
            words.push(DIGITS[0], name);
        }
    }
    return words.filter(Boolean).join(" ");
}

function groupWords(number, zero, full) {
    const hundreds = Math.floor(number / 100);
    const tens = Math.floor(number / 10) % 10;
    const ones = number % 10;
    const words = hundreds || full ? [DIGITS[hundreds], "trăm"] : [];
    if (tens === 1) {
        words.push("mười");
    } else if (tens) {
        words.push(DIGITS[tens], "mươi");
    } else if (ones && words.length) {
        words.push(ZEROS[zero]);
    }
    if (ones === 1 && tens > 1) {
        words.push("mốt");
    } else if (ones === 4 && tens > 1) {
        words.push("tư");
    } else if (ones === 5 && tens) {
        words.push("lăm");
    } else if (ones) {
        words.push(DIGITS[ones]);
    }
    return words;
}
