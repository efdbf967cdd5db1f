/** The packaged Link with a dialog that completes and checks the address. */

import { Link as BaseLink, updateAttrsDialog } from "django-prose-editor/editor"
import { gettext } from "newsroom/dom"
// Every editor has links, so every editor has the dressed toolbar.
import "newsroom/toolbar"

// The schemes that the body's sanitiser keeps.
const SCHEME = /^(https?|mailto|tel):/i
const HOST = /^[^\s/@:]+\.[^\s/@.]{2,}([/?#:]|$)/
const MAIL = /^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/

/** A whole address from what somebody typed, or "" for what cannot be one. */
export function completeAddress(typed) {
  const text = typed.trim()
  if (SCHEME.test(text)) return text
  if (MAIL.test(text)) return `mailto:${text}`
  if (text.startsWith("/") && !text.startsWith("//")) return text
  return HOST.test(text) ? `https://${text}` : ""
}

const ask = updateAttrsDialog(
  { href: { type: "string", title: gettext("Address"), required: true } },
  { title: gettext("Link"), submitText: gettext("Apply") },
)

async function askForAddress(editor) {
  let href = editor.getAttributes("link").href || ""
  for (;;) {
    const answer = await ask(editor, { href })
    if (!answer) return null
    const address = completeAddress(answer.href)
    if (address) return address
    href = answer.href
    window.alert(gettext("This is not an address. It looks like https://example.com/page."))
  }
}

export const Link = BaseLink.extend({
  addCommands() {
    return {
      ...this.parent?.(),
      addLink:
        () =>
        ({ editor }) => {
          if (editor.state.selection.empty && !editor.isActive("link")) return false
          askForAddress(editor).then((href) => {
            const chain = editor.chain().focus()
            if (href) chain.extendMarkRange("link").setLink({ href }).run()
            else chain.run()
          })
          return true
        },
    }
  },
})
