import { useDraggable } from "@web/core/utils/draggable";

const EDGE = 40; // pixels

function contains(element, x, y) {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return left <= x && x <= right && top <= y && y <= bottom;
}

/** Brings into sight what is beyond the edge that the pointer comes near. */
function scrollNear(canvas, y) {
    const { top, bottom } = canvas.getBoundingClientRect();
    if (y < top + EDGE) {
        canvas.scrollTop -= EDGE / 3;
    } else if (y > bottom - EDGE) {
        canvas.scrollTop += EDGE / 3;
    }
}

/**
 * Drags fields, and kinds of fields from the palette, into lists of fields, also nested
 * ones: `[data-list]` holds `.o_motcua_draggable`. The place is where the pointer is, so
 * that each place can be reached (Odoo's sortable goes by the cards that are passed).
 *
 * @param {object} params
 * @param {{ el: HTMLElement | null }} params.ref
 * @param {() => boolean} params.enable
 * @param {(element: HTMLElement, list: string) => boolean} params.fits
 * @param {(dragging: boolean) => void} params.onChange
 * @param {(element: HTMLElement, list: string, index: number) => void} params.onDrop
 */
export function useFieldDrag({ ref, enable, fits, onChange, onDrop }) {
    let placeholder;
    const cards = (list, dragged) =>
        [...list.children].filter((el) => el.dataset.key && el !== dragged);

    /** The innermost list at a point where the dragged may stand. */
    const listAt = (x, y, dragged) => {
        const canvas = ref.el.querySelector(".o_motcua_canvas");
        return (
            contains(canvas, x, y) &&
            [...canvas.querySelectorAll("[data-list]")].findLast(
                (list) =>
                    !dragged.contains(list) &&
                    contains(list, x, y) &&
                    fits(dragged, list.dataset.list)
            )
        );
    };

    useDraggable({
        ref,
        enable,
        elements: ".o_motcua_draggable",
        handle: ".o_motcua_grip",
        cursor: "grabbing",
        onDragStart: ({ element, addClass }) => {
            addClass(element, "o_motcua_dragged");
            placeholder = document.createElement("div");
            placeholder.className = "o_motcua_placeholder";
            element.after(placeholder);
            onChange(true);
        },
        onDrag: ({ element, x, y }) => {
            scrollNear(ref.el.querySelector(".o_motcua_canvas"), y);
            const list = listAt(x, y, element);
            if (list) {
                const next = cards(list, element).find((card) => {
                    const { top, height } = card.getBoundingClientRect();
                    return y < top + height / 2;
                });
                list.insertBefore(placeholder, next || null);
            } else if (element.dataset.type) {
                element.after(placeholder); // away from all lists: not added
            }
        },
        onDrop: ({ element }) => {
            const list = placeholder.parentElement;
            if (list.dataset.list) {
                const before = cards(list, element).filter(
                    (card) =>
                        card.compareDocumentPosition(placeholder) &
                        Node.DOCUMENT_POSITION_FOLLOWING
                );
                onDrop(element, list.dataset.list, before.length);
            }
        },
        onDragEnd: () => {
            placeholder.remove();
            onChange(false);
        },
    });
}
