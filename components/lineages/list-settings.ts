/** Where the lists begin, and what narrows them: known to the pages on the server and to the lists in the browser. */
export const MATRIX_SORT = { column: 'worst', descending: true } as const;
export const MATRIX_FILTERS = ['environmentId', 'state', 'sourceEnvironmentId'] as const;
export const IDENTITY_SORT = { column: 'name', descending: false } as const;
export const IDENTITY_FILTERS = ['environmentId', 'status'] as const;
export const SUGGESTION_SORT = { column: 'score', descending: true } as const;
export const SUGGESTION_FILTERS = ['environmentId', 'status', 'workflowId'] as const;
