import { cx } from './class-names';

/** The seven states anything can be in, and `dot` for an entry without one. */
export type StatusKind = 'ok' | 'warn' | 'bad' | 'unknown' | 'run' | 'wait' | 'hold';
export type GlyphKind = StatusKind | 'dot';

const INK: Record<GlyphKind, string> = {
  ok: 'text-ok',
  warn: 'text-warn',
  bad: 'text-bad',
  unknown: 'text-unknown',
  run: 'text-accent motion-safe:animate-turn',
  wait: 'text-ink-3',
  hold: 'text-warn',
  dot: 'text-ink-3',
};

const RING = { cx: 7, cy: 7, r: 6, fill: 'none', stroke: 'currentColor', strokeWidth: 1.5 } as const;
const MARK = { fill: 'none', strokeWidth: 1.6, strokeLinecap: 'round', strokeLinejoin: 'round' } as const;

/** Quiet when right (an outline), loud when wrong (filled), dashed when not known. */
const SHAPE: Record<GlyphKind, React.ReactNode> = {
  ok: (
    <>
      <circle {...RING} />
      <path {...MARK} strokeWidth={1.5} stroke="currentColor" d="m4.3 7.2 1.9 1.9 3.6-4" />
    </>
  ),
  warn: (
    <>
      <path fill="currentColor" d="M7 .9 13.6 12.6H.4z" />
      <path {...MARK} stroke="var(--surface-1)" d="M7 5v3.4M7 10.4v.2" />
    </>
  ),
  bad: (
    <>
      <path fill="currentColor" d="M4.4.6h5.2l3.8 3.8v5.2l-3.8 3.8H4.4L.6 9.6V4.4z" />
      <path {...MARK} stroke="var(--surface-1)" d="m4.8 4.8 4.4 4.4M9.2 4.8 4.8 9.2" />
    </>
  ),
  unknown: (
    <>
      <circle {...RING} strokeDasharray="2.3 2.4" />
      <path
        {...MARK}
        strokeWidth={1.4}
        stroke="currentColor"
        d="M5.4 5.6c.1-1 .8-1.5 1.6-1.5.9 0 1.6.6 1.6 1.4 0 1.1-1.5 1.2-1.5 2.3M7.1 9.9v.1"
      />
    </>
  ),
  run: (
    <>
      <circle {...RING} r={5.5} strokeWidth={2} strokeOpacity={0.25} />
      <path {...MARK} strokeWidth={2} stroke="currentColor" d="M7 1.5A5.5 5.5 0 0 1 12.5 7" />
    </>
  ),
  wait: <circle {...RING} r={5.5} />,
  hold: (
    <>
      <circle {...RING} />
      <path {...MARK} stroke="currentColor" d="M5.4 4.8v4.4M8.6 4.8v4.4" />
    </>
  ),
  dot: <circle cx={7} cy={7} r={3} fill="currentColor" />,
};

/** The mark of a state, 14 px. Decoration: the word next to it says the same. */
export function Glyph({ kind, className }: { kind: GlyphKind; className?: string }) {
  return (
    <svg viewBox="0 0 14 14" aria-hidden="true" className={cx('size-3.5 flex-none', INK[kind], className)}>
      {SHAPE[kind]}
    </svg>
  );
}
