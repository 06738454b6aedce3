{
    "name": "Motcua: studio",
    "summary": "Administrators build procedures, forms, workflows and documents",
    "version": "19.0.1.0.0",
    "category": "Government",
    "license": "LGPL-3",
    "author": "Motcua",
    "website": "https://motcua.example",
    "depends": ["motcua_base"],
    "auto_install": True,
}
