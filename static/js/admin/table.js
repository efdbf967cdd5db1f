/** The packaged Table without its dialog: three rows and columns at once, more by the buttons beside. */

import { Table as BaseTable } from "django-prose-editor/editor"

export const Table = BaseTable.extend({
  addCommands() {
    return {
      ...this.parent?.(),
      insertTableWithOptions:
        () =>
        ({ commands }) =>
          commands.insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
    }
  },
})
