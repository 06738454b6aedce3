from . import base_import
from . import motcua_dossier_verb
from . import motcua_calendar_swap
from . import motcua_partner_merge
