import { deserializeDateTime, serializeDateTime } from "@web/core/l10n/dates";

const { DateTime } = luxon;
const ZONE = "Asia/Ho_Chi_Minh";
const LOCAL = "yyyy-MM-dd'T'HH:mm";

/** A moment as it is stored (UTC), for a browser's field: local time in Vietnam. */
export function toLocalField(value) {
    if (!/^\d{4}-\d\d-\d\d \d\d:\d\d/.test(value || "")) {
        return "";
    }
    return deserializeDateTime(value, { tz: ZONE }).toFormat(LOCAL);
}

/** What a browser's field holds, as it is stored. */
export function fromLocalField(value) {
    const moment = DateTime.fromFormat(value, LOCAL, { zone: ZONE });
    return moment.isValid ? serializeDateTime(moment) : value;
}
