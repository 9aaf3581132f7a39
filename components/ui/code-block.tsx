/** Code or a log as it is, with line numbers that are not copied. For JSON of any size: `JsonView`. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section tabIndex={0} aria-label={label} className="overflow-x-auto rounded-2 border border-line">
      <pre className="py-1 font-mono leading-5">
        <code className="block min-w-max [counter-reset:line]">
          {code.split('\n').map((line, index) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number.
              key={index}
              className="block pr-4 [counter-increment:line] before:mr-3 before:inline-block before:w-10 before:text-right before:text-ink-3 before:content-[counter(line)] before:select-none"
            >
              {line || '\u200b'}
            </span>
          ))}
        </code>
      </pre>
    </section>
  );
}
