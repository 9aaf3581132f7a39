/** Where the lists begin, and what narrows them: known to the page on the server and to the list in the browser. */
export const INCIDENT_SORT = { column: 'detectedAt', descending: true } as const;
export const INCIDENT_FILTERS = ['environmentId', 'open', 'status', 'severity', 'driftClass', 'workflowId'] as const;

export const APPROVAL_SORT = { column: 'requestedAt', descending: true } as const;
export const APPROVAL_FILTERS = ['status', 'action', 'environmentId'] as const;
/** What the tabs and the home page count: requests nobody has decided. */
export const PENDING_APPROVALS = { status: 'pending', pageSize: 20 } as const;
