import { _t } from "@web/core/l10n/translation";
import { session } from "@web/session";
import { formatNumber, readNumber } from "./number";
import { numberWords } from "./number_words";

// Where zeros are no longer counted at a glance, as in `tools/number.py`.
const IN_WORDS_FROM = 10 ** 6;

/** Why a text cannot be kept as a number; empty where it can. */
export function refusalOf(typed, whole) {
    const { readings } = readNumber(typed, whole);
    if (!readings) {
        return "";
    }
    const [one, other] = readings;
    return one
        ? _t("This may mean %(one)s or %(other)s: write it as one of the two.", { one, other })
        : _t("This is no number.");
}

/**
 * How a number that stands in an input is understood: grouped, unless it stands there so
 * (or as the input itself writes it, `own`), and from a million on in words, with zeros as
 * the rule set in force says them.
 */
export function understoodOf(typed, whole, own) {
    const { value } = readNumber(typed, whole);
    if (value === undefined) {
        return "";
    }
    const grouped = formatNumber(value);
    const said = [grouped, own].includes(typed.trim()) ? [] : [grouped];
    if (Math.abs(value) >= IN_WORDS_FROM && Number.isSafeInteger(value)) {
        const words = numberWords(value, session.motcua_zero_in_words);
        said.push(said.length ? `(${words})` : words);
    }
    return said.join(" ");
}
