import { FUNCTIONS } from './0240-functions.ts';
import { INDEXES } from './0240-indexes.ts';
import type { Migration } from './types.ts';

/**
 * The tables as SQLite has them after its migration 240. UUIDs and hashes are bytea of 16 and 32 bytes, instants
 * milliseconds UTC. Text is compared byte by byte, whatever language the database was made for.
 */
const TABLES: readonly string[] = [
  `CREATE TABLE centre (
    only_row bigint PRIMARY KEY CHECK (only_row = 1),
    device   bytea  NOT NULL CHECK (length(device) = 16),
    epoch    bigint NOT NULL CHECK (epoch >= 1)
  )`,
  `CREATE TABLE device (
    id          bytea  NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    token_hash  bytea  NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    terminal    text   COLLATE "C" NOT NULL,
    hall        text   COLLATE "C" NOT NULL,
    enrolled_at bigint NOT NULL,
    revoked_at  bigint,
    kind        text   COLLATE "C" NOT NULL DEFAULT 'terminal' CHECK (kind IN ('terminal', 'relay'))
  )`,
  `CREATE TABLE enrolment_code (
    code_hash  bytea  NOT NULL PRIMARY KEY CHECK (length(code_hash) = 32),
    terminal   text   COLLATE "C" NOT NULL,
    hall       text   COLLATE "C" NOT NULL,
    expires_at bigint NOT NULL,
    used_at    bigint,
    used_by    bytea,
    kind       text   COLLATE "C" NOT NULL DEFAULT 'terminal' CHECK (kind IN ('terminal', 'relay')),
    CHECK ((used_at IS NULL) = (used_by IS NULL))
  )`,
  `CREATE TABLE op (
    id          bigint PRIMARY KEY,
    op_id       bytea  NOT NULL UNIQUE CHECK (length(op_id) = 16),
    device      bytea  NOT NULL CHECK (length(device) = 16),
    epoch       bigint NOT NULL,
    seq         bigint NOT NULL,
    kind        text   COLLATE "C" NOT NULL,
    stream      text   COLLATE "C" NOT NULL,
    hall        text   COLLATE "C" NOT NULL,
    hash        bytea  NOT NULL CHECK (length(hash) = 32),
    received_at bigint NOT NULL,
    envelope    text   COLLATE "C" NOT NULL,
    mirrored    bigint NOT NULL DEFAULT 0 CHECK (mirrored IN (0, 1)),
    UNIQUE (device, epoch, seq)
  )`,
  'CREATE TRIGGER op_is_never_changed BEFORE UPDATE OR DELETE ON op FOR EACH ROW EXECUTE FUNCTION refuse_change()',
  'CREATE TRIGGER op_is_never_emptied BEFORE TRUNCATE ON op FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
  `CREATE TABLE op_result (
    op            bigint NOT NULL PRIMARY KEY REFERENCES op (id),
    outcome       text   COLLATE "C" NOT NULL CHECK (outcome IN ('applied', 'parked', 'rejected', 'held')),
    code          text   COLLATE "C" CHECK ((code IS NULL) = (outcome IN ('applied', 'held'))),
    parked_stream text   COLLATE "C" CHECK ((parked_stream IS NOT NULL) = (outcome = 'parked'))
  )`,
  `CREATE TABLE device_head (
    device bytea  NOT NULL CHECK (length(device) = 16),
    epoch  bigint NOT NULL,
    seq    bigint NOT NULL,
    hash   bytea  NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (device, epoch)
  )`,
  `CREATE TABLE scope_head (
    id    bigint PRIMARY KEY,
    scope text   COLLATE "C" NOT NULL UNIQUE,
    hall  text   COLLATE "C" NOT NULL,
    head  bigint NOT NULL
  )`,
  `CREATE TABLE scope_row (
    scope bigint NOT NULL REFERENCES scope_head (id),
    pos   bigint NOT NULL,
    op    bigint NOT NULL REFERENCES op (id),
    PRIMARY KEY (scope, pos)
  )`,
  `CREATE TABLE projection (
    stream  text   COLLATE "C" NOT NULL PRIMARY KEY,
    type    text   COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    hall    text   COLLATE "C" NOT NULL,
    number  text   COLLATE "C",
    source  bigint REFERENCES op (id) CHECK ((source IS NOT NULL) = (type = 'case')),
    record  text   COLLATE "C" NOT NULL
  )`,
  `CREATE TABLE certificate_sequence (
    series text   COLLATE "C" NOT NULL PRIMARY KEY,
    last   bigint NOT NULL
  )`,
  `CREATE TABLE certificate (
    number text COLLATE "C" NOT NULL PRIMARY KEY,
    stream text COLLATE "C" NOT NULL
  )`,
  `CREATE TABLE pay_code (
    payment bytea NOT NULL PRIMARY KEY CHECK (length(payment) = 16),
    code    text  COLLATE "C" NOT NULL
  )`,
  `CREATE TABLE blank_pack (
    prefix text   COLLATE "C" NOT NULL,
    first  bigint NOT NULL,
    last   bigint NOT NULL CHECK (last >= first),
    stream text   COLLATE "C" NOT NULL,
    PRIMARY KEY (prefix, first)
  )`,
  `CREATE TABLE blank_day (
    hall   text   COLLATE "C" NOT NULL,
    place  text   COLLATE "C" NOT NULL,
    form   text   COLLATE "C" NOT NULL,
    day    text   COLLATE "C" NOT NULL,
    net    bigint NOT NULL,
    used   bigint NOT NULL,
    papers bigint NOT NULL,
    bound  bigint NOT NULL DEFAULT 0,
    sheets bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (hall, place, form, day)
  )`,
  `CREATE TABLE blank_count (
    hall   text COLLATE "C" NOT NULL,
    place  text COLLATE "C" NOT NULL,
    form   text COLLATE "C" NOT NULL,
    day    text COLLATE "C" NOT NULL,
    stream text COLLATE "C" NOT NULL,
    PRIMARY KEY (hall, place, form, day)
  )`,
  `CREATE TABLE linked_case (
    loan   text COLLATE "C" NOT NULL,
    stream text COLLATE "C" NOT NULL,
    PRIMARY KEY (loan, stream)
  )`,
  `CREATE TABLE relay (
    only_row        bigint PRIMARY KEY CHECK (only_row = 1),
    upstream        text   COLLATE "C" NOT NULL,
    hall            text   COLLATE "C" NOT NULL,
    token           text   COLLATE "C",
    upstream_device bytea  CHECK (length(upstream_device) = 16)
  )`,
  `CREATE TABLE relay_cursor (
    scope text   COLLATE "C" NOT NULL PRIMARY KEY,
    pos   bigint NOT NULL
  )`,
  'CREATE TABLE to_forward (op bigint NOT NULL PRIMARY KEY REFERENCES op (id))',
  `CREATE TABLE centre_answer (
    op      bigint NOT NULL PRIMARY KEY REFERENCES op (id),
    outcome text   COLLATE "C" NOT NULL CHECK (outcome IN ('applied', 'parked', 'refused')),
    code    text   COLLATE "C"
  )`,
  `CREATE TABLE chain_base (
    device bytea  NOT NULL CHECK (length(device) = 16),
    epoch  bigint NOT NULL,
    seq    bigint NOT NULL,
    hash   bytea  NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (device, epoch)
  )`,
  `CREATE TABLE appointment_phone (
    hall   text  COLLATE "C" NOT NULL,
    phone  bytea NOT NULL CHECK (length(phone) = 32),
    stream text  COLLATE "C" NOT NULL,
    PRIMARY KEY (hall, phone, stream)
  )`,
  `CREATE TABLE booking_key (
    key_hash   bytea  NOT NULL PRIMARY KEY CHECK (length(key_hash) = 32),
    hall       text   COLLATE "C" NOT NULL,
    created_at bigint NOT NULL,
    ended_at   bigint
  )`,
  `CREATE TABLE hub (
    only_row    bigint PRIMARY KEY CHECK (only_row = 1),
    role        text   COLLATE "C" NOT NULL CHECK (role IN ('active', 'standby')),
    fence       bigint NOT NULL CHECK (fence >= 0),
    peer        text   COLLATE "C",
    peer_token  text   COLLATE "C",
    peer_device bytea  CHECK (length(peer_device) = 16),
    followed    bigint NOT NULL
  )`,
];

/** What only PostgreSQL needs: SQLite has a lock and a version of its own. */
const LOCK: readonly string[] = [
  // Whoever writes holds this row.
  `CREATE TABLE write_lock (
    only_row bigint PRIMARY KEY CHECK (only_row = 1),
    version  bigint NOT NULL
  )`,
  'INSERT INTO write_lock (only_row, version) VALUES (1, 0)',
  // How often each open store has written: it finds here what became of a COMMIT whose answer it never got.
  `CREATE TABLE writer (
    id      bytea       NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    commits bigint      NOT NULL,
    at      timestamptz NOT NULL
  )`,
];

export const first: Migration = { number: 240, statements: [...FUNCTIONS, ...TABLES, ...LOCK, ...INDEXES] };
