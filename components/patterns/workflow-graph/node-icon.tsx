import {
  Bot,
  Box,
  Braces,
  Clock,
  Code,
  CornerDownRight,
  Database,
  FileText,
  Filter,
  GitMerge,
  Globe,
  type LucideIcon,
  Mail,
  MessageSquare,
  MousePointerClick,
  Pencil,
  Repeat,
  Sparkles,
  Split,
  Table2,
  Timer,
  TriangleAlert,
  Webhook,
} from 'lucide-react';
import { Icon } from '../../ui/icon';

/** First match wins; the type's own name is enough, we ship no vendor logos. */
const ICONS: readonly (readonly [pattern: RegExp, icon: LucideIcon])[] = [
  [/errorTrigger|stopAndError/i, TriangleAlert],
  [/executeWorkflow/i, CornerDownRight],
  [/schedule|cron|interval/i, Clock],
  [/manualTrigger/i, MousePointerClick],
  [/webhook/i, Webhook],
  [/\.(if|switch)$/i, Split],
  [/filter/i, Filter],
  [/merge/i, GitMerge],
  [/splitInBatches|loop/i, Repeat],
  [/wait/i, Timer],
  [/\.(set|renameKeys)$/i, Pencil],
  [/\.(code|function)/i, Code],
  [/http|graphql/i, Globe],
  [/agent|chain/i, Bot],
  [/lm(Chat)?|openai|anthropic|embeddings|memory/i, Sparkles],
  [/mail|imap|smtp/i, Mail],
  [/slack|telegram|discord|teams|chat|twilio/i, MessageSquare],
  [/postgres|mysql|mongo|redis|sql|supabase|vector/i, Database],
  [/sheet|airtable|dataTable|notion|baserow/i, Table2],
  [/json|xml|html|parser/i, Braces],
  [/file|drive|s3|ftp|pdf|dropbox/i, FileText],
];

/** A picture for a node type. Decoration: the type's name stands beside it. */
export function NodeIcon({ type, className }: { type: string; className?: string }) {
  const match = ICONS.find(([pattern]) => pattern.test(`.${type.split('.').at(-1)}`));
  return <Icon of={match?.[1] ?? Box} className={className} />;
}
