// What the page asks the server; its addresses are relative to the page's own.

/** An answer that says no. */
export class Refused extends Error {
  constructor(status, answer) {
    super([answer.error ?? `the server answered ${status}`, answer.hint].filter(Boolean).join(" "));
    this.status = status;
    this.answer = answer;
  }
}

const PATIENCE = 15_000; // ms

async function answered(path, options) {
  const response = await fetch(`api/${path}`, options);
  if (response.ok) return response;
  const answer = await response.json().catch(() => ({}));
  throw new Refused(response.status, answer);
}

export async function get(path, parameters = {}, signal = undefined) {
  const query = new URLSearchParams(parameters);
  return (await answered(query.size ? `${path}?${query}` : path, { signal })).json();
}

export async function post(path, value, patience = PATIENCE) {
  const response = await answered(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(value),
    signal: AbortSignal.timeout(patience),
  });
  return response.json();
}

/** Save a file that the server makes. */
export async function download(parameters) {
  const response = await answered(`export?${new URLSearchParams(parameters)}`);
  const disposition = response.headers.get("Content-Disposition") ?? "";
  const name = decodeURIComponent(/filename\*=UTF-8''(\S+)/.exec(disposition)?.[1] ?? "export");
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return name;
}

/** Hear what goes on; `heard` gets events, `connected` whether the server is there. */
export function listen(since, heard, connected) {
  const source = new EventSource(`api/events?since=${since}`);
  source.onmessage = (message) => heard(JSON.parse(message.data));
  source.onopen = () => connected("here");
  source.onerror = () => connected(source.readyState === EventSource.CLOSED ? "gone" : "away");
  return source;
}
