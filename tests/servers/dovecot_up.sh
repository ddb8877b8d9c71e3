#!/bin/bash
# Runs a real Dovecot (IMAP, IMAPS, LMTP) without privileges on loopback, in DIR; SIGTERM ends it.
# usage: IMAP_PORT=… IMAPS_PORT=… LMTP_PORT=… dovecot_up.sh DIR   (DIR holds cert.pem and key.pem)
set -eu
room=$(realpath "$1"); me=$(id -un); group=$(id -gn)
mkdir -p "$room"/{run,state,mail}
printf 'ana:{PLAIN}secret-ü::::::\n' >"$room/users"
cat >"$room/dovecot.conf" <<CONF
base_dir = $room/run
state_dir = $room/state
log_path = $room/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
default_internal_user = $me
default_internal_group = $group
default_login_user = $me
mail_location = maildir:$room/mail/%n
first_valid_uid = 0
last_valid_uid = 0
ssl = yes
ssl_cert = <$room/cert.pem
ssl_key = <$room/key.pem
disable_plaintext_auth = yes
auth_mechanisms = plain login
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%n $room/users
}
userdb {
  driver = static
  args = uid=$(id -u) gid=$(id -g) home=$room/mail/%n
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    auto = create
    special_use = \Sent
  }
  mailbox "Réponses & Co" {
    auto = create
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    port = $IMAP_PORT
  }
  inet_listener imaps {
    port = $IMAPS_PORT
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = $LMTP_PORT
  }
}
service anvil {
  chroot =
}
service auth {
  user = $me
}
service auth-worker {
  user = $me
}
service stats {
  chroot =
}
CONF
exec dovecot -F -c "$room/dovecot.conf"
