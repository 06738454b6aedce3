"""The form validator alone, without database or server."""

import time

from . import addon_tools, big_form
from .measure import Rate

COUNT = 5_000


def validation():
    """Submitted forms of 60 fields checked a second; a row of the table."""
    form = addon_tools.load("form")
    spec, answers = big_form.spec_and_answers()
    problems = form.validate(spec, answers)
    if problems:
        raise RuntimeError(f"The form is wrong: {problems[0]}")
    start = time.process_time()
    for _number in range(COUNT):
        form.validate(spec, answers)
    rate = COUNT / (time.process_time() - start)
    return Rate(f"form of {big_form.FIELDS} fields validated", rate, bar=2_000)
