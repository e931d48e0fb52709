// Talking to the workspace: reading is free, what people do goes out in the order they did it.

let queue = Promise.resolve();

export async function read(path, facts) {
  const answer = await fetch(`${path}?${new URLSearchParams(facts)}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

/** Send what somebody did. Answers {ok, error?, view?, errors?}; never throws. */
export function act(what, facts) {
  const sent = queue.then(() => post(`/ui/${what}`, facts));
  queue = sent;
  return sent;
}

async function post(path, facts) {
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(facts),
    });
    return await answer.json();
  } catch (failure) {
    return { ok: false, error: String(failure.message ?? failure) };
  }
}

/** Hear of changes; tries again when the line is lost. Returns a function that hangs up. */
export function listen(as, heard, lost) {
  let socket = null;
  let over = false;
  let wait = 250;
  const connect = () => {
    if (over) return;
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    socket = new WebSocket(`${scheme}://${location.host}/ui/live?as=${encodeURIComponent(as)}`);
    socket.onopen = () => {
      wait = 250;
      lost(false);
      heard({ type: "changed", what: "all" });
    };
    socket.onmessage = (event) => heard(JSON.parse(event.data));
    socket.onclose = () => {
      if (over) return;
      lost(true);
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, 5000);
    };
  };
  connect();
  return () => {
    over = true;
    socket?.close();
  };
}
