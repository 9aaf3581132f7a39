declare module 'deep-diff' {
  /** The differences between two values; undefined when there are none. */
  export default function diff(before: unknown, after: unknown): unknown[] | undefined;
}
