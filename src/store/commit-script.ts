/**
 * Carries out a plan of `commit-plan.ts`, or nothing of it. Redis does not take back what a script wrote before it
 * stopped, so whatever could stop it is looked at before the first write; memory and read-only are looked at by Redis
 * itself then.
 */
export const commitScript = `
local plan = cjson.decode(ARGV[1])

for i, expected in ipairs(plan.types) do
  local found = redis.call('TYPE', KEYS[i]).ok
  if found ~= 'none' and found ~= expected then
    return redis.error_reply('WRONGTYPE key ' .. i .. ' of the commit')
  end
end

if plan.once > 0 and redis.call('EXISTS', KEYS[plan.once]) == 1 then return 'repeated' end

for _, compare in ipairs(plan.compares) do
  if (redis.call('HGET', KEYS[compare.key], 'rev') or '') ~= compare.was then return 'conflict' end
end

for _, move in ipairs(plan.moves) do
  local old = redis.call('HGET', KEYS[move.record], move.field)
  if old then redis.call('ZREM', KEYS[move.index], old) end
  if move.to == '' then
    redis.call('HDEL', KEYS[move.record], move.field)
  else
    redis.call('HSET', KEYS[move.record], move.field, move.to)
    redis.call('ZADD', KEYS[move.index], 0, move.to)
  end
end

for _, newest in ipairs(plan.newest) do
  local at = tonumber(redis.call('HGET', KEYS[newest.key], 'at'))
  if not at or at <= tonumber(newest.at) then
    redis.call('HSET', KEYS[newest.key], 'id', newest.id, 'at', newest.at)
  end
end

for _, write in ipairs(plan.writes) do
  write[2] = KEYS[write[2]]
  redis.call(unpack(write))
end
return 'committed'
`;
