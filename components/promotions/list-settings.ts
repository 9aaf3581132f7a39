/** Where the list begins, and what narrows it: known to the page on the server and to the list in the browser. */
export const PROMOTION_SORT = { column: 'createdAt', descending: true } as const;
export const PROMOTION_FILTERS = ['environmentId', 'status', 'pipelineId', 'workflowId'] as const;
/** What the navigation counts: promotions that somebody has to decide. */
export const AWAITING_APPROVAL = { status: 'pending_approval', pageSize: 1 } as const;
