/**
 * Stops with one sentence when the program was not started through `npm run` or `npx`,
 * which put the pinned Node first on the path.
 */
if (Number(process.versions.node.split('.')[0]) < 26) {
  process.stderr.write(
    `Grappe needs Node 26, this is ${process.versions.node}: start it with "npm start" or "npm run", which use the pinned one.\n`,
  );
  process.exit(1);
}
