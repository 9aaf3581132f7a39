// npm start [-- --port 3000 --data-dir .data]: the application with its worker, until it is stopped.
import { runServer } from '../app/server-command.ts';

await runServer('start');
