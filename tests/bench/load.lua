-- SPDX-License-Identifier: GPL-3.0-or-later
-- Copyright 2026 The Rounds authors
--
-- What wrk sends in one measurement with `--wrk`, told on its standard input: a method, a bearer token or nothing,
-- a body or nothing, then the paths to take turns with. Security: so no token is in an argument.

local requests = {}
local sent = 0
local most

function init (arguments)
  most = tonumber (arguments[1])
  local method = io.read ("*l")
  local token = io.read ("*l")
  local body = io.read ("*l")
  local headers = {}

  if token ~= "" then
    headers["Authorization"] = "Bearer " .. token
  end
  if body ~= "" then
    headers["Content-Type"] = "application/json"
  else
    body = nil
  end
  for path in io.lines () do
    requests[#requests + 1] = wrk.format (method, path, headers, body)
  end
end

function request ()
  sent = sent + 1
  if sent > most then
    wrk.thread:stop ()
  end
  return requests[sent % #requests + 1]
end

function done (summary, latency)
  local errors = summary.errors

  io.write (string.format (
    '{"requests":%d,"microseconds":%d,"refused":%d,"broken":%d,"p50":%d,"p99":%d}\n',
    summary.requests, summary.duration, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile (50), latency:percentile (99)))
end
