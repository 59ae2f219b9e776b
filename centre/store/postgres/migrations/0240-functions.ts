/**
 * SQLite's JSON functions, so that both databases read the same statements. They are used in indexes and know only paths
 * of names, such as `$.paid.at`. What JSON may say and PostgreSQL cannot hold – NUL, half a surrogate pair – is read as the
 * replacement character: a name somebody managed to type must not keep an op from being stored.
 */
export const FUNCTIONS: readonly string[] = [
  `CREATE FUNCTION readable_json(document text) RETURNS json LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT (CASE WHEN strpos(document, '\\u') = 0 THEN document
      ELSE regexp_replace(document, '\\\\u(0000|d[89a-f][0-9a-f]{2})', '\\\\ufffd', 'gi') END)::json
  $$`,
  `CREATE FUNCTION json_extract(document text, path text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT yichuang.readable_json(document) #>> string_to_array(substr(path, 3), '.')
  $$`,
  `CREATE FUNCTION json_array_length(document text, path text) RETURNS integer LANGUAGE sql IMMUTABLE STRICT
    PARALLEL SAFE AS $$
    SELECT json_array_length(yichuang.readable_json(document) #> string_to_array(substr(path, 3), '.'))
  $$`,
  `CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'op is append-only'; END
  $$`,
];
