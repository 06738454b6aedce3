from . import motcua_dossier_verb
