import { Glyph } from '@/components/ui/glyph';
import { KeyValues } from '@/components/ui/key-values';
import { Note } from '@/components/ui/note';
import { Time } from '@/components/ui/time';
import type { ConnectionTest, InstanceReport } from '@/lib/features/connections/environments/schema';

/** What a look at an instance found: what works there, what does not and why; or what stands in the way. */
export function ConnectionReport({ test }: { test: ConnectionTest }) {
  if (test.problem) {
    return (
      <Note tone="bad">
        <b className="text-ink-1">Not connected.</b> {test.problem.detail}
      </Note>
    );
  }
  return test.report && <InstanceFacts report={test.report} />;
}

/** Version, key and capabilities of an instance. What works is folded to a count; what doesn't is said. */
export function InstanceFacts({ report }: { report: InstanceReport }) {
  const { version, key, capabilities, checkedAt } = report;
  const lacking = capabilities.filter((capability) => !capability.works);
  return (
    <div className="grid gap-3">
      <KeyValues
        items={[
          ['Version', versionInWords(version)],
          [
            'Key',
            key.expiresAt ? (
              <Time key="key" at={key.expiresAt} prefix="expires" />
            ) : (
              'does not expire, as far as it tells'
            ),
          ],
          ['Works', `${capabilities.length - lacking.length} of ${capabilities.length} capabilities`],
          ['Checked', <Time key="checked" at={checkedAt} />],
        ]}
      />
      {lacking.length > 0 && (
        <ul aria-label="What does not work here" className="grid gap-1">
          {lacking.map(({ capability, detail }) => (
            <li key={capability} className="flex gap-2">
              <Glyph kind="wait" className="mt-0.5" />
              <span className="min-w-0">
                <code>{capability}</code> <span className="text-ink-2">{detail}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const versionInWords = ({ exact, atLeast, below }: InstanceReport['version']) =>
  exact ? `n8n ${exact}` : `n8n ${atLeast} or newer${below ? `, older than ${below}` : ''}, judged by its interface`;
