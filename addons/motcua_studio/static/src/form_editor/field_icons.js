const ICONS = {
    char: "fa-font",
    text: "fa-align-left",
    integer: "fa-sort-numeric-asc",
    float: "fa-percent",
    money: "fa-money",
    boolean: "fa-check-square-o",
    date: "fa-calendar-o",
    datetime: "fa-clock-o",
    selection: "fa-dot-circle-o",
    tags: "fa-list-ul",
    id_number: "fa-id-card-o",
    tax_code: "fa-barcode",
    phone: "fa-phone",
    email: "fa-at",
    agency: "fa-institution",
    place: "fa-map-marker",
    file: "fa-paperclip",
    computed: "fa-calculator",
    heading: "fa-header",
    note: "fa-info-circle",
    repeat: "fa-table",
};

/** The icon class of a field type. */
export function iconOf(type) {
    return ICONS[type] || "fa-square-o";
}
