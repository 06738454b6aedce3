import { patch } from "@web/core/utils/patch";
import { ListRenderer } from "@web/views/list/list_renderer";

/**
 * Rows inside a form: while the row that was just left is being worked out, the list takes
 * the cursor back, and what is typed in the next field would go nowhere. The cursor stays
 * where somebody has put it.
 */
patch(ListRenderer.prototype, {
    focusCell() {
        if (!this.isX2Many || !this.isTypedElsewhere()) {
            super.focusCell(...arguments);
        }
    },

    isTypedElsewhere() {
        const active = document.activeElement;
        return (
            active.matches("input, textarea, [contenteditable=true]") &&
            !this.rootRef.el.contains(active)
        );
    },
});
