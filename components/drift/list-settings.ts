/** Where the list begins, and what narrows it: known to the page on the server and to the list in the browser. */
export const CHECK_SORT = { column: 'startedAt', descending: true } as const;
export const CHECK_FILTERS = ['environmentId', 'status', 'trigger'] as const;
