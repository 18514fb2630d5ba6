// The program as a server: a register of its own for each test file, in a temporary folder,
// or the demonstration, which npm test has made once and which is copied.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { out } from "../reports.js";

const program = process.env.FOLJSAM ?? "foljsam";

/** Where the demonstration is that others copy. */
export const madeDemo = join(out, "register");

/** Starts the demonstration: many municipalities, people and cases. */
export async function startDemo() {
  const folder = mkdtempSync(join(tmpdir(), "foljsam-browser-"));
  const data = join(folder, "demo");
  cpSync(madeDemo, data, { recursive: true });
  return start(folder, (at) => ["demo", "start", "--data", data, "--listen", at]);
}

/** Starts an empty register; its one-time code is in code. */
export async function startEmpty(...flags) {
  const folder = mkdtempSync(join(tmpdir(), "foljsam-browser-"));
  return start(folder, (at) => ["serve", "--data", join(folder, "data"), "--keys", join(folder, "nycklar"), "--listen", at, ...flags]);
}

async function start(folder, argumentsAt) {
  const at = `127.0.0.1:${await freePort()}`;
  const server = { address: `http://${at}`, code: "", said: [] };
  let child;
  server.begin = async () => {
    child = spawn(program, [...argumentsAt(at), "--lang", "sv"], { stdio: ["ignore", "pipe", "pipe"] });
    createInterface({ input: child.stdout }).on("line", (line) => { server.said.push(line); server.code ||= codeIn(line); });
    createInterface({ input: child.stderr }).on("line", (line) => server.said.push(line));
    await answers(server, child);
  };
  process.on("exit", () => child.kill("SIGKILL")); // also after a test that failed before it ended the server
  server.end = (signal = "SIGTERM") => end(child, signal);
  server.close = async () => {
    await end(child, "SIGTERM");
    rmSync(folder, { recursive: true, force: true });
  };
  await server.begin();
  return server;
}

const codeIn = (line) => line.match(/[A-Z0-9]{4}(?:-[A-Z0-9]{4})+/)?.[0] ?? "";

async function end(child, signal) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill(signal);
  await ended;
}

async function answers(server, child) {
  for (let i = 0; i < 200; i++) {
    if (child.exitCode !== null) break;
    try {
      await fetch(server.address + "/halsa");
      return;
    } catch {
      await new Promise((go) => setTimeout(go, 50));
    }
  }
  throw new Error("the program did not start:\n" + server.said.join("\n"));
}

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}
