import { cx } from '../ui/class-names';

export type LiveState = 'live' | 'reconnecting' | 'paused';

const SAYS: Record<LiveState, { word: string; title: string; ink: string }> = {
  live: { word: 'Live', title: 'Changes appear by themselves.', ink: 'text-ok' },
  reconnecting: {
    word: 'Reconnecting',
    title: 'The stream was lost; what you see has its age. It resumes where it stopped.',
    ink: 'text-warn',
  },
  paused: { word: 'Paused', title: 'This tab is not listening. Reload to see changes.', ink: 'text-ink-3' },
};

/** Whether this page hears of changes. A different shape per state, and the word. */
export function LiveIndicator({ state }: { state: LiveState }) {
  const { word, title, ink } = SAYS[state];
  return (
    <span role="status" title={title} className="inline-flex items-center gap-1.5 text-12 whitespace-nowrap text-ink-2">
      <svg viewBox="0 0 12 12" aria-hidden="true" className={cx('size-3', ink)}>
        {state === 'paused' ? (
          <path d="M4 3v6M8 3v6" stroke="currentColor" strokeWidth={1.5} strokeLinecap="round" />
        ) : (
          <>
            <circle cx={6} cy={6} r={2.5} fill={state === 'live' ? 'currentColor' : 'none'} stroke="currentColor" />
            <circle
              cx={6}
              cy={6}
              r={5}
              fill="none"
              stroke="currentColor"
              strokeOpacity={0.45}
              strokeDasharray={state === 'live' ? undefined : '2 2'}
            />
          </>
        )}
      </svg>
      {word}
    </span>
  );
}
