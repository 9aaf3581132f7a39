/** The method of a call; a column of them lines up. */
export const Method = ({ name }: { name: string }) => (
  <code className="w-14 flex-none font-semibold text-ink-2">{name}</code>
);
