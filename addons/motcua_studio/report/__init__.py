from . import workflow_report
