// What was typed and not yet posted, kept in this browser; the form's token with it, so that a text which had
// arrived before the page was left is not stored twice.

const storage = (work) => {
  try {
    return work(localStorage);
  } catch {
    // No storage here (private window, blocked, full): then there is no draft.
    return null;
  }
};

const name = (key) => `comment-draft ${key}`;

export function loadDraft(key) {
  return storage((local) => JSON.parse(local.getItem(name(key)))) ?? {};
}

export function saveDraft(key, draft) {
  if (draft.body) {
    storage((local) => local.setItem(name(key), JSON.stringify(draft)));
  } else {
    dropDraft(key);
  }
}

export function dropDraft(key) {
  storage((local) => local.removeItem(name(key)));
}
