"""Listen on an address, then become the program that answers there:

    listen.py 0.0.0.0:8069 odoo …

Odoo itself lets few wait (8 for each worker process) and the kernel turns away more.
It takes over a socket that it finds as its third file (systemd's convention).
"""

import os
import socket
import sys

BACKLOG = 1024
FIRST_FILE = 3

host, _, port = sys.argv[1].rpartition(":")
listening = socket.create_server((host, int(port)), backlog=BACKLOG)
# Several processes take calls from it: who finds none goes on.
listening.setblocking(False)
os.dup2(listening.fileno(), FIRST_FILE)  # which the next program inherits
os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
os.execvp(sys.argv[2], sys.argv[2:])
