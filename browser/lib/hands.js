// Somebody who has a keyboard and nothing else. Every key is counted.

/** Hands on the keyboard of a page: pressed counts keys, typed those of codes, ages, days and texts. */
export function handsOn(page) {
  const hands = { pressed: 0, typed: 0 };
  hands.press = async (...keys) => {
    for (const key of keys) {
      hands.pressed++;
      await page.keyboard.press(key);
    }
  };
  hands.write = async (text) => {
    hands.typed += text.length;
    await page.keyboard.type(text);
  };
  /** Tabs until what is in use answers to the selector. */
  hands.tabTo = async (selector, key = "Tab") => {
    for (let i = 0; i < 120; i++) {
      if (await inUse(page, selector)) return;
      await hands.press(key);
    }
    throw new Error(`${key} never came to ${selector}; now at ${await where(page)}`);
  };
  return hands;
}

const inUse = (page, selector) => page.evaluate((s) => document.activeElement?.matches(s) ?? false, selector);

/** What has the focus, in a line. */
export function where(page) {
  return page.evaluate(() => `${location.pathname}${location.hash} ${document.activeElement?.outerHTML.slice(0, 160)}`);
}

/** The question in use: its name, and the codes to choose among, none where one writes. */
export function question(page) {
  return page.evaluate(() => {
    const field = document.activeElement?.closest(".field");
    if (!field) return null;
    const choices = [...field.querySelectorAll("[type=radio], [type=checkbox]")].filter((i) => i.name === `f.${field.dataset.field}` && !i.disabled);
    return { name: field.dataset.field, codes: choices.map((i) => i.value) };
  });
}

/**
 * Goes through the questions by Enter and answers each that is in answers, until the button
 * after the last one (or the field called until) is in use. Gives the names in the order in which they came.
 */
export async function walk(page, hands, answers, until = null) {
  const met = [];
  if (await question(page) === null) await hands.press("Enter");
  for (let q = await question(page); q && q.name !== until; q = await question(page)) {
    if (met.includes(q.name)) throw new Error(`${q.name} came twice: ${met}`);
    met.push(q.name);
    if (q.name in answers) await give(hands, q, answers[q.name]);
    await hands.press("Enter");
  }
  return met;
}

// Digits choose; a code that others begin with is ended with Enter.
async function give(hands, q, answer) {
  if (q.codes.length === 0) return hands.write(answer);
  for (const code of answer.split("|")) {
    await hands.press(...code);
    if (q.codes.some((c) => c !== code && c.startsWith(code))) await hands.press("Enter");
  }
}

/** Escape on a page whose script is there to hear it: a page just come is not deaf by chance. */
export async function escape(page) {
  await page.waitForLoadState("load");
  await page.keyboard.press("Escape");
}
