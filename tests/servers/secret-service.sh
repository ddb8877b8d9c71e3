#!/bin/bash
# Runs "$@" inside a private D-Bus session with a throw-away, unlocked Secret Service; takes everything away afterwards.
set -u
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
export HOME=$room/home XDG_RUNTIME_DIR=$room/run XDG_DATA_HOME=$room/home/.local/share XDG_CONFIG_HOME=$room/home/.config
export XDG_CACHE_HOME=$room/home/.cache
mkdir -p "$HOME" && mkdir -m 700 "$XDG_RUNTIME_DIR"
unset DBUS_SESSION_BUS_ADDRESS GNOME_KEYRING_CONTROL PYTHON_KEYRING_BACKEND
dbus-run-session -- bash -c '
  gnome-keyring-daemon --foreground --unlock --components=secrets < <(printf "test\n") >/dev/null 2>&1 & daemon=$!
  for _ in $(seq 200); do
    dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner \
      string:org.freedesktop.secrets 2>/dev/null | grep -q "boolean true" && break
    sleep .05
  done
  "$@"; status=$?
  kill "$daemon" 2>/dev/null; wait "$daemon" 2>/dev/null
  exit "$status"' _ "$@"
