import { deserializeDateTime, serializeDateTime } from "@web/core/l10n/dates";
import { formatDay, parseDay } from "./day";

const { DateTime } = luxon;
const ZONE = "Asia/Ho_Chi_Minh";

/** A moment as it is stored (UTC), as people in Vietnam write it; else as it was typed. */
export function formatMoment(value) {
    if (!/^\d{4}-\d\d-\d\d \d\d:\d\d/.test(value || "")) {
        return value || "";
    }
    const moment = deserializeDateTime(value, { tz: ZONE });
    return `${formatDay(moment.toISODate())} ${moment.toFormat("HH:mm")}`;
}

/**
 * What 1/2/1990 8:30 or 1/2/1990 8h30 stands for, as it is stored; what is no moment
 * stays, for the server to name. As with days, no browser's own field is used.
 */
export function parseMoment(text) {
    const match = /^(\S+)\s+(\d{1,2})[:hg](\d\d)$/.exec(text.trim());
    const hour = match && `${match[2].padStart(2, "0")}:${match[3]}`;
    const moment = match && DateTime.fromISO(`${parseDay(match[1])}T${hour}`, { zone: ZONE });
    return moment?.isValid ? serializeDateTime(moment) : text.trim();
}
