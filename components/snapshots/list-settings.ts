/** Where the list begins, and what narrows it: known to the page on the server and to the list in the browser. */
export const SNAPSHOT_SORT = { column: 'createdAt', descending: true } as const;
export const SNAPSHOT_FILTERS = ['environmentId', 'kind', 'workflowId'] as const;
