/**
 * KEYS: the pause, then one log (sorted set by time) for each share that the request counts against. ARGV: the window,
 * a name for the request, then each share's limit. Answers 0 when the request may go, else how long to wait. Time is
 * Redis's own, so that instances with different clocks share one minute.
 */
export const takeScript = `
local paused = redis.call('PTTL', KEYS[1])
if paused > 0 then return paused end

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local window = tonumber(ARGV[1])
local wait = 0

for i = 2, #KEYS do
  redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now - window)
  local limit = tonumber(ARGV[i + 1])
  local taken = redis.call('ZCARD', KEYS[i])
  if taken >= limit then
    -- The one whose leaving makes room.
    local oldest = redis.call('ZRANGE', KEYS[i], taken - limit, taken - limit, 'WITHSCORES')
    wait = math.max(wait, tonumber(oldest[2]) + window - now)
  end
end
if wait > 0 then return wait end

for i = 2, #KEYS do
  redis.call('ZADD', KEYS[i], now, ARGV[2])
  redis.call('PEXPIRE', KEYS[i], window)
end
return 0
`;

/** A pause that lasts longer already stays. */
export const pauseScript = `
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], '1', 'PX', ARGV[1]) end
return 0
`;
