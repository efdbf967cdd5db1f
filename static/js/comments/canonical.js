// The form in which a comment is counted: the twin of publication/text.py and comments/texts.py.
// Every set is written out as explicit ranges, the same in every version of Unicode and of a browser.

export const BODY_MAX = 400;
const BEFORE_NORMALISING_MAX = 1600;

const SURROGATE = /[\ud800-\udfff]/u;
const LINE_END = /\r\n|[\r\v\f\x85\u2028\u2029]/g;
// The last two code points of each plane above the first.
const NEVER_ASSIGNED = Array.from({ length: 16 }, (_, plane) => (plane + 1).toString(16))
  .map((plane) => `\\u{${plane}fffe}\\u{${plane}ffff}`)
  .join("");
const DROPPED = new RegExp(
  "[\\0-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\xad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f" +
    "\\u200b\\u200c\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ufdd0-\\ufdef\\ufe00-\\ufe0d\\ufeff" +
    "\\uffa0\\ufff0-\\ufffc\\ufffe\\uffff\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}" +
    NEVER_ASSIGNED +
    "]",
  "gu",
);
const JOINER = "\u200d";
const MAY_FOLLOW = /^[\u2190-\u2328\u232b-\u2bff\u{1f000}-\u{1faff}]$/u;
const MAY_PRECEDE = /^[\u2190-\u2328\u232b-\u2bff\u{1f000}-\u{1faff}\ufe0f©®‼⁉™ℹ〰〽㊗㊙]$/u;
const SPACE = " \\xa0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000\\n";
const ENDS = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "g");
const BLANK = /[\s\u2800\p{M}]/gu;
const BLOT = /[\p{Mn}\p{Me}]{5}/u;

// Throws a RangeError, its message "surrogate" or "too_long", where the twin raises.
export function canonical(text) {
  if (SURROGATE.test(text)) {
    throw new RangeError("surrogate");
  }
  const plain = text.replace(LINE_END, "\n").replaceAll("\t", " ").replace(DROPPED, "");
  const points = Array.from(plain).filter(isKept);
  if (points.length > BEFORE_NORMALISING_MAX) {
    throw new RangeError("too_long");
  }
  return points.join("").normalize("NFC").replace(ENDS, "");
}

function isKept(point, at, all) {
  return point !== JOINER || (MAY_PRECEDE.test(all[at - 1]) && MAY_FOLLOW.test(all[at + 1]));
}

// Characters as the server counts them; of a text that is far too long, its code points.
export function count(text) {
  try {
    return Array.from(canonical(text)).length;
  } catch {
    return Array.from(text).length;
  }
}

// Why the server would refuse the text: "surrogate", "long", "blank" or "marks"; "" when it would not.
export function problem(text) {
  let body;
  try {
    body = canonical(text);
  } catch (refusal) {
    return refusal.message === "surrogate" ? "surrogate" : "long";
  }
  if (Array.from(body).length > BODY_MAX) {
    return "long";
  }
  if (!body.replace(BLANK, "")) {
    return "blank";
  }
  return BLOT.test(body) ? "marks" : "";
}
