// Makes the demonstration once; the register's tests copy it, each file its own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { createInterface } from "node:readline";
import { madeDemo } from "./lib/server.js";

rmSync(madeDemo, { recursive: true, force: true });
const child = spawn(process.env.FOLJSAM ?? "foljsam", ["demo", "start", "--data", madeDemo, "--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "inherit"] });
for await (const line of createInterface({ input: child.stdout })) {
  if (line.includes("http://")) child.kill("SIGTERM"); // it is made and served
}
if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
if (child.exitCode) process.exit(child.exitCode);
