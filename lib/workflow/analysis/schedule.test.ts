import { expect, it } from 'vitest';
import { runsPerDay } from './schedule';

const schedule = (...interval: object[]) => ['n8n-nodes-base.scheduleTrigger', { rule: { interval } }] as const;
const cron = (expression: string) => schedule({ field: 'cronExpression', expression });
const item = (...times: object[]) => ({ item: times });

it.each([
  ['its default', schedule({}), 1],
  ['no rule', ['n8n-nodes-base.scheduleTrigger', {}], 1],
  ['every five minutes', schedule({ field: 'minutes' }), 288],
  ['every two hours and daily', schedule({ field: 'hours', hoursInterval: 2 }, {}), 13],
  ['two days a week', schedule({ field: 'weeks', triggerAtDay: [1, 4] }), 2 / 7],
  ['cron every ten minutes in working hours', cron('*/10 9-16 * * *'), 48],
  ['cron on weekdays', cron('0 9 * * MON,2-5'), 5 / 7],
  ['cron with seconds', cron('0,30 * * * * *'), 2880],
  ['an interval in seconds', ['n8n-nodes-base.interval', { interval: 30, unit: 'seconds' }], 2880],
  [
    'an old cron node',
    ['n8n-nodes-base.cron', { triggerTimes: item({ mode: 'everyX', value: 10, unit: 'minutes' }) }],
    144,
  ],
  ['polling', ['n8n-nodes-base.gmailTrigger', { pollTimes: item({ mode: 'everyMinute' }) }], 1440],
] as const)('%s is understood', (_, [type, parameters], runs) => {
  expect(runsPerDay(type, parameters as never)).toBeCloseTo(runs, 6);
});

it.each([
  ['an expression', ...cron('={{ $vars.CRON }}')],
  ['nonsense', ...cron('every now and then')],
  ['a unit nobody knows', ...schedule({ field: 'moons' })],
  ['a unit named like an object method', ...schedule({ field: 'constructor' })],
  ['a node without schedule', 'n8n-nodes-base.webhook', {}],
] as const)('%s has no density', (_, type, parameters) => {
  expect(runsPerDay(type, parameters as never)).toBeUndefined();
});
