/** Shapes of the demonstration cluster: pure data, written to a store by whoever seeds one. Money in cents without VAT. */
import type { Need, Offer, PoolProblem } from '../../src/solve/pool/problem.ts';
import type { PlaceSlug } from './places.ts';

/** A sentence in both languages of the screens. What companies and providers wrote themselves is in French only. */
export interface Text {
  readonly fr: string;
  readonly en: string;
}

export type Department = 'prosthesis-valley' | 'flaamm';

/** What a company makes, as finely as a rival would say it: two companies of one trade compete. */
export type Trade =
  | 'implants'
  | 'surgical-instruments'
  | 'orthoses'
  | 'dental'
  | 'forging'
  | 'machining'
  | 'bar-turning'
  | 'surface'
  | 'heat-treatment'
  | 'additive'
  | 'sterile-packaging'
  | 'cutlery'
  | 'tooling'
  | 'sheet-metal'
  | 'welding';

export type Group = 'larmance' | 'valdorne' | 'aubrion';

interface CompanyBase {
  readonly slug: string;
  readonly name: string;
  readonly department: Department;
  readonly activity: string;
  readonly place: PlaceSlug;
}

/** A number of people at work as a newspaper printed it. */
export interface PressHeadcount {
  readonly heads: number;
  /** The year it is filed under: the source's own where `dated`, else the earliest that the source allows. */
  readonly year: number;
  readonly dated: boolean;
  readonly source: string;
  readonly note: string;
}

/** A published statement about a real firm. */
export interface SourcedFact {
  readonly text: string;
  readonly source: string;
}

/** A real firm: public, sourced facts. It has no registry number, nobody, no account, no need, no due and no vote. */
export interface RealCompany extends CompanyBase {
  readonly kind: 'real';
  /** Public facts, membership illustrative. */
  readonly illustrative: true;
  readonly formerNames: readonly string[];
  readonly headcount: PressHeadcount | null;
  readonly facts: readonly SourcedFact[];
}

export interface CompanySite {
  readonly slug: string;
  readonly name: string;
  readonly place: PlaceSlug;
  readonly siret: string;
  readonly headOffice: boolean;
  /** People at work on 31 December, three, two and one years before the demo's current year. */
  readonly heads: readonly [number, number, number];
}

/** An invented company: the only kind that acts in the demo. */
export interface FictiveCompany extends CompanyBase {
  readonly kind: 'fictive';
  readonly trade: Trade;
  readonly siren: string;
  readonly group: Group | null;
  readonly nafRev2: string;
  readonly naf2025: string;
  readonly knowHow: string;
  readonly joinedOn: string;
  /** The head office first. */
  readonly sites: readonly CompanySite[];
}

export type DemoCompany = RealCompany | FictiveCompany;

export type Role = 'secretary' | 'treasurer' | 'president' | 'board' | 'delegate' | 'deputy';

export type Account =
  | 'secretary'
  | 'treasurer'
  | 'president'
  | 'delegate-large'
  | 'delegate-small'
  | 'delegate-rival';

export interface RoleHeld {
  readonly role: Role;
  /** Slug of the company represented; null for the secretariat. */
  readonly company: string | null;
  readonly startsOn: string;
}

export interface DemoPerson {
  readonly slug: string;
  readonly name: string;
  readonly email: string;
  readonly lang: 'fr' | 'en';
  readonly roles: readonly RoleHeld[];
  readonly account: Account | null;
}

/** Someone who would sit in a session. */
export interface Trainee {
  readonly id: string;
  readonly name: string;
  readonly company: string;
}

export interface DemoPartner {
  readonly slug: string;
  readonly name: string;
  readonly place: PlaceSlug | null;
  readonly role: Text;
  readonly facts: readonly SourcedFact[];
}

/** An invented training provider. */
export interface DemoProvider {
  readonly slug: string;
  readonly name: string;
  readonly siren: string;
  /** Number of the declaration of activity, 11 digits; no region has the code 00, so that none of these exists. */
  readonly registration: string;
  readonly qualiopi: boolean;
  readonly place: PlaceSlug;
  readonly trainers: readonly { readonly id: string; readonly name: string }[];
}

export interface Room {
  readonly id: string;
  readonly name: string;
  readonly place: PlaceSlug;
}

/** What is known of the day a statement was true. */
export interface AsOf {
  readonly date: string;
  readonly precision: 'day' | 'month' | 'year';
}

export interface PublicFigure {
  readonly key: string;
  readonly value: number;
  readonly display: Text;
  readonly label: Text;
  readonly definition: Text;
  readonly asOf: AsOf;
  readonly source: Text;
}

/** A fair edition; its versions are promises, the last one is what happened or stands. */
export interface FairEdition {
  readonly key: string;
  readonly number: number;
  readonly versions: readonly FairVersion[];
  readonly figures: Text;
  readonly source: Text;
}

export interface FairVersion {
  /** Null where only the month was ever said. */
  readonly from: string | null;
  readonly to: string | null;
  readonly said: Text;
  readonly place: string | null;
  readonly reason: Text | null;
}

export interface PastAction {
  readonly key: string;
  readonly title: Text;
  readonly result: Text;
  readonly asOf: AsOf;
  readonly source: Text;
}

/** The election that the article reports: read-only, dated, sourced. */
export interface ElectionRecord {
  readonly key: string;
  readonly asOf: AsOf;
  readonly title: Text;
  readonly mandates: readonly {
    readonly seat: Text;
    readonly holder: string;
    readonly represented: string;
    readonly note: Text;
  }[];
  readonly source: Text;
}

export interface DemoCourse {
  readonly id: string;
  readonly title: string;
  readonly hours: number;
  readonly halfDays: number;
  readonly audience: string;
  readonly programme: readonly string[];
  /** One seat bought alone elsewhere; null for a course made to measure, that nobody sells by the seat. */
  readonly cataloguePerSeat: number | null;
}

/** An offer with what the screens say beside the problem's numbers. */
export interface DemoOffer extends Offer {
  readonly provider: string;
  readonly trainer: string;
  readonly room: string;
}

/** A need with how it came in. */
export interface DemoNeed {
  readonly need: Need;
  readonly enteredOn: string;
  readonly channel: 'online' | 'phone' | 'import';
  readonly note: string;
}

/** Dates as promised; a later version replaces and never edits the former. */
export interface DatesVersion {
  readonly opensOn: string;
  readonly answersBy: string;
  readonly planOn: string;
  readonly acceptBy: string;
  readonly startsOn: string;
  readonly reason: string;
  readonly decidedBy: string;
  readonly decidedOn: string;
}

export type DemoState = 'open' | 'frozen' | 'planned' | 'offered' | 'settled';

export interface DemoCampaign {
  readonly slug: string;
  readonly kind: 'training';
  readonly title: string;
  readonly introduction: string;
  readonly state: DemoState;
  /** Oldest first. */
  readonly versions: readonly DatesVersion[];
  /** From the opening to `state`, in order of time. */
  readonly transitions: readonly { readonly to: DemoState; readonly on: string }[];
  readonly courses: readonly DemoCourse[];
  readonly offers: readonly DemoOffer[];
  readonly needs: readonly DemoNeed[];
  /** Companies that answered "nothing for us this time". */
  readonly answeredNone: readonly string[];
  /** What a solver reads: companies, needs and offers as above, and nothing else of them. */
  readonly problem: PoolProblem;
}
