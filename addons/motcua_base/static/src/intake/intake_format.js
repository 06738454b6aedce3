import { deserializeDateTime } from "@web/core/l10n/dates";
import { formatInteger } from "@web/views/fields/formatters";

/** A moment of the server as people at the desk say it, in the time of Vietnam. */
export function formatDue(moment) {
    if (!moment) {
        return "";
    }
    const local = deserializeDateTime(moment, { tz: "Asia/Ho_Chi_Minh" });
    return local.toFormat("HH:mm, cccc dd/MM/yyyy");
}

export function formatMoney(amount) {
    return `${formatInteger(amount)} đ`;
}
