"""The launcher behind ./motcua: standard library only, one module per job.

``cli`` reads the command line; ``setup`` brings the machine to the state a command
needs; the other modules each know one thing (Debian packages, Odoo's code, the Python
environment, PostgreSQL, databases, the server, …).
"""
