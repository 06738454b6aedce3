import { Component } from "@odoo/owl";
import { AutoComplete } from "@web/core/autocomplete/autocomplete";
import { _t } from "@web/core/l10n/translation";
import { useChildRef } from "@web/core/utils/hooks";

/** For which agency a procedure is received that every desk receives for any of them. */
export class AgencyChoice extends Component {
    static template = "motcua_base.AgencyChoice";
    static components = { AutoComplete };
    static props = { model: Object, procedureId: Number, agency: String, autofocus: Boolean };

    setup() {
        this.input = useChildRef();
    }

    /**
     * What was typed and not chosen is no agency. Asked of the browser: Odoo's field keeps
     * silent the first time it is left after a choice with the mouse.
     */
    restore() {
        this.input.el.value = this.props.agency;
    }

    choose(agency) {
        this.input.el.value = agency.name;
        this.props.model.chooseAgency(agency.id);
    }

    get sources() {
        return [
            {
                placeholder: _t("Searching…"),
                options: (typed) => this.options(typed),
            },
        ];
    }

    async options(typed) {
        const agencies = await this.props.model.findAgencies(this.props.procedureId, typed);
        if (!agencies.length) {
            return [{ label: _t("No such agency offers it"), unselectable: true }];
        }
        return agencies.map((agency) => ({
            label: agency.name,
            onSelect: () => this.choose(agency),
        }));
    }
}
