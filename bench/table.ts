import { type BenchFamily, type BenchRow, percent, type Verdict } from './family.ts';

export interface Section {
  readonly family: Pick<BenchFamily, 'name' | 'title' | 'about'>;
  readonly rows: readonly BenchRow[];
  readonly verdicts: readonly Verdict[];
  /** Machine, program and day, in one sentence. */
  readonly circumstances: string;
}

const HEADING = `# Measured results

Written by \`npm run bench\` (see \`bench/README.md\`); each section says on what machine. Costs are recounted by the
checker; a gap is to the published optimum or best known where there is one, else to the proved bound.
`;

const cell = (value: number | null, digits: number): string =>
  value === null ? '-' : String(Number(value.toFixed(digits)));

/** A family's section between its marks, ending in a line feed. */
export function formatSection({ family, rows, verdicts, circumstances }: Section): string {
  const lines = rows.map((row) =>
    [
      row.instance,
      row.seed,
      cell(row.cost, 3),
      cell(row.bestKnown, 3),
      row.gap === null ? '-' : percent(row.gap),
      cell(row.bound, 3),
      row.seconds.toFixed(1),
      row.secondsToBest === null ? '-' : row.secondsToBest.toFixed(1),
      row.isChecked ? 'yes' : '**no**',
      row.note,
    ].join(' | '),
  );
  return `${openMark(family.name)}
## ${family.title}

${family.about.trim()}

${circumstances}

${verdicts.map(({ sentence, isKept }) => `- ${isKept ? 'Kept' : '**Missed**'}: ${sentence}`).join('\n')}

| instance | seed | cost | best known | gap | bound | seconds | to best | checked | note |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- | --- |
${lines.map((line) => `| ${line} |`).join('\n')}
${closeMark(family.name)}
`;
}

const openMark = (name: string): string => `<!-- bench ${name} -->`;
const closeMark = (name: string): string => `<!-- /bench ${name} -->`;

/** The results page with one family's section replaced, or added at the end. */
export function replaceSection(page: string, name: string, section: string): string {
  const from = page.indexOf(openMark(name));
  const to = page.indexOf(closeMark(name));
  if (from >= 0 && to > from) {
    return page.slice(0, from) + section.trimEnd() + page.slice(to + closeMark(name).length);
  }
  return `${(page || HEADING).trimEnd()}\n\n${section}`;
}
