/** How a workflow came to its lineage, the surest first; `promotion` and `saved` made it, the others recognised it. */
export const LINK_METHODS = ['explicit', 'same_id', 'shape', 'suggestion', 'promotion', 'saved'] as const;
export type LinkMethod = (typeof LINK_METHODS)[number];
/** `unlinked` and `ignored` are people's decisions: automatic linking leaves them alone. */
export const LINK_STATUSES = ['linked', 'unlinked', 'ignored'] as const;
export type LinkStatus = (typeof LINK_STATUSES)[number];

/** How a workflow stands to its lineage. */
export const IDENTITY_STATUSES = ['linked', 'unmapped', 'missing', 'ignored', 'deleted'] as const;
export type IdentityStatus = (typeof IDENTITY_STATUSES)[number];

/** `missing`: linked, and gone from the instance. `deleted`: gone, and no lineage expects it. */
export function identityStatus(link: LinkStatus | null, presence: 'present' | 'missing'): IdentityStatus {
  if (link === 'linked') return presence === 'present' ? 'linked' : 'missing';
  if (presence === 'missing') return 'deleted';
  return link === 'ignored' ? 'ignored' : 'unmapped';
}

/**
 * How a cell of the matrix stands, the worst first. `differs`: not what the source has, whatever the instances call
 * their credentials and sub-workflows; `unknown`: that can't be told. `source`: the others are compared with it.
 */
export const CELL_STATES = ['missing', 'drifted', 'differs', 'unknown', 'same', 'source'] as const;
export type CellState = (typeof CELL_STATES)[number];
