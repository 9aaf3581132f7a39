/** A person by initials, 20 px; the full name is its text for screen readers and on hover. */
export function Avatar({ name }: { name: string }) {
  return (
    <span
      title={name}
      className="inline-grid size-5 flex-none place-items-center rounded-full border border-line-2 bg-surface-2 align-middle text-[10px] leading-none font-medium tracking-tight text-ink-2"
    >
      <span aria-hidden="true">{initials(name)}</span>
      <span className="sr-only">{name}</span>
    </span>
  );
}

function initials(name: string): string {
  const words = name.split(/[\s@._-]+/).filter(Boolean);
  return ((words[0]?.[0] ?? '?') + (words[1]?.[0] ?? '')).toUpperCase();
}
