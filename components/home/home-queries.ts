/** What the home page asks for: known to the page on the server and to the parts in the browser. */
export const OPEN_INCIDENTS = { open: true, sort: 'dueAt', pageSize: 8 } as const;
export const DECIDABLE = { decidable: true, pageSize: 8 } as const;
export const FAILED_RUNS = { status: 'error', pageSize: 20 } as const;
export const WORST_ROWS = { pageSize: 8 } as const;
