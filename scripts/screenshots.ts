import { takeScreenshots } from '../sandbox/demo/screenshots.ts';

await takeScreenshots((text) => process.stdout.write(`${text}\n`));
