#!/usr/bin/env bash
# Installs what some tests need besides Java and Maven, where that can be done without asking. Without it they are skipped and say so.
set -u

install() {
  local as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo -n)
  command -v apt-get >/dev/null && "${as_root[@]}" true 2>/dev/null || return 1
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y)
  "${apt[@]}" install --no-install-recommends "$1" >/dev/null 2>&1 ||
    { "${apt[@]}" update >/dev/null 2>&1 && "${apt[@]}" install --no-install-recommends "$1" >/dev/null 2>&1; }
}

[ -x /usr/sbin/pgbouncer ] || command -v pgbouncer >/dev/null || install pgbouncer ||
  echo "pgbouncer is neither installed nor installable here: the tests of deployments behind it are skipped" >&2
command -v psql >/dev/null || install postgresql-client ||
  echo "psql is neither installed nor installable here: the tests of scripts for it are skipped" >&2
exit 0
