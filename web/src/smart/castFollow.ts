import { paths } from "../paths";
import { presentCast, tellCast, tellCastSoon } from "./cast";
import { type Context, context, launchFor, outOfStep, subscribe } from "./castHub";
import { listen } from "./castSocket";
import { depart } from "./depart";
import { giveBack } from "./giveBack";
import { type Grant, hold, present } from "./grant";
import { dropLaunched } from "./launched";
import { revoke } from "./oauth";

/** How long the page waits for the hub before it shows its patient and says that it does not know. */
const patience = 3_000;
const firstPause = 500;
const longestPause = 20_000;
/**
 * How long the EPR has to change its own screen once this page is empty, in milliseconds. It
 * hears within 800 that every page is (smart/cast: settle); without a banner of its own this
 * page would else show the next patient under the name of the last one (hazard H-01).
 */
const room = 900;
/** How often it is tried to follow where not every system has answered. */
const mostTries = 4;

/** Follows the EPR that opened a grant, until the function that it gives is called. */
export function followEpr(grant: Grant): () => void {
  if (grant.topic === "") {
    tellCastSoon({ is: "apart" });
    return () => undefined;
  }
  const follower = new Follower(grant);
  follower.begin();
  return () => {
    follower.stop();
  };
}

class Follower {
  private readonly topic: string;
  /** The event to which what is shown belongs. */
  private event: string;
  private readonly grant: string;
  private stopped = false;
  private hangUp: () => void = () => undefined;
  private endpoint = "";
  private pause = firstPause;
  private timers = new Set<ReturnType<typeof setTimeout>>();
  /** Since when nothing of the last patient is on the page. */
  private empty = 0;
  /** Counts moves, so that the answer to an older one is no news. */
  private move = 0;

  constructor({ topic, event, id }: Grant) {
    [this.topic, this.event, this.grant] = [topic, event, id];
  }

  begin(): void {
    tellCastSoon({ is: "asking" });
    this.later(patience, () => {
      if (presentCast().is === "asking") tellCast({ is: "unsure" });
    });
    void this.connect();
  }

  stop(): void {
    this.stopped = true;
    this.hangUp();
    this.timers.forEach(clearTimeout);
  }

  private later(after: number, then: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      if (!this.stopped) then();
    }, after);
    this.timers.add(timer);
  }

  private async connect(): Promise<void> {
    const endpoint = await subscribe(this.topic);
    if (this.stopped) return;
    if (endpoint === "") {
      this.lost();
      return;
    }
    this.endpoint = endpoint;
    // From here on an EPR that moves waits for this page: what is asked now is not old when it is shown.
    void this.compare();
    this.hangUp = listen(endpoint, {
      confirmed: (lease) => {
        this.pause = firstPause;
        void this.compare();
        if (lease > 0) this.later(lease * 800, () => void this.renew(endpoint));
      },
      happened: (name, id) => this.happened(name, id),
      over: () => {
        if (!this.stopped) this.lost();
      },
    });
  }

  private async renew(endpoint: string): Promise<void> {
    if (endpoint !== this.endpoint || (await subscribe(this.topic, endpoint)) !== "") return;
    if (endpoint === this.endpoint && !this.stopped) {
      this.hangUp();
      this.lost();
    }
  }

  /** What was said meanwhile was not heard: it is asked anew, again and again, and until then the page says so. */
  private lost(): void {
    if (["follows", "asking"].includes(presentCast().is)) tellCast({ is: "unsure" });
    this.later(this.pause * (0.75 + Math.random() / 2), () => void this.connect());
    this.pause = Math.min(this.pause * 2, longestPause);
  }

  /** Holds what the EPR shows now against what this page does. */
  private async compare(): Promise<void> {
    const at = this.move;
    const now: Context | null = await context(this.topic);
    if (this.stopped || at !== this.move) return;
    if (now === null) {
      this.hangUp();
      this.lost();
    } else if (!now.open) this.close();
    else if (now.event !== this.event) this.moved(now.event);
    else if (["asking", "unsure"].includes(presentCast().is)) tellCast({ is: "follows" });
  }

  private happened(name: string, id: string): number {
    switch (name.toLowerCase()) {
      case "patient-open":
        if (id === this.event) return 200;
        this.moved(id);
        return 202;
      case "patient-close":
        this.close();
        return 200;
      case "userlogout":
        this.signedOut();
        return 200;
    }
    return 404;
  }

  private close(): void {
    this.move++;
    this.event = "";
    if (presentCast().is !== "closed") tellCast({ is: "closed" });
  }

  private signedOut(): void {
    this.move++;
    tellCast({ is: "signed-out" });
    void giveBack();
  }

  /** Before anything else, what is shown goes from the page. */
  private moved(id: string): void {
    const turn = ++this.move;
    this.event = "";
    tellCast({ is: "moving" });
    this.empty = performance.now();
    void this.follow(id, turn, 1);
  }

  private async follow(id: string, turn: number, tries: number): Promise<void> {
    const { status, body, said } = await launchFor(this.topic, id);
    if (this.stopped || turn !== this.move || status === 412) return; // there is something newer
    if (status === 200 && body.same === true) {
      this.event = id;
      const { grant } = present();
      if (grant?.id === this.grant) hold({ ...grant, event: id });
      tellCast({ is: "follows" });
    } else if (status === 201 && typeof body.launch === "string") {
      await this.leave(body.launch);
    } else if ((status === 0 || status === 429 || status >= 500) && tries < mostTries) {
      this.later(500 * tries, () => {
        if (turn === this.move) void this.follow(id, turn, tries + 1);
      });
    } else {
      this.event = id; // and is not tried again
      void outOfStep(this.topic, id);
      tellCast({ is: "refused", why: said });
    }
  }

  /** By the ordinary road to the next patient. What was the last one's is given back, and kept nowhere. */
  private async leave(launch: string): Promise<void> {
    this.stop();
    const { grant } = present();
    dropLaunched(this.grant);
    if (grant !== null) revoke(grant.refresh || grant.access).catch(() => undefined); // else it ends with its sign-in
    await new Promise((resolve) => setTimeout(resolve, this.empty + room - performance.now()));
    try {
      await depart({ back: paths.find, launch });
    } catch {
      tellCast({ is: "refused", why: "" });
    }
  }
}
