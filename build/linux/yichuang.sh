#!/bin/sh
# `yichuang` opens the terminal; `yichuang verify …` and the other commands run on the bundled Node, without Electron.
set -eu
resources=$(dirname "$(readlink -f "$0")")
case "${1-}" in
  '' | -*) exec "$resources/../yichuang" "$@" ;;
  *) exec "$resources/node/node" "$resources/node-side/yichuang.mjs" "$@" ;;
esac
