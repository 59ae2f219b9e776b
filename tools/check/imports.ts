import path from 'node:path';
import { findCircles, findForbidden, readGraph } from './importRules.ts';

/** `npm run imports [root]`: who may import whom, and no circles. One line per violation, exit code 1. */

const root = process.argv[2] ?? path.join(import.meta.dirname, '..', '..');
const graph = readGraph(root);
const problems = [...findForbidden(graph), ...findCircles(graph)];
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else process.stdout.write(`imports: ${graph.size} files follow the rule\n`);
