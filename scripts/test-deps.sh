#!/usr/bin/env bash
# Installs what the tests need of the system, or says exactly what is missing (exit 3).
set -euo pipefail
need=()
command -v chromium >/dev/null || [ -n "${CHROMIUM:-}" ] || need+=(chromium)
fc-list 2>/dev/null | grep -q "Noto Sans" || need+=(fonts-noto-core)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || need+=(postgresql)
command -v redis-server >/dev/null || need+=(redis-server)
command -v nginx >/dev/null || need+=(nginx-light)
command -v git >/dev/null || need+=(git)
[ ${#need[@]} -eq 0 ] && exit 0
if [ "$(id -u)" -eq 0 ]; then as_root=()
elif sudo -n true 2>/dev/null; then as_root=(sudo -n)
else
  echo "The tests need packages of the system that are not here. As root, run:" >&2
  echo "  apt-get install -y --no-install-recommends ${need[*]}" >&2
  exit 3
fi
echo "Installing for the tests: ${need[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq >/dev/null || true
# A service must not start by itself: the tests start their own, privately.
if ! "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${need[@]}" >/dev/null; then
  echo "These packages could not be installed: ${need[*]}" >&2
  exit 3
fi
