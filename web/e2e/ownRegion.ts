import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Region } from "./region";

/* A region of a test's own, where that of the walk would not do. */

export interface OwnRegion {
  readonly region: Region;
  readonly stop: () => Promise<void>;
}

const binary = process.env.PATCHWORK_BIN ?? new URL("../../bin/patchwork", import.meta.url).pathname;

/** Starts `patchwork demo` with these options, and with its further systems only if they are asked for, on a free port, and waits until everything answers. */
export async function ownRegion(...options: string[]): Promise<OwnRegion> {
  const dir = mkdtempSync(join(tmpdir(), "patchwork-e2e-"));
  const ready = join(dir, "ready.json");
  const demo = spawn(binary, ["demo", "--listen", "127.0.0.1:0", "--ready-file", ready, ...(options.includes("--more") ? [] : ["--no-more"]), ...options], { stdio: "ignore" });
  const stop = async () => {
    if (demo.exitCode === null) {
      const gone = new Promise((resolve) => demo.once("exit", resolve));
      demo.kill("SIGTERM");
      await gone;
    }
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    return { region: await readWhenThere(demo, ready), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function readWhenThere(demo: ChildProcess, file: string): Promise<Region> {
  const patience = Date.now() + 50_000;
  while (Date.now() < patience) {
    try {
      return JSON.parse(readFileSync(file, "utf8")) as Region;
    } catch {
      if (demo.exitCode !== null) throw new Error(`patchwork demo ended with ${demo.exitCode}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error("patchwork demo is not ready after 50 seconds");
}
