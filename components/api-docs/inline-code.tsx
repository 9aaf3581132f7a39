/**
 * Text whose backticks mark code, as descriptions of operations are written. In the face of the text: the mono arrives
 * late, and would move what stands below.
 */
export function InlineCode({ text }: { text: string }) {
  return text.split('`').map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the text.
      <code key={index} className="font-sans text-13 font-medium tracking-normal text-ink-1">
        {part}
      </code>
    ) : (
      part
    ),
  );
}
