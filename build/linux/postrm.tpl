#!/bin/sh
# After removal. The data of the terminal stays: it belongs to the hall, not to the program.
set -e

if [ "$1" != upgrade ]; then
    if command -v update-alternatives >/dev/null 2>&1; then
        update-alternatives --remove '${executable}' '/opt/${sanitizedProductName}/resources/yichuang.sh'
    else
        rm -f '/usr/bin/${executable}'
    fi
fi
exit 0
