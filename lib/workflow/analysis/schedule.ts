import { isObject, type Json, type JsonObject } from '../model';
import { nodeKind } from '../node-kind';

const DAY = 86_400;
/** Seconds per unit; a month is 30 days. */
const SECONDS: ReadonlyMap<string, number> = new Map([
  ['seconds', 1],
  ['minutes', 60],
  ['hours', 3600],
  ['days', DAY],
  ['weeks', 7 * DAY],
  ['months', 30 * DAY],
]);
const FIXED_MODES: ReadonlyMap<string, number> = new Map([
  ['everyMinute', 1440],
  ['everyHour', 24],
  ['everyDay', 1],
  ['everyWeek', 1 / 7],
  ['everyMonth', 1 / 30],
]);
/** How many values each field of a cron expression has: second, minute, hour, day, month, weekday. */
const CRON_RANGES = [60, 60, 24, 31, 12, 7] as const;

/**
 * How often a node starts its workflow, in runs per day on average; `undefined` when it has no schedule of its own, or
 * one that an expression decides. Understands schedule, cron and interval triggers and the polling of all others.
 */
export function runsPerDay(type: string, parameters: JsonObject): number | undefined {
  if (nodeKind(type) === 'schedule') {
    if (type.endsWith('.scheduleTrigger')) return total(listAt(parameters.rule, 'interval') ?? [{}], intervalRuns);
    if (type.endsWith('.interval')) return every(parameters.interval ?? 1, parameters.unit ?? 'seconds');
    return total(listAt(parameters.triggerTimes, 'item') ?? [{}], modeRuns);
  }
  const polls = listAt(parameters.pollTimes, 'item');
  return polls && total(polls, modeRuns);
}

function listAt(holder: Json | undefined, key: string): readonly Json[] | undefined {
  const list = isObject(holder) ? holder[key] : undefined;
  return Array.isArray(list) && list.length > 0 ? (list as readonly Json[]) : undefined;
}

function total(rules: readonly Json[], runs: (rule: JsonObject) => number | undefined): number | undefined {
  let sum = 0;
  for (const rule of rules) {
    const each = isObject(rule) ? runs(rule) : undefined;
    if (each === undefined) return undefined;
    sum += each;
  }
  return sum;
}

function intervalRuns(rule: JsonObject): number | undefined {
  const { field = 'days' } = rule;
  if (field === 'cronExpression') return cronRuns(rule.expression);
  const standard = field === 'seconds' ? 30 : field === 'minutes' ? 5 : 1;
  const length = rule[`${field}Interval`] ?? standard;
  const days = field === 'weeks' && Array.isArray(rule.triggerAtDay) ? Math.max(1, rule.triggerAtDay.length) : 1;
  const runs = every(length, field);
  return runs === undefined ? undefined : runs * days;
}

function modeRuns(rule: JsonObject): number | undefined {
  const { mode = 'everyDay' } = rule;
  if (mode === 'custom') return cronRuns(rule.cronExpression);
  if (mode === 'everyX') return every(rule.value ?? 2, rule.unit ?? 'hours');
  return FIXED_MODES.get(String(mode));
}

function every(length: Json, unit: Json): number | undefined {
  const seconds = SECONDS.get(String(unit));
  return typeof length === 'number' && length > 0 && seconds ? DAY / (length * seconds) : undefined;
}

/** Five fields, or six with seconds before them. Days of month and week are taken as independent. */
function cronRuns(expression: Json | undefined): number | undefined {
  if (typeof expression !== 'string' || expression.startsWith('=')) return undefined;
  const fields = expression.trim().split(/\s+/);
  if (fields.length === 5) fields.unshift('0');
  if (fields.length !== 6) return undefined;
  const counts = fields.map((field, index) => cronCount(field, CRON_RANGES[index]!));
  const [second, minute, hour, day, month, weekday] = counts as [number, number, number, number, number, number];
  return counts.some(Number.isNaN) ? undefined : second * minute * hour * (day / 31) * (month / 12) * (weekday / 7);
}

/** How many of a field's values a part list such as `0-30/10,45` names; NaN when it is none. */
function cronCount(field: string, range: number): number {
  return field.split(',').reduce((sum, part) => {
    const match = /^(?:(\*|\?)|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(part);
    if (!match) return Number.NaN;
    const [, any, first, last, step] = match;
    const span = any ? range : last ? Number(last) - Number(first) + 1 : step ? range - Number(first) : 1;
    return sum + Math.min(range, Math.ceil((Number.isNaN(span) ? 1 : span) / Number(step ?? 1)));
  }, 0);
}
