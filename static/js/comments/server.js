// What is asked of the server: who I am on this page, and every change.

import { word } from "./parts.js";

const { article, me: address } = document.querySelector("[data-comments]")?.dataset ?? {};
// Says only that there may be something of mine to ask about; the keys themselves no script can read.
const HINT = /(?:^|; )reader=1/;
let csrf = "";
let asked = null;

export function isKnown() {
  return HINT.test(document.cookie);
}

async function askFor(ids) {
  const url = `${address}?article=${article}&ids=${ids.join(",")}`;
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok) {
    throw new Error(answer.status);
  }
  const told = await answer.json();
  csrf = told.csrf;
  return told;
}

// Who I am and what is mine among these comments; asked once for the page's, again for those that came later.
export function me(ids = []) {
  if (!asked || ids.length) {
    const asking = askFor(ids);
    asked ??= asking;
    asking.catch(() => {
      asked = null;
    });
    return asking;
  }
  return asked;
}

async function post(url, fields) {
  const headers = { Accept: "application/json", "X-CSRFToken": csrf };
  const answer = await fetch(url, { method: "POST", headers, body: new URLSearchParams(fields) });
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
  return { ok: answer.ok, status: answer.status, data: isJson ? await answer.json() : { message: word("failed") } };
}

// Sends a form; { ok, status, data }, with a sentence in data.message whatever went wrong.
export async function send(url, fields) {
  try {
    if (!csrf) {
      await me();
    }
    const answer = await post(url, fields);
    if (answer.status !== 403 || !answer.data.csrf) {
      return answer;
    }
    // A token of before a log-in in another tab: once more with the new one.
    csrf = answer.data.csrf;
    return await post(url, fields);
  } catch {
    return { ok: false, status: 0, data: { message: word("failed") } };
  }
}
