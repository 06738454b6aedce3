import { debounce } from "@web/core/utils/timing";

/**
 * Asks the server about what is being changed, and shows what it says of the last change
 * only: an answer to an earlier one may come later, and would undo what was typed or
 * chosen since.
 */
export class LatestAnswer {
    /**
     * @param {object} state reactive
     * @param {string} flag what in `state` says that an answer is still awaited
     * @param {number} delay milliseconds without a change until the server is asked
     * @param {{
     *     ask: () => Promise,
     *     take: (answer: any) => void,
     *     fail: (error: Error) => void,
     * }} ways
     */
    constructor(state, flag, delay, { ask, take, fail }) {
        Object.assign(this, { state, flag, ask, take, fail });
        this.turn = 0;
        this.askSoon = debounce(() => this.now(), delay);
    }

    /** Something was changed: asks when changing pauses. */
    soon() {
        this.begin();
        this.askSoon();
    }

    /** @returns {Promise} kept when the answer was taken, or overtaken */
    async now() {
        this.askSoon.cancel();
        const turn = this.begin();
        let show;
        try {
            const answer = await this.ask();
            show = () => this.take(answer);
        } catch (error) {
            show = () => this.fail(error);
        }
        if (turn === this.turn) {
            this.state[this.flag] = false;
            show();
        }
    }

    /** What was asked, or is about to be, does not matter any more. */
    drop() {
        this.askSoon.cancel();
        this.turn += 1;
        this.state[this.flag] = false;
    }

    begin() {
        this.state[this.flag] = true;
        this.turn += 1;
        return this.turn;
    }
}
