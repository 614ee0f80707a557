import { isObject, parse, text } from "../api/json";

/** What a hub tells of. */
export interface Told {
  /** The subscription stands, for so many seconds. */
  readonly confirmed: (lease: number) => void;
  /** Something happened; what is given back is the answer to it, an HTTP status. */
  readonly happened: (name: string, id: string) => number;
  /** The connection is over, or so quiet that it must be. */
  readonly over: () => void;
}

/** More than two beats of the hub. */
const quiet = 25_000;

/** One connection. Gives what ends it, without a word. */
export function listen(endpoint: string, told: Told): () => void {
  const socket = new WebSocket(endpoint);
  let ended = false;
  let watch: ReturnType<typeof setTimeout>;
  const end = (word: boolean) => {
    if (ended) return;
    ended = true;
    clearTimeout(watch);
    socket.close(1000);
    if (word) told.over();
  };
  const heard = () => {
    clearTimeout(watch);
    watch = setTimeout(() => {
      end(true);
    }, quiet);
  };
  heard();
  socket.onmessage = ({ data }: MessageEvent) => {
    if (ended) return;
    heard();
    const message = typeof data === "string" ? parse(data) : null;
    if (!isObject(message)) return;
    if (message["hub.mode"] === "subscribe") told.confirmed(Number(message["hub.lease_seconds"]) || 0);
    if (message["hub.mode"] === "denied") end(true);
    const [id, event] = [text(message.id), message.event];
    if (id === "" || !isObject(event)) return;
    const name = text(event["hub.event"]);
    if (name.toLowerCase() === "heartbeat") return;
    const status = told.happened(name, id);
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ id, status: String(status) }));
  };
  socket.onclose = () => {
    end(true);
  };
  return () => {
    end(false);
  };
}
