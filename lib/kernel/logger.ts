import { pino } from 'pino';

export type Logger = {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  child(fields: object): Logger;
};

/** Names that never carry a printable value, at any depth that our own log calls reach. */
const SECRET_FIELDS = ['password', 'apiKey', 'authorization', 'cookie', 'secret', 'token', 'masterKey', 'sealed'];
const REDACTED = '[redacted]';
/** What a secret looks like inside text: our keys, bearer tokens, n8n's JWTs, credentials in URLs. */
const SECRET_TEXT =
  /n8nops_[A-Za-z0-9]{8,}|Bearer\s+\S+|eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*|(?<=:\/\/)[^/\s:@]+:[^/\s@]+(?=@)/g;

export const scrub = (text: string): string => text.replace(SECRET_TEXT, REDACTED);

/** One JSON line per event on stdout; what looks like a secret is cut out of every line, whatever put it there. */
export function createLogger(
  level: string,
  write: (line: string) => void = (line) => process.stdout.write(line),
): Logger {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: pino.stdSerializers.errWithCause, err: pino.stdSerializers.errWithCause },
      redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: REDACTED },
    },
    { write: (line: string) => write(scrub(line)) },
  );
}
