// npm run dev [-- --port 3000 --data-dir .data]: as `npm start`, from the sources, reloading what changes.
import { runServer } from '../app/server-command.ts';

await runServer('dev');
