import { DateField } from "../ui/DateField";
import { Dialog } from "../ui/Dialog";
import { ErrorSummary } from "../ui/ErrorSummary";
import { Expander } from "../ui/Expander";
import { Facts } from "../ui/Facts";
import { Field } from "../ui/Field";
import { Icon, type IconName } from "../ui/Icon";
import { LiveRegion } from "../ui/LiveRegion";
import { Message, type MessageTone } from "../ui/Message";
import { SelectField } from "../ui/SelectField";
import { SourceBadge } from "../ui/SourceBadge";
import { Tag, type Tone } from "../ui/Tag";
import { TextArea } from "../ui/TextArea";
import { TextField } from "../ui/TextField";
import { Tick } from "../ui/Tick";
import { TickGroup } from "../ui/TickGroup";
import { type State, states } from "./state";

const long = "wolfeschlegelsteinhausenbergerdorff".repeat(12);
const nothing = () => undefined;
const tones: Readonly<Record<MessageTone, true>> = { waiting: true, missing: true, withheld: true, conflict: true, none: true, plain: true };
const tagTones: Readonly<Record<Tone, true>> = { neutral: true, quiet: true, info: true, warning: true, danger: true, good: true };
const icons: Readonly<Record<IconName, true>> = { tick: true, cross: true, clock: true, warning: true, lock: true, half: true, none: true, glass: true, up: true, down: true, top: true };
const choices = [
  { code: "gp", words: "Lantern Row Surgery" },
  { code: "acute", words: "Westmarch Infirmary" },
];

export const uiStates: readonly State[] = [
  ...states("ui/Message", {
    ...Object.fromEntries(Object.keys(tones).map((tone) => [tone, <Message tone={tone as MessageTone}>Westmarch Infirmary did not answer in time. There may be more allergies.</Message>])),
    overlong: <Message tone="missing">{long}</Message>,
  }),
  ...states("ui/Tag", { ...Object.fromEntries(Object.keys(tagTones).map((tone) => [tone, <Tag tone={tone as Tone}>High risk</Tag>])), overlong: <Tag tone="danger">{long}</Tag> }),
  ...states("ui/Icon", Object.fromEntries(Object.keys(icons).map((name) => [name, <Icon name={name as IconName} />]))),
  ...states("ui/SourceBadge", {
    live: <SourceBadge name="Lantern Row Surgery" careSetting="primary-care" />,
    "nightly extract": <SourceBadge name="Westmarch Council" careSetting="social-care" asOf="2026-11-21T02:00:00Z" />,
    "setting not known": <SourceBadge name="Source withheld" />,
    overlong: <SourceBadge name={long} careSetting="acute" />,
  }),
  ...states("ui/Expander", { closed: <Expander summary="Details" about="Penicillin">What it holds</Expander>, "without about": <Expander summary="Evidence">What it holds</Expander> }),
  ...states("ui/Facts", {
    some: <Facts facts={[{ label: "Recorded", value: "12-Mar-2019" }, { label: "By", value: "Dr Penhaligon, GP" }, { label: "Left out", value: null }]} />,
    overlong: <Facts facts={[{ label: "Note", value: long }]} />,
    none: <Facts facts={[]} />,
  }),
  ...states("ui/LiveRegion", { quiet: <LiveRegion text="" />, "something arrived": <LiveRegion text="Results have arrived" /> }),
  ...states("ui/Field", {
    plain: <Field id="field-1" label="Why"><input id="field-1" className="nhsuk-input" /></Field>,
    "hint and error": <Field id="field-2" label="Why" hint="At least 20 characters" error="Say why"><input id="field-2" className="nhsuk-input" aria-describedby="field-2-hint field-2-error" /></Field>,
  }),
  ...states("ui/TextField", {
    empty: <TextField label="Family name" />,
    filled: <TextField label="Family name, filled" defaultValue="Everard-Hollis" width={20} />,
    hint: <TextField label="NHS number" hint="For example 943 500 0010" width={10} />,
    wrong: <TextField label="NHS number, wrong" error="An NHS number has 10 digits" defaultValue="123" />,
    disabled: <TextField label="NHS number, not to be changed" disabled defaultValue="943 500 0010" />,
  }),
  ...states("ui/TextArea", {
    empty: <TextArea label="In your own words" />,
    wrong: <TextArea label="In your own words, wrong" hint="At least 20 characters" error="Say why in at least 20 characters" defaultValue="No" />,
  }),
  ...states("ui/SelectField", {
    "nothing chosen": <SelectField label="Organisation" nothing="Choose the organisation" choices={choices} defaultValue="" />,
    chosen: <SelectField label="Organisation, chosen" choices={choices} defaultValue="acute" />,
    wrong: <SelectField label="Organisation, wrong" nothing="Choose the organisation" choices={choices} defaultValue="" error="Choose whose number it is" />,
  }),
  ...states("ui/DateField", {
    empty: <DateField legend="Date of birth" hint="For example 12 3 1956" value={{ day: "", month: "", year: "" }} onChange={nothing} />,
    wrong: <DateField legend="Date of birth, wrong" hint="For example 12 3 1956" value={{ day: "31", month: "2", year: "1956" }} error="There is no such day" onChange={nothing} />,
  }),
  ...states("ui/Tick", {
    "not ticked": <Tick label="Read" checked={false} onChange={nothing} />,
    ticked: <Tick label="Write" hint="Nothing is written yet" checked onChange={nothing} />,
    "one of a group": <Tick label="For a day" group="how-long" checked onChange={nothing} />,
  }),
  ...states("ui/TickGroup", {
    plain: (
      <TickGroup id="ticks-1" legend="What it may do">
        <Tick label="Read allergies" checked onChange={nothing} />
      </TickGroup>
    ),
    wrong: (
      <TickGroup id="ticks-2" legend="What it may read" hint="At least one" error="Choose at least one">
        <Tick label="Read results" checked={false} onChange={nothing} />
      </TickGroup>
    ),
  }),
  ...states("ui/ErrorSummary", { one: <ErrorSummary wrong={[{ text: "Enter a title", field: "nowhere" }]} />, several: <><h2>Under a heading</h2><ErrorSummary level={3} wrong={[{ text: "Enter a title" }, { text: "Say why" }]} /></> }, true),
  ...states(
    "ui/Dialog",
    {
      open: (
        <Dialog title="Break the glass" lead="Everything you open from now on is reviewed." onClose={nothing}>
          <TextArea label="In your own words" />
          <button type="button" className="nhsuk-button">
            Continue
          </button>
        </Dialog>
      ),
      overlong: (
        <Dialog title={long} lead={long} onClose={nothing}>
          <p>{long}</p>
        </Dialog>
      ),
    },
    true,
  ),
];
