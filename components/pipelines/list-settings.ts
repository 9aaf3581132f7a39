/** Where the list begins, and what narrows it: known to the page on the server and to the list in the browser. */
export const PIPELINE_SORT = { column: 'name', descending: false } as const;
export const PIPELINE_FILTERS = ['environmentId', 'isActive'] as const;
