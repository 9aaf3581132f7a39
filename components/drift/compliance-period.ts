type Period = { environmentId: string; from: string; to: string };

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** Days of the page as moments of the API: whole days, UTC. What is no day is left out. */
export const complianceQueryOf = ({ environmentId, from, to }: Period) => ({
  environmentId: environmentId || undefined,
  from: isDay(from) ? `${from}T00:00:00.000Z` : undefined,
  to: isDay(to) ? `${to}T23:59:59.999Z` : undefined,
});
