{
    "name": "Motcua: studio",
    "summary": "Administrators build procedures, forms, workflows and documents",
    "version": "19.0.1.0.0",
    "category": "Government",
    "license": "LGPL-3",
    "author": "Motcua",
    "website": "https://motcua.example",
    "depends": ["motcua_base", "html_editor"],
    "data": [
        "security/ir.model.access.csv",
        "report/motcua_version_reports.xml",
        "wizard/motcua_document_starter_views.xml",
        "wizard/motcua_version_comparison_views.xml",
        "wizard/motcua_version_move_views.xml",
        "views/motcua_document_template_views.xml",
        "views/motcua_form_editor_views.xml",
        "views/motcua_procedure_version_views.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "motcua_studio/static/src/document_editor/**/*",
            "motcua_studio/static/src/form_editor/**/*",
            "motcua_studio/static/src/version_check/**/*",
        ],
    },
    "auto_install": True,
}
