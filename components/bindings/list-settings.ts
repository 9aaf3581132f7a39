/** Where the list begins, and what narrows it: known to the page on the server and to the list in the browser. */
export const BINDING_SORT = { column: 'requirement', descending: false } as const;
export const BINDING_FILTERS = ['environmentId', 'kind', 'expired', 'reviewed'] as const;
