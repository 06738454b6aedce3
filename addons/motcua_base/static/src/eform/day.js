/** An ISO date as people write it; what is no date stays as it was typed. */
export function formatDay(value) {
    const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value || "");
    return match ? `${match[3]}/${match[2]}/${match[1]}` : value || "";
}

/**
 * The ISO date of 1/2/1990, 01-02-1990 or 01021990; what is no date stays, for the server
 * to name. Browsers' own date fields follow the language of the computer, and an English
 * one would swap day and month.
 */
export function parseDay(text) {
    const typed = text.trim();
    const match =
        /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(typed) ||
        /^(\d\d)(\d\d)(\d{4})$/.exec(typed);
    return match ? `${match[3]}-${match[2].padStart(2, "0")}-${match[1].padStart(2, "0")}` : typed;
}
