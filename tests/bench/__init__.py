"""Benchmarks: how long the daily work takes, beside a helpdesk ticket and a project
task, on one machine in one run. ``./motcua bench`` runs them.
"""
