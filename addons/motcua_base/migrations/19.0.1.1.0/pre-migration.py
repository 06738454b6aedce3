def migrate(cr, version):
    """Record rules follow the code from now on: one that a former version wrote once
    and for all would keep officers out, or let them in, against what is promised."""
    cr.execute(
        """
        UPDATE ir_model_data
           SET noupdate = false
         WHERE module = 'motcua_base' AND model = 'ir.rule'
        """
    )
