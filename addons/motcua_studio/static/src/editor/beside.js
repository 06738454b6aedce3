/**
 * A second window for the same editor, to carry changes over into: it shows what is
 * saved, and keeps a draft of its own.
 */
function besideName() {
    return `motcua_beside ${window.location.pathname}`;
}

/** Whether this is that window. */
export function isBeside() {
    return window.name === besideName();
}

export function openBeside() {
    window.open(window.location.href, besideName());
}
