// A browser that is started again by itself and opens what was open. It is asked what its tabs
// show from outside: who drives such a browser may wait for a restored tab for ever.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { findChromium, flags } from "./browser.js";

/** The tabs that a browser with that folder opens by itself: [{url, title}]. */
export async function restoredIn(folder) {
  const child = spawn(findChromium({ asPeople: true }), [...flags, "--headless", "--restore-last-session", "--remote-debugging-port=0", `--user-data-dir=${folder}`], { stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(child, "exit");
  try {
    const port = await portOf(child);
    await new Promise((go) => setTimeout(go, 2500)); // what it opens is there, and loaded
    const targets = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
    return targets.filter((t) => t.type === "page").map(({ url, title }) => ({ url, title }));
  } finally {
    child.kill("SIGKILL");
    await ended;
  }
}

/** Ends the browser that has a folder, should it not have ended when it was asked to close. */
export function endWith(folder) {
  spawnSync("pkill", ["-KILL", "-f", `--user-data-dir=${folder}`]);
}

async function portOf(child) {
  for await (const line of createInterface({ input: child.stderr })) {
    const port = line.match(/DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/)?.[1];
    if (port) return port;
  }
  throw new Error("the browser ended before it told where it listens");
}
