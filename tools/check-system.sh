#!/bin/sh
# Makes sure that what pip cannot bring is there: Python 3.11 or newer with its headers, a C compiler, pkg-config, cairo
# and pango (two of Manim's libraries are compiled at installation). On Debian as root it installs what is missing;
# elsewhere it prints the command that does, and stops. On success the last line on stdout is the Python to use.
set -eu

find_python() {
    for candidate in python3.14 python3.13 python3.12 python3.11 python3; do
        "$candidate" -c '
import ensurepip, os, sys, sysconfig, venv
headers = os.path.join(sysconfig.get_path("include"), "Python.h")
sys.exit(not ((3, 11) <= sys.version_info < (3, 15) and os.path.exists(headers)))' 2>/dev/null || continue
        command -v "$candidate"
        return
    done
}

missing() {
    [ -n "$(find_python)" ] || echo "Python 3.11 to 3.14 with venv and headers"
    command -v cc >/dev/null || echo "a C compiler"
    if ! command -v pkg-config >/dev/null; then
        echo "pkg-config"
    else
        pkg-config --exists cairo || echo "cairo with headers"
        pkg-config --exists pangocairo || echo "pango with headers"
    fi
}

debian="build-essential pkg-config libcairo2-dev libpango1.0-dev python3-dev python3-venv"

if [ -n "$(missing)" ] && [ "$(id -u)" = 0 ] && [ -f /etc/debian_version ]; then
    echo "Installing: $debian" >&2
    apt-get update -q >&2
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $debian >&2
fi

if [ -n "$(missing)" ]; then
    {
        echo "Missing on this machine:"
        missing | sed 's/^/  - /'
        echo "Install it with the one command for your system, then run make again:"
        echo "  Debian, Ubuntu:  sudo apt-get install $debian"
        echo "  Fedora:          sudo dnf install gcc pkgconf-pkg-config cairo-devel pango-devel python3-devel"
        echo "  macOS:           brew install pkg-config cairo pango python@3.13"
    } >&2
    exit 1
fi
find_python
