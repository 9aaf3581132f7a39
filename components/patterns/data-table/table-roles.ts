/** Said out loud: on a phone rows are `display: block`, which takes the roles of a table away in some browsers. */
export const AS_TABLE = { role: 'table' } as const;
export const AS_ROW = { role: 'row' } as const;
export const AS_CELL = { role: 'cell' } as const;
export const AS_ROW_HEADER = { role: 'rowheader', scope: 'row' } as const;
