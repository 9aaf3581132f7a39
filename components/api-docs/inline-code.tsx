/** Text whose backticks mark code, as descriptions of operations are written. */
export function InlineCode({ text }: { text: string }) {
  return text.split('`').map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the text.
      <code key={index}>{part}</code>
    ) : (
      part
    ),
  );
}
