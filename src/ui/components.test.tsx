import { expect, test } from 'vitest';
import { AnswerGauge } from './answer-gauge.tsx';
import { withoutStyles } from './chart.tsx';
import { bindFields, DateField, ErrorSummary, NumberField, TextField } from './form.tsx';
import { Mark } from './icons.tsx';
import { LifeLine } from './life-line.tsx';
import { ProofBar } from './proof-bar.tsx';
import { ShareCard } from './share-card.tsx';
import { SolverAtWork } from './solver.tsx';
import { DataTable } from './table.tsx';
import { en } from './texts.en.ts';
import { fr } from './texts.fr.ts';

const html = async (node: unknown): Promise<string> => String(await node);

test('a field keeps what was typed and is tied to its label, hint and error', async () => {
  const field = bindFields({ seats: 'douze' }, { seats: 'Écrivez 12.' });
  const out = await html(<NumberField lang="fr" {...field('seats')} label="Places" hint="En tout" />);
  expect(out).toContain('value="douze"');
  expect(out).toContain('<label for="seats">');
  expect(out).toContain('aria-describedby="seats-hint seats-error"');
  expect(out).toContain('aria-invalid="true"');
  expect(out).toMatch(/id="seats-error">.*Écrivez 12\./s);
});

test('what people typed is text, never markup', async () => {
  const out = await html(
    <TextField lang="fr" name="n" label={'<b>'} value={'"><script>alert(1)</script>'} />,
  );
  expect(out).not.toContain('<script>');
  expect(out).not.toContain('<b>');
});

test('an impossible day stays to be corrected; a real one gets the picker', async () => {
  const wrong = await html(<DateField lang="fr" name="on" label="Jour" value="2027-02-31" />);
  expect(wrong).toContain('type="text"');
  expect(wrong).toContain('value="31/02/2027"');
  expect(wrong).toContain('aria-describedby="on-hint"');
  expect(await html(<DateField lang="fr" name="on" label="Jour" value="demain" />)).toContain(
    'value="demain"',
  );
  expect(await html(<DateField lang="fr" name="on" label="Jour" value="2027-03-01" />)).toContain(
    'type="date"',
  );
});

test('the summary links each error to its field, and is not there without errors', async () => {
  const out = await html(
    <ErrorSummary lang="fr" errors={{ seats: 'Écrivez 12.', '': 'La campagne est figée.' }} />,
  );
  expect(out).toContain('<a href="#seats">Écrivez 12.</a>');
  expect(out).toContain('<li>La campagne est figée.</li>');
  expect(out).toContain('2 champs');
  expect(await html(<ErrorSummary lang="fr" errors={{}} />)).toBe('');
});

test('a list says how it is sorted, names each row, and turns the order on a second press', async () => {
  const out = await html(
    <DataTable
      lang="fr"
      caption="Adhérents"
      columns={[
        { key: 'name', label: 'Nom', cell: (r: { name: string; staff: number }) => r.name, sortable: true },
        { key: 'staff', label: 'Salariés', align: 'end', cell: (r) => r.staff, sortable: true },
      ]}
      rows={[{ name: 'Forges du Val', staff: 412 }]}
      sort={{ key: 'staff', direction: 'up', href: (key, direction) => `?tri=${key}-${direction}` }}
      empty=""
    />,
  );
  expect(out).toContain('aria-sort="ascending"');
  expect(out).toContain('href="?tri=staff-down"');
  expect(out).toContain('href="?tri=name-up"');
  expect(out).toContain('<th scope="row">Forges du Val</th>');
  expect(out).toContain('data-label="Salariés"');
});

test('the proof bar states gap and saving: 12 480 against a bound of 12 430 is 0,4 %, against 17 960 saves 30,5 %', async () => {
  const out = await html(
    <ProofBar lang="fr" boundCents={1_243_000} planCents={1_248_000} aloneCents={1_796_000} />,
  );
  // (12 480 - 12 430) / 12 430 = 0.402 %; (17 960 - 12 480) / 17 960 = 30.5 %; 12 480 / 17 960 = 69.49 % of the scale
  expect(out).toContain('à 0,4\u00a0% au plus du meilleur possible');
  expect(out).toContain('(30,5\u00a0%)');
  expect(out).toContain('width="69.49%"');
});

test('the proof bar without bound, proven optimal, and dearer than alone', async () => {
  const bar = (bound: number | null, plan: number, alone: number) =>
    html(<ProofBar lang="en" boundCents={bound} planCents={plan} aloneCents={alone} />);
  expect(await bar(null, 500, 500)).toContain(en.proof.noBound);
  expect(await bar(500, 500, 1000)).toContain(en.proof.optimal);
  expect(await bar(500, 1200, 1000)).toContain('€2 more than each alone');
  expect(await bar(0, 0, 0)).toContain(en.proof.same);
});

test('the share card draws the three bars on one scale and says that it is a maximum', async () => {
  const card = (alone: number, together: number, isMaximum: boolean) =>
    html(
      <ShareCard
        lang="fr"
        title="T"
        aloneCents={alone}
        togetherCents={together}
        baseline="au prix catalogue"
        reason="Parce que."
        how="Ainsi."
        isMaximum={isMaximum}
      />,
    );
  const out = await card(186_000, 123_600, true);
  // 1 236 of 1 860 is 66.5 % of the scale.
  expect(out).toContain('width="66.5%"');
  expect(out).toContain('Parce que.');
  expect(out).toContain(fr.share.maximum);
  const none = await card(48_000, 48_000, false);
  expect(none).toContain(fr.share.nothing);
  expect(none).not.toContain(fr.share.saved);
  expect(none).not.toContain(fr.share.maximum);
});

test('a band shows its floor and no name: six full dots of 51', async () => {
  const out = await html(
    <AnswerGauge lang="fr" of={51} answers={{ kind: 'band', atLeast: 6 }} seats={[30, 40]} />,
  );
  expect(out.match(/class="on"/g)).toHaveLength(6);
  expect(out.match(/<i/g)).toHaveLength(51);
  expect(out).toContain('Au moins 6 entreprises sur 51');
  expect(out).not.toContain('<ul');
});

test('a gauge of a thousand companies still has at most 120 dots', async () => {
  const out = await html(<AnswerGauge lang="en" of={1000} answers={{ kind: 'exact', answered: 500 }} />);
  const dots = out.match(/<i/g)?.length ?? 0;
  expect(dots).toBeLessThanOrEqual(120);
  expect((out.match(/class="on"/g)?.length ?? 0) / dots).toBeCloseTo(0.5, 1);
});

test('a former date is struck through, with its reason', async () => {
  const out = await html(
    <LifeLine
      lang="fr"
      steps={[
        {
          label: 'Planifiée',
          status: 'present',
          on: '2027-03-12',
          former: [{ on: '2027-02-26', reason: 'Salle prise' }],
        },
      ]}
    />,
  );
  expect(out).toMatch(/<s><time datetime="2027-02-26">26 février 2027<\/time><\/s>.*Salle prise/s);
  expect(out).toContain('aria-current="step"');
});

test('the mark fills from the bottom dot up', async () => {
  const classes = async (filled: number) =>
    [...(await html(<Mark filled={filled} />)).matchAll(/dot-(full|empty)/g)].map((m) => m[1]);
  expect(await classes(1)).toEqual(['empty', 'empty', 'empty', 'empty', 'empty', 'full']);
  expect((await classes(4)).filter((c) => c === 'full')).toHaveLength(4);
});

test('a solver at work reads without script, and carries what its island needs', async () => {
  const out = await html(
    <SolverAtWork
      lang="fr"
      feed="/campagnes/1/calcul"
      progress={{ seconds: 41, cost: 1_248_000, bound: 1_231_500, gap: 0.0134, state: 'running' }}
      history={[{ seconds: 1, cost: 1_300_000, bound: 1_100_000 }]}
      budgetSeconds={60}
      refresh="/campagnes/1"
    />,
  );
  expect(out).toContain('déjà à 1,34\u00a0% au plus du meilleur possible');
  expect(out).toContain('feed="/campagnes/1/calcul"');
  expect(out).toContain(
    'data-improving="Le meilleur plan trouvé est déjà à {gap} au plus du meilleur possible"',
  );
  for (const part of ['sentence', 'cost', 'bound', 'gap', 'elapsed', 'high', 'low', 'refresh'])
    expect(out, part).toContain(`data-part="${part}"`);
  for (const path of ['cost', 'bound', 'between']) expect(out, path).toContain(`data-path="${path}"`);
});

test('style attributes and elements of a chart become attributes that the policy lets through', () => {
  expect(
    withoutStyles(
      '<svg><style ><![CDATA[.a:hover{}]]></style><text style="font-size:12px;font-family:inherit;" y="1">1</text></svg>',
    ),
  ).toBe('<svg><text font-size="12px" font-family="inherit" y="1">1</text></svg>');
});
