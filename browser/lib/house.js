// Everything that the register has pages for: the demonstration with its people, cases of every
// sort in it, a register that nobody has begun, and one that is begun and empty.
import { addRows, answers, openCase, risks, save, supports } from "./case.js";
import { beginWith, beSomebody, peopleOf } from "./people.js";
import { startDemo, startEmpty } from "./server.js";
import { visit } from "./visit.js";

export async function openHouse(browser) {
  const [demo, unbegun, begun] = await Promise.all([startDemo(), startEmpty(), startEmpty()]);
  const people = await peopleOf(demo);
  const worker = await beSomebody(demo, people[0]), coordinator = await beSomebody(demo, people.at(-1));
  const seats = {
    nobody: { server: demo }, worker: { server: demo, cookie: worker }, coordinator: { server: demo, cookie: coordinator },
    guest: { server: begun }, stranger: { server: unbegun }, beginner: { server: begun, cookie: await beginWith(begun) },
  };
  const cases = await makeCases(demo, worker);
  return {
    cases,
    /** Shows a page of the list to whom it is for; options are those of visit. */
    see: async (what, options) => {
      const { server, cookie } = seats[what.who];
      const v = await visit(browser, server, { cookie, ...options });
      v.show = () => what.open(v.page, cases);
      await v.show();
      return v;
    },
    close: () => Promise.all([demo, unbegun, begun].map((s) => s.close())),
  };
}

async function makeCases(server, cookie) {
  const open = (nr) => openCase(server, cookie, { arende: nr, 4: `K-${nr}` }, answers.bakgrund);
  const [whole, closed, excluded] = [await open("99-whole"), await open("99-closed"), await open("99-out")];
  await save(server, cookie, whole, "fore", answers.fore);
  await addRows(server, cookie, whole, "fore", "risk", risks);
  await addRows(server, cookie, whole, "under", "insats", supports);
  await save(server, cookie, whole, "under", {}, { rad: "insats-1" });
  await save(server, cookie, whole, "under", { ...answers.under, diskutera: "Vad räknas som samverkan här?" });
  await save(server, cookie, closed, "efter", answers.efter);
  await save(server, cookie, excluded, "uteslut", { uteslut: "5" });
  return { whole, closed, excluded };
}
