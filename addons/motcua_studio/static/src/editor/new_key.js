/** A key for something that has none on the server yet. */
export function newKey() {
    return Math.random().toString(36).slice(2, 12);
}
