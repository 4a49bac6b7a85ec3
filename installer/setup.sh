#!/usr/bin/env bash
# Makes this checkout ready: system libraries the window needs, then .venv from constraints.txt.
#   installer/setup.sh run     to use the program
#   installer/setup.sh test    to test, lint, train and measure it too
# Does nothing, and needs no network, where everything is in place already. PYTHON names the interpreter.
set -euo pipefail
cd "$(dirname "$0")/.."
purpose=${1:?usage: installer/setup.sh run|test}
python=${PYTHON:-python3}

say() { echo "crimeview: $*" >&2; }

# Each line: how to tell that it is there, and the Debian package that brings it.
system_needs() {
    cat <<-NEEDS
		module:ensurepip python3-venv
		lib:libglib-2.0.so.0 libglib2.0-0
		lib:libGL.so.1 libgl1
		lib:libEGL.so.1 libegl1
		lib:libxkbcommon.so.0 libxkbcommon0
		lib:libdbus-1.so.3 libdbus-1-3
		lib:libfontconfig.so.1 libfontconfig1
		lib:libxcb-cursor.so.0 libxcb-cursor0
		lib:libxcb-icccm.so.4 libxcb-icccm4
		lib:libxcb-keysyms.so.1 libxcb-keysyms1
		lib:libxcb-shape.so.0 libxcb-shape0
		lib:libxcb-xkb.so.1 libxcb-xkb1
		lib:libxkbcommon-x11.so.0 libxkbcommon-x11-0
		font:nanum|cjk fonts-nanum
	NEEDS
    # The test of the real window brings its own screen and window manager.
    [ "$purpose" = run ] || printf '%s\n' "command:Xvfb xvfb" "command:openbox openbox"
}

is_there() {
    # Without -q, which would stop reading, end the writer with an error and so fail the pipe.
    case $1 in
        module:*) "$python" -c "import ${1#module:}" 2>/dev/null ;;
        lib:*) /sbin/ldconfig -p | grep -F "${1#lib:} " >/dev/null ;;
        font:*) { find /usr/share/fonts ~/.local/share/fonts 2>/dev/null || true; } |
            grep -iE "${1#font:}" >/dev/null ;;
        command:*) command -v "${1#command:}" >/dev/null ;;
    esac
}

missing_packages() {
    system_needs | while read -r sign package; do is_there "$sign" || echo "$package"; done
}

install_system_packages() {
    [ "$(uname -s)" = Linux ] || return 0
    local missing; missing=$(missing_packages | tr '\n' ' ')
    [ -n "$missing" ] || return 0
    if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
        say "installing system packages: $missing"
        export DEBIAN_FRONTEND=noninteractive
        # shellcheck disable=SC2086
        if apt-get update -qq && apt-get install -qq -y --no-install-recommends $missing >/dev/null; then
            return 0
        fi
        say "the packages could not be installed; once there is a network, run: apt-get install -y $missing"
    else
        say "system packages are missing. On Debian or Ubuntu run: sudo apt-get install -y $missing"
    fi
    # Without a Korean font or a test screen the rest still works.
    system_needs | while read -r sign _; do
        case $sign in lib:* | module:*) is_there "$sign" || exit 1 ;; esac
    done
}

install_python_packages() {
    local extras=""; [ "$purpose" = run ] || extras="[train,pose,dev]"
    local wanted stamp=.venv/.crimeview-$purpose
    wanted=$(pwd; "$python" -V; cat pyproject.toml constraints.txt)
    [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ] || return 0
    # A set-up that was interrupted leaves an environment without pip.
    .venv/bin/python -m pip --version >/dev/null 2>&1 || "$python" -m venv --clear .venv || {
        say "Python's venv module does not work; see the message above"
        exit 1
    }
    say "installing Python packages into .venv"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check \
        --constraint constraints.txt --editable ".$extras" || {
        say "the Python packages could not be installed; see the message above, then run the same command again"
        exit 1
    }
    printf '%s\n' "$wanted" >"$stamp"
    # What serves the tests serves a run as well.
    [ "$purpose" = run ] || printf '%s\n' "$wanted" >.venv/.crimeview-run
}

"$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || {
    say "Python 3.11, 3.12 or 3.13 is needed; set PYTHON to one, for example: make run PYTHON=python3.11"
    exit 1
}
install_system_packages
install_python_packages
