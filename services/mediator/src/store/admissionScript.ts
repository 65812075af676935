/**
 * Admission of one publication, atomic in Redis: an older version never replaces a newer one, the same version is
 * stored again only with the same content, and whoever listens is told. The stamp (`version:digest:admittedAtMs`)
 * outlives the content, so that a late old version is refused even after the newer one expired.
 *
 * KEYS: content hash, stamps hash. ARGV: field, version, digest, admittedAtMs, record, channel, message, keepMs
 * (0 = for good). Returns { 'stored' | 'outdated' | 'reused', current version }.
 */
export const admissionScript = `
local stamp = redis.call('HGET', KEYS[2], ARGV[1])
if stamp then
  local version, digest = string.match(stamp, '^(%d+):([^:]*):')
  if tonumber(version) > tonumber(ARGV[2]) then return { 'outdated', version } end
  if tonumber(version) == tonumber(ARGV[2]) and digest ~= ARGV[3] then return { 'reused', version } end
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[5])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2] .. ':' .. ARGV[3] .. ':' .. ARGV[4])
local keepMs = tonumber(ARGV[8])
if keepMs > 0 then
  for i = 1, 2 do
    if redis.call('PTTL', KEYS[i]) < keepMs then redis.call('PEXPIRE', KEYS[i], ARGV[8]) end
  end
end
redis.call('PUBLISH', ARGV[6], ARGV[7])
return { 'stored', ARGV[2] }
`;

/**
 * Removal of expired content, atomic: only if the stamp is still the one that expired. The stamp stays.
 * KEYS: content hash, stamps hash. ARGV: field, stamp, channel, message. Returns the number of fields removed.
 */
export const expiryScript = `
if redis.call('HGET', KEYS[2], ARGV[1]) ~= ARGV[2] then return 0 end
local removed = redis.call('HDEL', KEYS[1], ARGV[1])
if removed > 0 then redis.call('PUBLISH', ARGV[3], ARGV[4]) end
return removed
`;
