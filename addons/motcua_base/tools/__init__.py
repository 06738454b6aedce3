"""Pure computation: no database, no ``odoo`` import. Models call these modules, never
the other way round.
"""
