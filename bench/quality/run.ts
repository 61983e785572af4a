// Judges recommenders on real purchases: published and plain peers rebuilt here, and the program's own answers beside them.
// Shares no code with the program, so that both cannot be wrong in the same way.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { casesCsv, readAnswers } from './answers.ts';
import { splitAtCut, splitAtLastBasket, type Known, type Split } from './cases.ts';
import { measure } from './metrics.ts';
import { countBaskets, personalFrequency, popularity, type Peer } from './peers.ts';
import { dayOf, readPurchaseLines, readShop, type Shop } from './shop.ts';
import { formatTables, type Row } from './table.ts';
import { tifuKnn } from './tifu-knn.ts';
import { topList } from './top-list.ts';
import { upCf } from './up-cf.ts';

const USAGE = `node bench/quality/run.ts FOLDER [--set lgsr|tafeng] [--memory 182] [--cases FOLDER] [--answers FILE]... [--peers no]
  FOLDER     holds <set>/purchases.csv.gz
  --cases    writes for each cut the cases as customer,as_of, and the purchases that are known at it
  --answers  what "tillcat recommend --cases" wrote for them; several files are one row of the table
`;

const PEERS: readonly Peer[] = [
  popularity,
  personalFrequency,
  tifuKnn('TIFU-KNN m7 .9 .7 300 .7', {
    groupSize: 7,
    withinGroupDecay: 0.9,
    acrossGroupDecay: 0.7,
    neighbours: 300,
    ownShare: 0.7,
  }),
  upCf('UP-CF@25 q5', { recentBaskets: 25, locality: 5, asymmetry: 0.5 }),
  upCf('UP-CF@25 q2', { recentBaskets: 25, locality: 2, asymmetry: 0.5 }),
];

/** Lgsr has real dates: three cuts. Ta-Feng's only count the customer's baskets: each customer's last one is held out. */
const CUTS = { lgsr: ['2008-03-14', '2008-04-11', '2008-05-09'], tafeng: [] } as const;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    set: { type: 'string', default: 'lgsr' },
    memory: { type: 'string', default: '182' },
    cases: { type: 'string' },
    answers: { type: 'string', multiple: true, default: [] },
    peers: { type: 'string', default: 'yes' },
  },
});
const folder = positionals[0];
if (folder === undefined || (options.set !== 'lgsr' && options.set !== 'tafeng')) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  await judge(folder, options.set);
}

async function judge(dataFolder: string, set: keyof typeof CUTS): Promise<void> {
  const file = join(dataFolder, set, 'purchases.csv.gz');
  if (!existsSync(file)) {
    process.stdout.write(`Skipped: ${file} is not there, and nothing can be measured without it.\n`);
    return;
  }
  const shop = await readShop(readPurchaseLines(file));
  const memoryDays = Number(options.memory);
  const splits =
    set === 'tafeng'
      ? [splitAtLastBasket(shop)]
      : CUTS[set].map((name) => splitAtCut(shop, { name, day: dayOf(name), memoryDays }));
  const cases = splits.flatMap((split) => split.cases);
  process.stdout.write(`${set}: ${shop.customers.length} customers, ${cases.length} cases\n`);
  if (options.cases !== undefined) await writeCases({ shop, splits, file, target: join(options.cases, set) });

  const rows = options.peers === 'no' ? [] : PEERS.map((peer) => judgePeer(peer, shop, splits));
  if (options.answers.length > 0) {
    const answers = await readAnswers(options.answers, shop, cases);
    process.stdout.write(`answers: ${answers.unanswered} cases without, ${answers.outOfPlace} products out of place\n`);
    const habitual = measure(answers.habitual, cases, 'habitual');
    rows.push({ name: 'TillCAT', habitual, new: measure(answers.new, cases, 'new') });
  }
  if (rows.length > 0) process.stdout.write(formatTables(rows, 'TillCAT'));
}

function judgePeer(peer: Peer, shop: Shop, splits: readonly Split[]): Row {
  const habitual: Int32Array[] = [];
  const fresh: Int32Array[] = [];
  let ranksNew = true;
  for (const split of splits) {
    const ties = countBaskets(shop, split.known);
    const score = peer.learn(shop, split);
    for (const item of split.cases) {
      const scores = score(item);
      habitual.push(topList(item.habitual.candidates(), scores.habitual, ties));
      if (scores.new === null) ranksNew = false;
      else fresh.push(topList(item.new.candidates(), scores.new, ties));
    }
  }
  const cases = splits.flatMap((split) => split.cases);
  return {
    name: peer.name,
    habitual: measure(habitual, cases, 'habitual'),
    new: ranksNew ? measure(fresh, cases, 'new') : null,
  };
}

async function writeCases(input: {
  readonly shop: Shop;
  readonly splits: readonly Split[];
  readonly file: string;
  readonly target: string;
}): Promise<void> {
  const { shop, splits, file, target } = input;
  mkdirSync(target, { recursive: true });
  for (const { name, known, cases } of splits) {
    const of = name.replaceAll(' ', '-');
    writeFileSync(join(target, `cases-${of}.csv`), casesCsv(shop, cases));
    await writeKnown({ shop, known, file, target: join(target, `known-${of}.csv`) });
  }
}

/** What a recommender may know at a cut, as the peers do: in a file of its own nothing else can be read. */
async function writeKnown(input: {
  readonly shop: Shop;
  readonly known: Known;
  readonly file: string;
  readonly target: string;
}): Promise<void> {
  const { shop, known } = input;
  const baskets = new Set<string>();
  for (const [customer, name] of shop.customers.entries()) {
    for (let basket = known.from[customer] ?? 0; basket < (known.to[customer] ?? 0); basket++) {
      baskets.add(basketKey(name, shop.basketCodes[basket] ?? ''));
    }
  }
  const lines = ['customer,basket,time,product,quantity,price'];
  for await (const line of readPurchaseLines(input.file)) {
    if (baskets.has(basketKey(line.customer, line.basket))) lines.push(line.text);
  }
  writeFileSync(input.target, `${lines.join('\n')}\n`);
}

function basketKey(customer: string, basket: string): string {
  return `${customer}\u0000${basket}`;
}
