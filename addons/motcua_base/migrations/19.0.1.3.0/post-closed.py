def migrate(cr, version):
    """Links given out before open nothing any more, and nobody signs up by himself."""
    cr.execute("UPDATE motcua_dossier SET access_token = NULL")
    cr.execute(
        """
        UPDATE ir_attachment SET public = false, access_token = NULL
        WHERE res_model LIKE 'motcua.%' AND (public OR access_token IS NOT NULL)
        """
    )
    cr.execute(
        """
        UPDATE ir_config_parameter SET value = 'b2b'
        WHERE key = 'auth_signup.invitation_scope'
        """
    )
