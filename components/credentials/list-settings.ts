/** Where the list begins, and what narrows it: known to the page on the server and to the list in the browser. */
export const CREDENTIAL_SORT = { column: 'name', descending: false } as const;
export const CREDENTIAL_FILTERS = ['environmentId', 'type'] as const;
