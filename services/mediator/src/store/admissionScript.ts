import { createScript } from './script.ts';

/**
 * A field of a widget's stamps that is no audience's: grows with every change of what is kept for it. It begins at the time of
 * the store, in microseconds, so that it is not again what it was before the store was emptied.
 */
const changesField = ' changes';

/**
 * Admission of one publication, atomic in Redis: an older version never replaces a newer one, the same version is
 * stored again only with the same content, one that was withdrawn never, and whoever listens is told. The stamp outlives
 * the content, so that a late old version is refused even after the newer one expired.
 *
 * KEYS: content hash, stamps hash, list of kept versions. ARGV: field, version, digest, admittedAtMs, record, channel,
 * message, keepMs (0 = for good), how many versions are kept, and for how long (0, 0 = none).
 * Returns { 'stored' | 'outdated' | 'reused' | 'withdrawn', current version }.
 */
export const admissionScript = createScript(`
local stamp = redis.call('HGET', KEYS[2], ARGV[1])
local isNew = true
if stamp then
  local version, digest, mark = string.match(stamp, '^(%d+):([^:]*):%d+(:?)')
  if tonumber(version) > tonumber(ARGV[2]) then return { 'outdated', version } end
  isNew = tonumber(version) < tonumber(ARGV[2])
  if not isNew and digest ~= ARGV[3] then return { 'reused', version } end
  if not isNew and mark == ':' then return { 'withdrawn', version } end
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[5])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2] .. ':' .. ARGV[3] .. ':' .. ARGV[4])
local keepMs = tonumber(ARGV[8])
if keepMs == 0 then
  if redis.call('HEXISTS', KEYS[2], '${changesField}') == 0 then
    local time = redis.call('TIME')
    redis.call('HSET', KEYS[2], '${changesField}', time[1] .. string.format('%06d', time[2]))
  end
  redis.call('HINCRBY', KEYS[2], '${changesField}', 1)
else
  for i = 1, 2 do
    if redis.call('PTTL', KEYS[i]) < keepMs then redis.call('PEXPIRE', KEYS[i], ARGV[8]) end
  end
end
if isNew and tonumber(ARGV[9]) > 0 then
  redis.call('LPUSH', KEYS[3], ARGV[5])
  redis.call('LTRIM', KEYS[3], 0, tonumber(ARGV[9]) - 1)
  redis.call('PEXPIRE', KEYS[3], ARGV[10])
end
redis.call('PUBLISH', ARGV[6], ARGV[7])
return { 'stored', ARGV[2] }
`);

/**
 * Removal of expired content, atomic: only if the stamp is still the one that expired. The stamp stays.
 * KEYS: content hash, stamps hash. ARGV: field, stamp, channel, message. Returns the number of fields removed.
 */
export const expiryScript = createScript(`
if redis.call('HGET', KEYS[2], ARGV[1]) ~= ARGV[2] then return 0 end
local removed = redis.call('HDEL', KEYS[1], ARGV[1])
if removed > 0 then redis.call('PUBLISH', ARGV[3], ARGV[4]) end
if removed > 0 then redis.call('HINCRBY', KEYS[2], '${changesField}', 1) end
return removed
`);

/**
 * Withdrawal, atomic: content goes, and the stamp says so from then on. Of another version than the one named nothing
 * is changed, nor of one that is withdrawn already.
 * KEYS: content hash, stamps hash. ARGV: field, version ('' = whichever), withdrawnAtMs, channel, message ('' = nobody is
 * to be told, since there seemed to be no content). Returns the stamp afterwards; nil when there is none, and 'again' when
 * there is content all the same.
 */
export const withdrawalScript = createScript(`
local stamp = redis.call('HGET', KEYS[2], ARGV[1])
if not stamp then return nil end
local version, mark = string.match(stamp, '^(%d+):[^:]*:%d+(:?)')
if (ARGV[2] ~= '' and version ~= ARGV[2]) or mark == ':' then return stamp end
if ARGV[5] == '' and redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then return 'again' end
local removed = redis.call('HDEL', KEYS[1], ARGV[1])
stamp = stamp .. ':' .. ARGV[3]
redis.call('HSET', KEYS[2], ARGV[1], stamp)
redis.call('HINCRBY', KEYS[2], '${changesField}', 1)
if removed > 0 then redis.call('PUBLISH', ARGV[4], ARGV[5]) end
return stamp
`);

/**
 * How what is kept for a widget stands, in a few bytes: equal answers, equal stamps and the same content still there.
 * KEYS: content hash, stamps hash.
 */
export const stateScript = createScript(`
local changes = redis.call('HGET', KEYS[2], '${changesField}') or ''
return changes .. '/' .. redis.call('HLEN', KEYS[1]) .. '/' .. redis.call('HLEN', KEYS[2])
`);
