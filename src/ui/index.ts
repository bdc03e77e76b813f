/**
 * Grappe's design system: every component a page is made of, from one place. Pure functions of their props,
 * rendered on the server, each in every state at `/_gallery`. All take `lang`; none writes an inline style.
 * Charts are in `chart.tsx` and the gallery in `gallery.tsx`: the chart engine takes half a second to load, so
 * only pages that draw one import it.
 */

export { AnswerGauge, type AnswerGaugeProps, type Answers } from './answer-gauge.tsx';
export { ASSETS_ROOT, type Asset, type AssetName, assetUrl, buildAssets, getAsset } from './assets.ts';
export { ActionButton, Actions, Button, type ButtonKind, ButtonLink } from './button.tsx';
export { SessionCalendar, type SessionCalendarProps } from './calendar.tsx';
export { Difference, type DifferenceKind, type DifferenceProps, type DifferenceRow } from './difference.tsx';
export { Dialog, Fold, Popover, Tabs } from './disclosure.tsx';
export {
  type JournalEntry,
  type KeyFigure,
  KeyFigures,
  SourceLine,
  type SourceLineProps,
  Timeline,
} from './figures.tsx';
export {
  bindFields,
  CheckboxField,
  CheckboxGroup,
  DateField,
  ErrorSummary,
  Field,
  type FieldErrors,
  FieldRow,
  Fieldset,
  FileField,
  Form,
  type FormValues,
  MoneyField,
  NumberField,
  type Option,
  RadioGroup,
  SelectField,
  Textarea,
  TextField,
} from './form.tsx';
export { ICON_NAMES, Icon, type IconName, Mark } from './icons.tsx';
export {
  type Account,
  type Hat,
  Layout,
  type LayoutProps,
  NoteBlock,
  Opening,
  type OpeningProps,
  type Room,
  Section,
  type Theme,
} from './layout.tsx';
export { LifeLine, type LifeStep } from './life-line.tsx';
export { Badge, EmptyState, Notice, type NoticeKind, type State } from './notice.tsx';
export { type Criterion, PlanComparison, type PlanComparisonProps } from './plan-comparison.tsx';
export { ProofBar, type ProofBarProps } from './proof-bar.tsx';
export { Screen, type ScreenProps } from './screen.tsx';
export { Protected, SecrecyMark, type SecrecyMarkProps } from './secrecy.tsx';
export type { CalendarSession } from './session-calendar.ts';
export { ShareCard, type ShareCardProps } from './share-card.tsx';
export { SolverAtWork, type SolverAtWorkProps } from './solver.tsx';
export type { SolverPoint, SolverProgress, SolverState } from './solver-chart.ts';
export {
  type Column,
  DataTable,
  type DataTableProps,
  ExportLinks,
  FilterForm,
  FilterSentence,
  ListTools,
  PageLinks,
  type Pages,
  SearchBox,
  type Sort,
} from './table.tsx';
export { type Task, TaskList } from './tasks.tsx';
export { type UiTexts, uiTexts } from './texts.ts';
export { DateRangeText, DateText, InstantText, Money, Percent, Quantity } from './values.tsx';
