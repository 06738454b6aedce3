import { Component, markup, useEffect, useRef, useState } from "@odoo/owl";

const ZOOM = 1.25;
const [SMALLEST, LARGEST] = [0.2, 3];

/** The workflow as drawn by the server; a click on a box chooses the step. */
export class WorkflowPicture extends Component {
    static template = "motcua_studio.WorkflowPicture";
    static props = { model: Object, onChoose: Function, slots: { type: Object, optional: true } };

    setup() {
        this.state = useState(this.props.model.state);
        this.local = useState({ zoom: 0 });
        this.frame = useRef("frame");
        useEffect(
            () => this.arrange(),
            () => [this.state.seen.picture, this.local.zoom, this.state.chosen]
        );
    }

    /** The same object while nothing changes, or it would be built anew each time. */
    get picture() {
        const { picture } = this.state.seen;
        if (this.drawn?.picture !== picture) {
            // Made by the server, which escapes all text in it.
            this.drawn = { picture, content: markup(picture) };
        }
        return this.drawn.content;
    }

    get svg() {
        return this.frame.el?.querySelector("svg");
    }

    /** How large the picture is shown, 1 being its own size. */
    get scale() {
        return this.svg ? this.svg.getBoundingClientRect().width / this.ownWidth : 1;
    }

    get ownWidth() {
        return this.svg.viewBox.baseVal.width;
    }

    arrange() {
        const { svg } = this;
        if (!svg) {
            return;
        }
        svg.removeAttribute("height");
        svg.style.width = this.local.zoom ? `${this.local.zoom * this.ownWidth}px` : "";
        svg.style.maxWidth = this.local.zoom ? "none" : "";
        for (const box of svg.querySelectorAll(".o_motcua_drawn_step")) {
            const step = this.stepOf(box);
            const isChosen = step?.key === this.state.chosen;
            box.classList.toggle("o_motcua_chosen_step", isChosen);
            box.setAttribute("tabindex", "0");
            box.setAttribute("role", "button");
            box.setAttribute("aria-label", step?.name || "");
            if (isChosen) {
                this.bringIntoView(box);
            }
        }
    }

    bringIntoView(box) {
        const frame = this.frame.el.getBoundingClientRect();
        const place = box.getBoundingClientRect();
        if (place.top < frame.top || place.bottom > frame.bottom) {
            this.frame.el.scrollTop += place.top - frame.top - frame.height / 3;
        }
    }

    stepOf(box) {
        return this.state.flow.steps.find((step) => String(step.key) === box.dataset.step);
    }

    onClick(ev) {
        const box = ev.target.closest(".o_motcua_drawn_step");
        const step = box && this.stepOf(box);
        if (step) {
            this.props.onChoose(step.key);
        }
    }

    onKeydown(ev) {
        if (ev.key === "Enter" || ev.key === " ") {
            ev.preventDefault();
            this.onClick(ev);
        }
    }

    zoom(direction) {
        const zoom = this.scale * ZOOM ** direction;
        this.local.zoom = Math.min(Math.max(zoom, SMALLEST), LARGEST);
    }

    fit() {
        this.local.zoom = 0;
    }

    /** So that all of it can be seen at once. */
    whole() {
        const { svg } = this;
        const { clientWidth, clientHeight } = this.frame.el;
        const { width, height } = svg.viewBox.baseVal;
        this.local.zoom = Math.min((clientWidth - 20) / width, (clientHeight - 20) / height, 1);
    }
}
