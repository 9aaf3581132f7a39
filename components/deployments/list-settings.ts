/** Where the list begins, and what narrows it: known to the page on the server and to the list in the browser. */
export const DEPLOYMENT_SORT = { column: 'createdAt', descending: true } as const;
export const DEPLOYMENT_FILTERS = ['environmentId', 'status', 'kind', 'pipelineId', 'promotionId'] as const;
