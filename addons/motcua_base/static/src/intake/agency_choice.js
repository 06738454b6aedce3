import { Component } from "@odoo/owl";
import { AutoComplete } from "@web/core/autocomplete/autocomplete";
import { _t } from "@web/core/l10n/translation";
import { useChildRef } from "@web/core/utils/hooks";

/**
 * What was typed and not chosen is no agency: when the field is left, it shows again what
 * was chosen.
 */
class AgencyField extends AutoComplete {
    onInputBlur() {
        super.onInputBlur();
        // Both: the input may not have been drawn yet since it was typed into, and would
        // show what was typed when it is.
        this.state.value = this.props.value;
        this.inputRef.el.value = this.props.value;
    }
}

/** For which agency a procedure is received that every desk receives for any of them. */
export class AgencyChoice extends Component {
    static template = "motcua_base.AgencyChoice";
    static components = { AgencyField };
    static props = { model: Object, procedureId: Number, agency: String, autofocus: Boolean };

    setup() {
        this.input = useChildRef();
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
