// Who signs in: the first person of an empty register, and the people of the demonstration.

export const first = {
  namn: "Alm", inloggning: "alm@nora.example", losenord: "korrekt häst batteri", register: "Socialnämnden i Nora",
  ansvarig: "Socialnämnden", omrade: "1884", enhet: "Enhet Vuxen",
};

/** Begins an empty register without a browser, and gives the cookie of its first person. */
export function beginWith(server, person = first) {
  return cookieFrom(server, "/forsta", { ...person, losenord2: person.losenord, kod: server.code });
}

/** Signs in the first person once more. */
export function signInAt(server, person = first) {
  return cookieFrom(server, "/logga-in", { inloggning: person.inloggning, losenord: person.losenord, ater: "/" });
}

/** The people of one town of the demonstration: [caseworker, a second one of the same unit, …, coordinator]. */
export async function peopleOf(server, town = "0188") {
  const page = await (await fetch(`${server.address}/demo?kommun=${town}`)).text();
  return [...page.matchAll(/name="person" value="([^"]+)"/g)].map((m) => m[1]);
}

/** Signs in as somebody of the demonstration. */
export function beSomebody(server, person) {
  return cookieFrom(server, "/demo", { person });
}

async function cookieFrom(server, path, form) {
  const reply = await fetch(server.address + path, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
  const [name, value] = (reply.headers.getSetCookie()[0] ?? "").split(";")[0].split("=");
  if (reply.status !== 303 || !value) throw new Error(`${path} answered ${reply.status} and gave no session: ${(await reply.text()).slice(0, 2000)}`);
  return { name, value, url: server.address, httpOnly: true, sameSite: "Lax" };
}
