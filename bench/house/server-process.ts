import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** The Next server that was started with PORT in its environment; it names itself, which hides its command line. */
export function serverOn(port: number): number {
  const found = readdirSync('/proc').find(
    (pid) =>
      /^\d+$/.test(pid) &&
      read(`/proc/${pid}/cmdline`).startsWith('next-server') &&
      read(`/proc/${pid}/environ`).split('\0').includes(`PORT=${port}`),
  );
  if (!found) throw new Error(`No server was found on port ${port}. This needs Linux.`);
  return Number(found);
}

/** CPU that a process and its children have used so far, ms. */
export function cpuMs(pid: number): number {
  const stat = read(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const own = ((Number(fields[11]) + Number(fields[12])) * 1_000) / TICKS_PER_SECOND;
  const children = read(`/proc/${pid}/task/${pid}/children`).trim().split(' ').filter(Boolean);
  return children.reduce((sum, child) => sum + cpuMs(Number(child)), own);
}

/** Memory that is resident now, MB. */
export const residentMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1_024;

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
