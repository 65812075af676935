import { join } from 'node:path';
import { launch } from './launch.ts';
import { wantsColour } from './output/createPaint.ts';

// A reader that went away (`npm start | head`) must not keep us from stopping the children in order.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

process.exitCode = await launch({
  root: join(import.meta.dirname, '..', '..', '..'),
  environment: process.env,
  args: process.argv.slice(2),
  colour: wantsColour(process.stdout, process.env),
  print: (text) => process.stdout.write(`${text}\n`),
  complain: (text) => process.stderr.write(`${text}\n`),
});
