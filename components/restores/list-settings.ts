/** Where the list begins, and what narrows it: known to the page on the server and to the list in the browser. */
export const RESTORE_SORT = { column: 'createdAt', descending: true } as const;
export const RESTORE_FILTERS = ['environmentId', 'status'] as const;
