/** Where the list begins, and what narrows it: known to the page on the server and to the list in the browser. */
export const WORKFLOW_SORT = { column: 'name', descending: false } as const;
export const WORKFLOW_FILTERS = ['environmentId', 'active', 'trigger', 'tag', 'presence'] as const;
