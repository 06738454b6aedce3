from odoo import models
from odoo.tools import SQL


class VietnameseOrder(models.AbstractModel):
    """Names in the order of the Vietnamese alphabet. The databases of Odoo order by
    bytes, where Đặng follows everything."""

    _name = "motcua.vietnamese.order"
    _description = "Names in Vietnamese order"

    _vietnamese_names = frozenset({"name"})

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        term = super()._order_field_to_sql(alias, field_name, direction, nulls, query)
        if field_name not in self._vietnamese_names or not term:
            return term
        column = query._order_groupby[-1]
        collated = SQL('%s COLLATE "vi-x-icu"', column)
        query._order_groupby[-1] = collated
        return SQL("%s %s %s", collated, direction, nulls)
