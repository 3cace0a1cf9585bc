#!/usr/bin/env bash
# install-packages.sh SECTION...: installs what of those sections of packages.txt is missing; does nothing when all is there.
set -euo pipefail
list="$(dirname "$0")/packages.txt"

missing=()
section=
while IFS= read -r line; do
  line="${line%%#*}"
  read -r package command _ <<<"$line" || true
  case "$package" in
    '') continue ;;
    '['*']') section="${package:1:-1}"; continue ;;
  esac
  [[ " $* " == *" $section "* ]] || continue
  if [[ -n "$command" ]]; then
    command="${command:1:-1}"
    command -v "$command" >/dev/null 2>&1 && continue
  fi
  [[ "$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)" == *' installed' ]] && continue
  missing+=("$package")
done <"$list"

[[ ${#missing[@]} -eq 0 ]] && exit 0

give_up() {
  echo "Missing packages: ${missing[*]}" >&2
  echo "$1" >&2
  exit 1
}
command -v apt-get >/dev/null 2>&1 ||
  give_up "This system has no apt-get. Install what corresponds to them by hand (names are those of Debian 12), then run this again."
as_root=()
if [[ "$(id -u)" != 0 ]]; then
  command -v sudo >/dev/null 2>&1 || give_up "Installing needs root. Run as root: apt-get install ${missing[*]}"
  if sudo -n true 2>/dev/null; then
    as_root=(sudo -n)
  elif [[ -t 0 && -t 2 ]]; then
    as_root=(sudo)
  else
    give_up "sudo asks for a password and there is no terminal. Run: sudo apt-get install ${missing[*]}"
  fi
fi

apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 "$@" </dev/null; }
install_missing() { apt install -y --no-install-recommends "${missing[@]}"; }

echo "Installing: ${missing[*]}" >&2
# A fresh image has no lists at all; old lists name versions that are gone. Either way the second try has fresh ones.
{ install_missing || { apt update && install_missing; }; } >&2 ||
  give_up "apt-get could not install them; its messages are above."
