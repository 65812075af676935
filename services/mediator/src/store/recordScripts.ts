import { generationField } from './generations.ts';

/**
 * KEYS: records, versions, audit log, counts by owner. ARGV: subject, expected, next ('' = nothing), entry, channel, message,
 * versions and entries to keep, how long to keep versions of what was removed, owner ('' = not counted) and the most of
 * them, the generation that the caller knows ('' = none) and one to begin, the newest entry that the caller saw ('0-0' = none,
 * '' = any). All four keys share a hash tag. Answers a place in `outcomes`.
 */
export const changeScript = `
if ARGV[12] ~= '' and redis.call('HGET', KEYS[1], '${generationField}') ~= ARGV[12] then return 4 end
if ARGV[14] ~= '' then
  local newest = redis.call('XREVRANGE', KEYS[3], '+', '-', 'COUNT', 1)[1]
  if (newest and newest[1] or '0-0') ~= ARGV[14] then return 0 end
end
if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[2] then return 0 end
local change = (ARGV[3] == '' and 0 or 1) - (ARGV[2] == '' and 0 or 1)
if ARGV[10] ~= '' and change ~= 0 then
  if redis.call('EXISTS', KEYS[4]) == 0 and redis.call('HLEN', KEYS[1]) > 0 then return 3 end
  local count = tonumber(redis.call('HGET', KEYS[4], ARGV[10]) or '0')
  if change == 1 and count >= tonumber(ARGV[11]) then return 2 end
  redis.call('HINCRBY', KEYS[4], ARGV[10], change)
end
if ARGV[3] == '' then redis.call('HDEL', KEYS[1], ARGV[1]) else redis.call('HSET', KEYS[1], ARGV[1], ARGV[3]) end
redis.call('HSETNX', KEYS[1], '${generationField}', ARGV[13])
local id = redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[8], '*', 'entry', ARGV[4])
redis.call('LPUSH', KEYS[2], id .. ' ' .. ARGV[4] .. '\\n' .. ARGV[3])
redis.call('LTRIM', KEYS[2], 0, tonumber(ARGV[7]) - 1)
if ARGV[3] == '' then redis.call('PEXPIRE', KEYS[2], ARGV[9]) else redis.call('PERSIST', KEYS[2]) end
redis.call('PUBLISH', ARGV[5], ARGV[6])
return 1
`;

export const outcomes = ['conflict', 'made', 'full', 'uncounted', 'lost'] as const;

/**
 * Puts a record back that the store lost, unless there is one again, or its last version says that it was removed.
 * KEYS: records, versions, counts by owner, which are made anew. ARGV: subject ('' = only begin a generation), record,
 * generation to begin. Returns the generation.
 */
export const putBackScript = `
redis.call('HSETNX', KEYS[1], '${generationField}', ARGV[3])
if ARGV[1] ~= '' then
  local last = redis.call('LINDEX', KEYS[2], 0)
  local removed = last and string.sub(last, -1) == '\\n'
  if not removed and redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2]) == 1 then redis.call('DEL', KEYS[3]) end
end
return redis.call('HGET', KEYS[1], '${generationField}')
`;
