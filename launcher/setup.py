"""The order in which a machine is made ready. Every step looks first and does only what
is missing.
"""

from . import debian, lock, odoo_platform, postgres, python_env


def ensure(with_tests=False):
    """Debian packages, Odoo's code, Python packages and the PostgreSQL cluster."""
    with lock.exclusive("setup"):
        debian.ensure(debian.RUNTIME + (debian.TEST if with_tests else ()))
        odoo_platform.ensure()
        python_env.ensure(with_tests)
        postgres.ensure_cluster()
