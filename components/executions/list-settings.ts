/** Where the list begins, and what narrows it: known to the page on the server and to the list in the browser. */
export const EXECUTION_SORT = { column: 'startedAt', descending: true } as const;
export const EXECUTION_FILTERS = ['environmentId', 'status', 'workflowId'] as const;
