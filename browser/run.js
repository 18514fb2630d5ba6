// Runs every test file in a process of its own, a few at a time, the slow ones first. A file
// that stands still is ended and says what it was at; a file that fails is run once more, alone,
// and both are told, so that a busy machine does not hide what the program does wrong.
//
// "node run.js" runs all; "node run.js account log" those files.
import { spawn, spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { cpus } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL("test", import.meta.url));
const atOnce = Number(process.env.ATONCE ?? cpus().length + 1);
const longest = Number(process.env.LONGEST ?? 10 * 60) * 1000; // of one file

// By how long they took; what is not named here comes after.
const slow = ["every-page", "survey", "register-axe-case", "register-axe-other", "survey-staff", "axe", "survey-left", "nyckeltal-riket", "namndunderlag", "nyckeltal-kommun"];

const asked = process.argv.slice(2).map((name) => basename(name, ".test.js"));
const files = (asked.length ? asked : inOrder(readdirSync(here).filter((f) => f.endsWith(".test.js")).map((f) => basename(f, ".test.js"))));

function inOrder(names) {
  const place = (name) => (slow.includes(name) ? slow.indexOf(name) : slow.length);
  return names.sort((a, b) => place(a) - place(b) || a.localeCompare(b));
}

/** One file's tests: {name, passed, failed, seconds, said}. */
function run(name) {
  const began = Date.now();
  // A group of its own, so that its browser and servers end with it.
  const child = spawn(process.execPath, ["--test-force-exit", "--test-reporter=spec", join(here, `${name}.test.js`)], { detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let said = "", late = false;
  child.stdout.on("data", (d) => { said += d; });
  child.stderr.on("data", (d) => { said += d; });
  const clock = setTimeout(() => {
    late = true;
    said += `\nno end after ${longest / 1000} s; at work:\n${atWork(child.pid)}\n`;
    end(child.pid);
  }, longest);
  child.on("exit", () => end(child.pid)); // what it left behind, which may hold its output open
  return new Promise((done) => child.on("close", (code) => {
    clearTimeout(clock);
    const count = (word) => Number(said.match(new RegExp(`^ℹ ${word} (\\d+)$`, "m"))?.[1] ?? 0);
    const passed = count("pass"), failed = count("fail") + count("cancelled");
    done({ name, passed, failed: (code !== 0 || !passed) && !failed || late ? failed + 1 : failed, seconds: Math.round((Date.now() - began) / 1000), said });
  }));
}

function atWork(group) {
  return spawnSync("ps", ["-o", "pid,stat,etimes,wchan:20,args", "-g", String(group)], { encoding: "utf8" }).stdout ?? "";
}

function end(group) {
  try { process.kill(-group, "SIGKILL"); } catch { /* all of it has ended */ }
}

function tell({ name, passed, failed, seconds, said }, word = "") {
  console.log(`${failed ? "✖" : "✔"} ${name}: ${passed} passed, ${failed} failed, ${seconds} s${word}`);
  if (failed) console.log(said);
}

async function all() {
  const waiting = [...files], results = [];
  await Promise.all(Array.from({ length: Math.min(atOnce, files.length) }, async () => {
    for (let name; (name = waiting.shift());) {
      const result = await run(name);
      tell(result);
      results.push(result);
    }
  }));
  return results;
}

const results = await all();
const second = [];
for (const [i, first] of results.entries()) {
  if (!first.failed) continue;
  const again = await run(first.name);
  tell(again, ", the second time");
  if (!again.failed) second.push(first.name);
  results[i] = again;
}
if (second.length) console.log(`passed only the second time, alone: ${second.join(", ")}`);
const sum = (what) => results.reduce((n, r) => n + r[what], 0);
console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
process.exit(sum("failed") ? 1 : 0);
