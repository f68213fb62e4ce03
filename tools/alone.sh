#!/bin/sh
# Runs a command while no other one runs through this script in this folder; the second waits for the first, and says so.
# The lock ends with the processes that have it, however they end. Before there is any Python there is none.
set -eu
python=$(command -v python3 || true)
[ -n "$python" ] || exec "$@"
exec "$python" -c '
import fcntl, os, sys
os.makedirs("media", exist_ok=True)
lock = os.open("media/.lock", os.O_RDWR | os.O_CREAT, 0o666)
try:
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError:
    print("Another make is at work in this folder; waiting until it ends.", file=sys.stderr, flush=True)
    fcntl.flock(lock, fcntl.LOCK_EX)
os.set_inheritable(lock, True)
os.execvp(sys.argv[1], sys.argv[1:])' "$@"
