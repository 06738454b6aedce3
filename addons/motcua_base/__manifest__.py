{
    "name": "Motcua: one-stop shop",
    "summary": "Receive, process and return citizens' dossiers on time",
    "version": "19.0.1.0.0",
    "category": "Government",
    "license": "LGPL-3",
    "author": "Motcua",
    "website": "https://motcua.example",
    "depends": ["mail", "portal", "resource"],
    "external_dependencies": {"python": ["holidays"]},
    "data": [
        "security/motcua_base_groups.xml",
        "security/ir.model.access.csv",
        "security/motcua_base_rules.xml",
        "data/motcua_stage_data.xml",
        "data/motcua_ruleset_data.xml",
    ],
    "application": True,
}
