-- Has wrk send what WRK_METHOD and WRK_BODY say, and tell what came of it as one line of JSON. Or, in turn, the requests
-- of the file WRK_REQUESTS, which stand there as they are sent, each behind a byte 0.
wrk.method = os.getenv("WRK_METHOD") or "GET"
wrk.body = os.getenv("WRK_BODY")

local file = os.getenv("WRK_REQUESTS")
if file then
  local requests, sent = {}, 0
  for text in io.open(file, "rb"):read("*a"):gmatch("%z([^%z]+)") do
    requests[#requests + 1] = text
  end
  function request()
    sent = sent + 1
    return requests[sent % #requests + 1]
  end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,"brokenOff":%d,"failed":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.connect + errors.read + errors.write + errors.timeout, errors.status))
end
