/**
 * Grappe's design system: every component a page is made of, from one place. Pure functions of their props,
 * rendered on the server, each in every state at `/_gallery`. All take `lang`; none writes an inline style.
 */
export { ASSETS_ROOT, type Asset, type AssetName, assetUrl, buildAssets, getAsset } from './assets.ts';
export { ActionButton, Actions, Button, type ButtonKind, ButtonLink } from './button.tsx';
export { Dialog, Fold, Popover, Tabs } from './disclosure.tsx';
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
export { Badge, EmptyState, Notice, type NoticeKind, type State } from './notice.tsx';
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
export { type UiTexts, uiTexts } from './texts.ts';
export { DateRangeText, DateText, InstantText, Money, Percent, Quantity } from './values.tsx';
