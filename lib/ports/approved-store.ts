/** Where approved states are kept, as commits. */
export interface ApprovedStore {
  /** Whether it can be read and written now, and if not, what to do. Never throws. */
  check(): Promise<{ ok: boolean; detail: string }>;
}
