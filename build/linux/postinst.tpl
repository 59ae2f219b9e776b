#!/bin/sh
# After `dpkg -i`. Filled in by electron-builder: executable, sanitizedProductName.
set -e

home='/opt/${sanitizedProductName}'
command="$home/resources/yichuang.sh"

if command -v update-alternatives >/dev/null 2>&1; then
    update-alternatives --install '/usr/bin/${executable}' '${executable}' "$command" 100
else
    ln -sf "$command" '/usr/bin/${executable}'
fi

# Chromium's sandbox wants unprivileged user namespaces, or else its helper with the SUID bit. electron-builder's own
# script asks by `unshare` as root, which succeeds even where users may not: the program then refuses to start. UOS and
# Kylin restrict their kernels this way, so the switches are read and the question is put as nobody.
knob() {
    [ "$(cat "/proc/sys/$1" 2>/dev/null)" = "$2" ]
}
users_may_make_namespaces() {
    knob kernel/unprivileged_userns_clone 0 && return 1
    knob user/max_user_namespaces 0 && return 1
    knob kernel/apparmor_restrict_unprivileged_userns 1 && return 1
    setpriv --reuid=65534 --regid=65534 --clear-groups unshare --user true 2>/dev/null
}
if users_may_make_namespaces; then
    chmod 0755 "$home/chrome-sandbox"
else
    chmod 4755 "$home/chrome-sandbox"
fi

if command -v update-desktop-database >/dev/null 2>&1; then
    update-desktop-database -q /usr/share/applications || true
fi
exit 0
