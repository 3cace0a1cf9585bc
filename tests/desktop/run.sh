#!/usr/bin/env bash
# run.sh PROGRAM: runs it on a desktop made for it alone, and ends all of that again.
set -euo pipefail
program="$1"
home="$(mktemp -d)"
pids=()
finish() {
  status=$?
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  rm -rf "$home"
  exit "$status"
}
trap finish EXIT INT TERM

# For the address sanitizer: the keyboard library copies a part of a text that has no end, which is allowed; leaks of Qt's own are left out.
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}strict_string_checks=0"
export LSAN_OPTIONS="${LSAN_OPTIONS:+$LSAN_OPTIONS:}suppressions=$(realpath "$(dirname "$0")/../support/leaks.supp"):print_suppressions=0"

if [[ "${LBP_IN_SESSION:-}" != yes ]]; then
  exec {display}<> <(:)
  Xvfb -displayfd "$display" -screen 0 1400x900x24 -nolisten tcp >"$home/xvfb.log" 2>&1 &
  pids+=($!)
  read -r -t 30 number <&"$display" || { cat "$home/xvfb.log" >&2; echo "the X server did not start" >&2; exit 1; }
  mkdir -p "$home/run" "$home/config" "$home/data" "$home/cache"
  chmod 700 "$home/run"
  env -u WAYLAND_DISPLAY -u XDG_CURRENT_DESKTOP DISPLAY=":$number" HOME="$home" XDG_RUNTIME_DIR="$home/run" XDG_CONFIG_HOME="$home/config" \
    XDG_DATA_HOME="$home/data" XDG_CACHE_HOME="$home/cache" LC_ALL=C.UTF-8 TZ=UTC NO_AT_BRIDGE=1 LBP_IN_SESSION=yes no_proxy='*' \
    QT_QUICK_BACKEND=software dbus-run-session -- "$0" "$program"
  exit
fi
xfce4-panel --disable-wm-check >"$HOME/panel.log" 2>&1 &
pids+=($!)
# Buttons of notifications are a menu in dunst: what stands in $HOME/press is what somebody picks there.
cat >"$HOME/dunstrc" <<EOF
[global]
    dmenu = $HOME/pick
EOF
cat >"$HOME/pick" <<'EOF'
#!/bin/sh
grep -F -m 1 -e "$(cat "$HOME/press")"
EOF
chmod +x "$HOME/pick"
dunst -conf "$HOME/dunstrc" >"$HOME/dunst.log" 2>&1 &
pids+=($!)
"$program" -platform xcb
