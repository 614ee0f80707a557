/* eslint-disable */
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A date or date-time as exact as the source knows it: `1956`, `1956-03`, `1956-03-12` or RFC 3339 with an offset. */
  Date: { input: string; output: string; }
  /** A moment: RFC 3339 in UTC. */
  Instant: { input: string; output: string; }
  /** An NHS number: ten digits with a valid check digit. Spaces and hyphens are accepted on input. */
  NHSNumber: { input: string; output: string; }
};

/** About me: what the person wants everybody who cares for them to know; author is who wrote it down. */
export type AboutMe = Entry & {
  /** The professional who performed, recorded or asserted it. */
  author?: Maybe<Actor>;
  /** What the statement is about, as the source coded and worded it. */
  code?: Maybe<Concept>;
  /** When it is clinically about: onset, start or event. */
  date?: Maybe<Scalars['Date']['output']>;
  /** Opaque id of this statement; stable for the same statement of the same source. */
  id?: Maybe<Scalars['ID']['output']>;
  /** Its headings with what the person says, in the order of the original. */
  items?: Maybe<Array<AboutMeItem>>;
  /** The source's security labels, such as restricted. */
  labels?: Maybe<Array<Coding>>;
  /** The source's free text, unaltered. */
  note?: Maybe<Scalars['String']['output']>;
  /** Where the statement came from. */
  provenance?: Maybe<Provenance>;
  /** When it was written down at the source. */
  recorded?: Maybe<Scalars['Date']['output']>;
  /** When it is to be looked at again. */
  reviewDate?: Maybe<Scalars['Date']['output']>;
  /** preliminary, final, amended … */
  status?: Maybe<Scalars['String']['output']>;
  /** Its title. */
  title?: Maybe<Scalars['String']['output']>;
};

/** One heading of About me. */
export type AboutMeItem = {
  /** What the person says, unaltered. */
  text?: Maybe<Scalars['String']['output']>;
  /** The heading, such as what is most important to me. */
  topic?: Maybe<Concept>;
};

/** About me: a section is entries and outcomes, never just a list. */
export type AboutMeSection = Section & {
  /** The statements you may see, newest first; those without a date come last. Null or empty if there are none to show: `verdict` says what that means. */
  entries?: Maybe<Array<AboutMe>>;
  /** The UK Core heading code of the section. */
  heading: Scalars['String']['output'];
  /** The outcomes that keep the section from being complete. */
  missing: Array<Outcome>;
  /** What every source answered, one row each. */
  outcomes: Array<Outcome>;
  /** The heading as the PRSB standard words it. */
  title: Scalars['String']['output'];
  /** How many statements you may see, before any limit you asked for. */
  total: Scalars['Int']['output'];
  /** What a reader may conclude from all outcomes together. */
  verdict: Verdict;
  /** Names of fields that policy holds back in every entry; they read as null. */
  withheldFields: Array<Scalars['String']['output']>;
};

/** What stands between you and one person. */
export type Access = {
  /** The glass that you broke, while it holds. */
  breakGlass?: Maybe<BreakGlass>;
  /** Whether your role may break the glass for this person now. */
  mayBreakGlass: Scalars['Boolean']['output'];
  /** Whether your role may claim a relationship with this person now. */
  mayClaim: Scalars['Boolean']['output'];
  /** How many of the person's objections hold against what you would see. */
  objections: Scalars['Int']['output'];
  /** Why you may look, strongest first; empty if there is no legitimate relationship. */
  relationships: Array<Relationship>;
};

/** An organisation as sign-in knows it. */
export type AccessOrganisation = {
  /** How many accounts have a position there. */
  accounts: Scalars['Int']['output'];
  /** The logins that may vouch for its people, by name. */
  logins: Array<Scalars['String']['output']>;
  /** Its name. */
  name?: Maybe<Scalars['String']['output']>;
  /** Its ODS code. */
  ods: Scalars['String']['output'];
  /** How it was switched off; null while it is on. */
  off?: Maybe<SwitchedOff>;
  /** How many sessions that act for it are open. */
  sessions: Scalars['Int']['output'];
  /** The systems it runs, by what people call them. */
  systems: Array<Scalars['String']['output']>;
};

/** The closed lists of reasons. */
export type AccessReasons = {
  /** For breaking the glass. */
  breakGlass: Array<Reason>;
  /** For claiming a relationship. */
  claim: Array<Reason>;
};

/** A role. */
export type AccessRole = {
  /** How many accounts have a position of it. */
  accounts: Scalars['Int']['output'];
  /** How it was switched off; null while it is on. */
  off?: Maybe<SwitchedOff>;
  /** As policies name it. */
  role: Scalars['String']['output'];
  /** How many sessions in it are open. */
  sessions: Scalars['Int']['output'];
  /** As people say it. */
  words: Scalars['String']['output'];
};

/** A page of accounts. */
export type Accounts = {
  /** The accounts. */
  items: Array<UserAccount>;
  /** The cursor of the next page; null at the end. */
  next?: Maybe<Scalars['String']['output']>;
};

/** A professional, team or organisation that did something. */
export type Actor = {
  /** Their name. */
  name?: Maybe<Scalars['String']['output']>;
  /** Whom they acted for. */
  organisation?: Maybe<Organisation>;
  /** What they were doing, such as consultant cardiologist. */
  role?: Maybe<Scalars['String']['output']>;
};

/** A postal address. */
export type Address = {
  /** Street, locality, town, county. */
  lines?: Maybe<Array<Scalars['String']['output']>>;
  /** When it holds. */
  period?: Maybe<Period>;
  /** Postcode. */
  postcode?: Maybe<Scalars['String']['output']>;
  /** home, temp, old, work … */
  use?: Maybe<Scalars['String']['output']>;
};

/** Admission details: a stay in hospital from its beginning; date is the admission. */
export type Admission = Entry & {
  /** The professional who performed, recorded or asserted it. */
  author?: Maybe<Actor>;
  /** What the statement is about, as the source coded and worded it. */
  code?: Maybe<Concept>;
  /** The responsible consultant. */
  consultant?: Maybe<Actor>;
  /** When it is clinically about: onset, start or event. */
  date?: Maybe<Scalars['Date']['output']>;
  /** Opaque id of this statement; stable for the same statement of the same source. */
  id?: Maybe<Scalars['ID']['output']>;
  /** The source's security labels, such as restricted. */
  labels?: Maybe<Array<Coding>>;
  /** The source's free text, unaltered. */
  note?: Maybe<Scalars['String']['output']>;
  /** From admission to discharge. */
  period?: Maybe<Period>;
  /** Where the statement came from. */
  provenance?: Maybe<Provenance>;
  /** Why. */
  reason?: Maybe<Concept>;
  /** When it was written down at the source. */
  recorded?: Maybe<Scalars['Date']['output']>;
  /** Where the person came from. */
  source?: Maybe<Concept>;
  /** The treatment function. */
  specialty?: Maybe<Concept>;
  /** planned, in-progress, finished, cancelled … */
  status?: Maybe<Scalars['String']['output']>;
  /** The ward. */
  ward?: Maybe<Scalars['String']['output']>;
};

/** Admission details: a section is entries and outcomes, never just a list. */
export type AdmissionSection = Section & {
  /** The statements you may see, newest first; those without a date come last. Null or empty if there are none to show: `verdict` says what that means. */
  entries?: Maybe<Array<Admission>>;
  /** The UK Core heading code of the section. */
  heading: Scalars['String']['output'];
  /** The outcomes that keep the section from being complete. */
  missing: Array<Outcome>;
  /** What every source answered, one row each. */
  outcomes: Array<Outcome>;
  /** The heading as the PRSB standard words it. */
  title: Scalars['String']['output'];
  /** How many statements you may see, before any limit you asked for. */
  total: Scalars['Int']['output'];
  /** What a reader may conclude from all outcomes together. */
  verdict: Verdict;
  /** Names of fields that policy holds back in every entry; they read as null. */
  withheldFields: Array<Scalars['String']['output']>;
};

/** Alerts: a warning about the person. */
export type Alert = Entry & {
  /** The professional who performed, recorded or asserted it. */
  author?: Maybe<Actor>;
  /** What kind of warning it is. */
  category?: Maybe<Concept>;
  /** What the statement is about, as the source coded and worded it. */
  code?: Maybe<Concept>;
  /** When it is clinically about: onset, start or event. */
  date?: Maybe<Scalars['Date']['output']>;
  /** Opaque id of this statement; stable for the same statement of the same source. */
  id?: Maybe<Scalars['ID']['output']>;
  /** The source's security labels, such as restricted. */
  labels?: Maybe<Array<Coding>>;
  /** The source's free text, unaltered. */
  note?: Maybe<Scalars['String']['output']>;
  /** When it holds. */
  period?: Maybe<Period>;
  /** Where the statement came from. */
  provenance?: Maybe<Provenance>;
  /** When it was written down at the source. */
  recorded?: Maybe<Scalars['Date']['output']>;
  /** active or inactive. */
  status?: Maybe<Scalars['String']['output']>;
};

/** Alerts: a section is entries and outcomes, never just a list. */
export type AlertSection = Section & {
  /** The statements you may see, newest first; those without a date come last. Null or empty if there are none to show: `verdict` says what that means. */
  entries?: Maybe<Array<Alert>>;
  /** The UK Core heading code of the section. */
  heading: Scalars['String']['output'];
  /** The outcomes that keep the section from being complete. */
  missing: Array<Outcome>;
  /** What every source answered, one row each. */
  outcomes: Array<Outcome>;
  /** The heading as the PRSB standard words it. */
  title: Scalars['String']['output'];
  /** How many statements you may see, before any limit you asked for. */
  total: Scalars['Int']['output'];
  /** What a reader may conclude from all outcomes together. */
  verdict: Verdict;
  /** Names of fields that policy holds back in every entry; they read as null. */
  withheldFields: Array<Scalars['String']['output']>;
};

/** Allergies and adverse reactions: a propensity to an adverse reaction; code is the causative agent. */
export type Allergy = Entry & {
  /** The professional who performed, recorded or asserted it. */
  author?: Maybe<Actor>;
  /** food, medication, environment or biologic. */
  categories?: Maybe<Array<Scalars['String']['output']>>;
  /** active, inactive or resolved. */
  clinicalStatus?: Maybe<Scalars['String']['output']>;
  /** What the statement is about, as the source coded and worded it. */
  code?: Maybe<Concept>;
  /** low, high or unable-to-assess: how much harm a future exposure could do. */
  criticality?: Maybe<Scalars['String']['output']>;
  /** When it is clinically about: onset, start or event. */
  date?: Maybe<Scalars['Date']['output']>;
  /** When it was found not, or no longer, to hold. */
  ended?: Maybe<Scalars['Date']['output']>;
  /** Opaque id of this statement; stable for the same statement of the same source. */
  id?: Maybe<Scalars['ID']['output']>;
  /** allergy or intolerance. */
  kind?: Maybe<Scalars['String']['output']>;
  /** The source's security labels, such as restricted. */
  labels?: Maybe<Array<Coding>>;
  /** When a reaction last happened. */
  lastOccurrence?: Maybe<Scalars['Date']['output']>;
  /** The source's free text, unaltered. */
  note?: Maybe<Scalars['String']['output']>;
  /** Where the statement came from. */
  provenance?: Maybe<Provenance>;
  /** What happened on exposure. */
  reactions?: Maybe<Array<Reaction>>;
  /** When it was written down at the source. */
  recorded?: Maybe<Scalars['Date']['output']>;
  /** confirmed, unconfirmed, presumed or refuted. */
  verification?: Maybe<Scalars['String']['output']>;
};

/** Allergies and adverse reactions: a section is entries and outcomes, never just a list. */
export type AllergySection = Section & {
  /** The statements you may see, newest first; those without a date come last. Null or empty if there are none to show: `verdict` says what that means. */
  entries?: Maybe<Array<Allergy>>;
  /** The UK Core heading code of the section. */
  heading: Scalars['String']['output'];
  /** The outcomes that keep the section from being complete. */
  missing: Array<Outcome>;
  /** What every source answered, one row each. */
  outcomes: Array<Outcome>;
  /** The heading as the PRSB standard words it. */
  title: Scalars['String']['output'];
  /** How many statements you may see, before any limit you asked for. */
  total: Scalars['Int']['output'];
  /** What a reader may conclude from all outcomes together. */
  verdict: Verdict;
  /** Names of fields that policy holds back in every entry; they read as null. */
  withheldFields: Array<Scalars['String']['output']>;
};

/** Future appointments: a planned contact; code is the kind of appointment. */
export type Appointment = Entry & {
  /** The professional who performed, recorded or asserted it. */
  author?: Maybe<Actor>;
  /** What the statement is about, as the source coded and worded it. */
  code?: Maybe<Concept>;
  /** When it is clinically about: onset, start or event. */
  date?: Maybe<Scalars['Date']['output']>;
  /** When it ends. */
  end?: Maybe<Scalars['Date']['output']>;
  /** Opaque id of this statement; stable for the same statement of the same source. */
  id?: Maybe<Scalars['ID']['output']>;
  /** The source's security labels, such as restricted. */
  labels?: Maybe<Array<Coding>>;
  /** Where it will be. */
  location?: Maybe<Scalars['String']['output']>;
  /** The source's free text, unaltered. */
  note?: Maybe<Scalars['String']['output']>;
  /** Whom the person will see. */
  practitioner?: Maybe<Actor>;
  /** Where the statement came from. */
  provenance?: Maybe<Provenance>;
  /** Why. */
  reason?: Maybe<Concept>;
  /** When it was written down at the source. */
  recorded?: Maybe<Scalars['Date']['output']>;
  /** The specialty or service. */
  service?: Maybe<Concept>;
  /** When it begins. */
  start?: Maybe<Scalars['Date']['output']>;
  /** booked, pending, arrived, cancelled … */
  status?: Maybe<Scalars['String']['output']>;
};

/** Future appointments: a section is entries and outcomes, never just a list. */
export type AppointmentSection = Section & {
  /** The statements you may see, newest first; those without a date come last. Null or empty if there are none to show: `verdict` says what that means. */
  entries?: Maybe<Array<Appointment>>;
  /** The UK Core heading code of the section. */
  heading: Scalars['String']['output'];
  /** The outcomes that keep the section from being complete. */
  missing: Array<Outcome>;
  /** What every source answered, one row each. */
  outcomes: Array<Outcome>;
  /** The heading as the PRSB standard words it. */
  title: Scalars['String']['output'];
  /** How many statements you may see, before any limit you asked for. */
  total: Scalars['Int']['output'];
  /** What a reader may conclude from all outcomes together. */
  verdict: Verdict;
  /** Names of fields that policy holds back in every entry; they read as null. */
  withheldFields: Array<Scalars['String']['output']>;
};

/** A clinician's statement that there are none; never counted as an entry. */
export type Assertion = {
  /** Who said so. */
  by?: Maybe<Actor>;
  /** The statement, such as no known allergy. */
  code?: Maybe<Concept>;
  /** When it was said. */
  date?: Maybe<Scalars['Date']['output']>;
  /** Where it is recorded. */
  source?: Maybe<Origin>;
};

/** One attribute of a decision. */
export type Attribute = {
  /** The key, as conditions name it. */
  key: Scalars['String']['output'];
  /** Its values. */
  values: Array<Scalars['String']['output']>;
};

/** A broken glass. */
export type BreakGlass = {
  /** Its id. */
  id: Scalars['ID']['output'];
  /** The reason's code. */
  reason: Scalars['String']['output'];
  /** When the glass was broken. */
  started?: Maybe<Scalars['Instant']['output']>;
  /** Until when it holds. */
  until?: Maybe<Scalars['Instant']['output']>;
};

/** Care and support plans: what was agreed to be done for and with the person; code is the kind of plan. */
export type CarePlan = Entry & {
  /** What it says to do, or not to do. */
  activities?: Maybe<Array<PlanActivity>>;
  /** The professional who performed, recorded or asserted it. */
  author?: Maybe<Actor>;
  /** Who carries it out, beside its author. */
  careTeam?: Maybe<Array<Actor>>;
  /** What the statement is about, as the source coded and worded it. */
  code?: Maybe<Concept>;
  /** The problems that it is about. */
  concerns?: Maybe<Array<Concept>>;
  /** When it is clinically about: onset, start or event. */
  date?: Maybe<Scalars['Date']['output']>;
  /** What it is to achieve. */
  goals?: Maybe<Array<PlanGoal>>;
  /** Opaque id of this statement; stable for the same statement of the same source. */
  id?: Maybe<Scalars['ID']['output']>;
  /** The source's security labels, such as restricted. */
  labels?: Maybe<Array<Coding>>;
  /** The source's free text, unaltered. */
  note?: Maybe<Scalars['String']['output']>;
  /** When it holds. */
  period?: Maybe<Period>;
  /** Where the statement came from. */
  provenance?: Maybe<Provenance>;
  /** When it was written down at the source. */
  recorded?: Maybe<Scalars['Date']['output']>;
  /** When it is to be looked at again. */
  reviewDate?: Maybe<Scalars['Date']['output']>;
  /** draft, active, on-hold, revoked, completed … */
  status?: Maybe<Scalars['String']['output']>;
  /** Its title. */
  title?: Maybe<Scalars['String']['output']>;
};

/** Care and support plans: a section is entries and outcomes, never just a list. */
export type CarePlanSection = Section & {
  /** The statements you may see, newest first; those without a date come last. Null or empty if there are none to show: `verdict` says what that means. */
  entries?: Maybe<Array<CarePlan>>;
  /** The UK Core heading code of the section. */
  heading: Scalars['String']['output'];
  /** The outcomes that keep the section from being complete. */
  missing: Array<Outcome>;
  /** What every source answered, one row each. */
  outcomes: Array<Outcome>;
  /** The heading as the PRSB standard words it. */
  title: Scalars['String']['output'];
  /** How many statements you may see, before any limit you asked for. */
  total: Scalars['Int']['output'];
  /** What a reader may conclude from all outcomes together. */
  verdict: Verdict;
  /** Names of fields that policy holds back in every entry; they read as null. */
  withheldFields: Array<Scalars['String']['output']>;
};

/** One kind of defect. */
export type CheckFinding = {
  /** Its code, such as snomed-invalid. */
  code?: Maybe<Scalars['String']['output']>;
  /** What to do about it. */
  mend?: Maybe<Scalars['String']['output']>;
  /** What is wrong; in brackets what the connector said of it, and what was agreed about it with the supplier. */
  text?: Maybe<Scalars['String']['output']>;
  /** FAIL or WARN. */
  verdict: CheckVerdict;
  /** The sections it was found in; empty where it is about none. */
  where: Array<CheckPlace>;
};

/** How often a defect was found in one section. */
export type CheckPlace = {
  /** The first places, as in "person 2, entry 5": of the sample, and of what the system sent of them. */
  at: Array<Scalars['String']['output']>;
  /** In how many things it was found. */
  count: Scalars['Int']['output'];
  /** Of how many. */
  of: Scalars['Int']['output'];
  /** By field name of Patient. */
  section?: Maybe<Scalars['String']['output']>;
  /** What people call the section. */
  title?: Maybe<Scalars['String']['output']>;
};

/** How one check ended. */
export type CheckVerdict =
  /** To be mended. */
  | 'FAIL'
  /** As it should be. */
  | 'PASS'
  /** It was not tried, which is not well either. */
  | 'SKIP'
  /** To be looked at, and no reason not to join the system. */
  | 'WARN';

/** One code in one code system. */
export type Coding = {
  /** The code. */
  code?: Maybe<Scalars['String']['output']>;
  /** The source's words for the code. */
  display?: Maybe<Scalars['String']['output']>;
  /** The code system's URI, such as http://snomed.info/sct. */
  system?: Maybe<Scalars['String']['output']>;
};

/** Who a record is of, as one system states it; only what is needed to tell people apart. */
export type ComparedPerson = {
  /** Postal addresses. */
  addresses?: Maybe<Array<Address>>;
  /** Date of birth. */
  birthDate?: Maybe<Scalars['Date']['output']>;
  /** Whether it says that the person has died. */
  deceased?: Maybe<Scalars['Boolean']['output']>;
  /** Administrative gender. */
  gender?: Maybe<Scalars['String']['output']>;
  /** The record's id there. */
  localId?: Maybe<Scalars['String']['output']>;
  /** The name. */
  name?: Maybe<HumanName>;
  /** The NHS number that it holds. */
  nhsNumber?: Maybe<Scalars['NHSNumber']['output']>;
  /** How far it says the number was checked. */
  nhsNumberStatus?: Maybe<NumberStatus>;
  /** Former and alternative names. */
  otherNames?: Maybe<Array<HumanName>>;
  /** The system. */
  source: Origin;
  /** Telephone numbers and e-mail addresses. */
  telecoms?: Maybe<Array<Telecom>>;
};

/** Something coded, worded or both, as the source has it. Nothing is translated. */
export type Concept = {
  /** The source's codes. */
  codings?: Maybe<Array<Coding>>;
  /** What to show: the text, else the first display, else the first code. */
  label?: Maybe<Scalars['String']['output']>;
  /** What the source wrote. */
  text?: Maybe<Scalars['String']['output']>;
};

/** A condition: the attribute is one of the values, and none of those excluded. */
export type Condition = {
  /** It must be one of these; none means any. */
  in: Array<Scalars['String']['output']>;
  /** The attribute: see the documentation of the context. */
  key: Scalars['String']['output'];
  /** It must be none of these. */
  notIn: Array<Scalars['String']['output']>;
};

/** A condition to write. */
export type ConditionInput = {
  /** It must be one of these. */
  in?: InputMaybe<Array<Scalars['String']['input']>>;
  /** The attribute. */
  key: Scalars['String']['input'];
  /** It must be none of these. */
  notIn?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** Consent and information sharing: a recorded choice about sharing or treatment; code is its category. */
export type Consent = Entry & {
  /** The professional who performed, recorded or asserted it. */
  author?: Maybe<Actor>;
  /** What the statement is about, as the source coded and worded it. */
  code?: Maybe<Concept>;
  /** When it is clinically about: onset, start or event. */
  date?: Maybe<Scalars['Date']['output']>;
  /** permit or deny. */
  decision?: Maybe<Scalars['String']['output']>;
  /** Opaque id of this statement; stable for the same statement of the same source. */
  id?: Maybe<Scalars['ID']['output']>;
  /** The source's security labels, such as restricted. */
  labels?: Maybe<Array<Coding>>;
  /** The source's free text, unaltered. */
  note?: Maybe<Scalars['String']['output']>;
  /** When it holds. */
  period?: Maybe<Period>;
  /** Where the statement came from. */
  provenance?: Maybe<Provenance>;
  /** When it was written down at the source. */
  recorded?: Maybe<Scalars['Date']['output']>;
  /** What it is about: sharing, treatment, research … */
  scope?: Maybe<Concept>;
  /** draft, active, inactive, rejected … */
  status?: Maybe<Scalars['String']['output']>;
};

/** Consent and information sharing: a section is entries and outcomes, never just a list. */
export type ConsentSection = Section & {
  /** The statements you may see, newest first; those without a date come last. Null or empty if there are none to show: `verdict` says what that means. */
  entries?: Maybe<Array<Consent>>;
  /** The UK Core heading code of the section. */
  heading: Scalars['String']['output'];
  /** The outcomes that keep the section from being complete. */
  missing: Array<Outcome>;
  /** What every source answered, one row each. */
  outcomes: Array<Outcome>;
  /** The heading as the PRSB standard words it. */
  title: Scalars['String']['output'];
  /** How many statements you may see, before any limit you asked for. */
  total: Scalars['Int']['output'];
  /** What a reader may conclude from all outcomes together. */
  verdict: Verdict;
  /** Names of fields that policy holds back in every entry; they read as null. */
  withheldFields: Array<Scalars['String']['output']>;
};

/** Contacts with professionals: an encounter that was not an admission; code is the kind of contact. */
export type Contact = Entry & {
  /** The professional who performed, recorded or asserted it. */
  author?: Maybe<Actor>;
  /** ambulatory, emergency, home, virtual … */
  class?: Maybe<Coding>;
  /** What the statement is about, as the source coded and worded it. */
  code?: Maybe<Concept>;
  /** When it is clinically about: onset, start or event. */
  date?: Maybe<Scalars['Date']['output']>;
  /** Opaque id of this statement; stable for the same statement of the same source. */
  id?: Maybe<Scalars['ID']['output']>;
  /** The source's security labels, such as restricted. */
  labels?: Maybe<Array<Coding>>;
  /** Where it was. */
  location?: Maybe<Scalars['String']['output']>;
  /** The source's free text, unaltered. */
  note?: Maybe<Scalars['String']['output']>;
  /** When it was. */
  period?: Maybe<Period>;
  /** Whom the person saw. */
  practitioner?: Maybe<Actor>;
  /** Where the statement came from. */
  provenance?: Maybe<Provenance>;
  /** Why. */
  reason?: Maybe<Concept>;
  /** When it was written down at the source. */
  recorded?: Maybe<Scalars['Date']['output']>;
  /** The specialty or service. */
  service?: Maybe<Concept>;
  /** planned, in-progress, finished, cancelled … */
  status?: Maybe<Scalars['String']['output']>;
};

/** Contacts with professionals: a section is entries and outcomes, never just a list. */
export type ContactSection = Section & {
  /** The statements you may see, newest first; those without a date come last. Null or empty if there are none to show: `verdict` says what that means. */
  entries?: Maybe<Array<Contact>>;
  /** The UK Core heading code of the section. */
  heading: Scalars['String']['output'];
  /** The outcomes that keep the section from being complete. */
  missing: Array<Outcome>;
  /** What every source answered, one row each. */
  outcomes: Array<Outcome>;
  /** The heading as the PRSB standard words it. */
  title: Scalars['String']['output'];
  /** How many statements you may see, before any limit you asked for. */
  total: Scalars['Int']['output'];
  /** What a reader may conclude from all outcomes together. */
  verdict: Verdict;
  /** Names of fields that policy holds back in every entry; they read as null. */
  withheldFields: Array<Scalars['String']['output']>;
};

/** Something that systems state differently of one person. */
export type DemographicConflict = {
  /** What. */
  field: DemographicField;
  /** Each system's own, in the region's order. */
  values: Array<StatedValue>;
};

/** What of the demographics is compared between systems. */
export type DemographicField =
  /** Date of birth. */
  | 'BIRTH_DATE'
  /** Family name. */
  | 'FAMILY_NAME'
  /** Administrative gender. */
  | 'GENDER'
  /** Given name. */
  | 'GIVEN_NAME'
  /** NHS number. */
  | 'NHS_NUMBER'
  /** Postcode. */
  | 'POSTCODE';

/** Person demographics: a section is entries and outcomes, never just a list. */
export type DemographicsSection = Section & {
  /** The statements you may see, newest first; those without a date come last. Null or empty if there are none to show: `verdict` says what that means. */
  entries?: Maybe<Array<Person>>;
  /** The UK Core heading code of the section. */
  heading: Scalars['String']['output'];
  /** The outcomes that keep the section from being complete. */
  missing: Array<Outcome>;
  /** What every source answered, one row each. */
  outcomes: Array<Outcome>;
  /** The heading as the PRSB standard words it. */
  title: Scalars['String']['output'];
  /** How many statements you may see, before any limit you asked for. */
  total: Scalars['Int']['output'];
  /** What a reader may conclude from all outcomes together. */
  verdict: Verdict;
  /** Names of fields that policy holds back in every entry; they read as null. */
  withheldFields: Array<Scalars['String']['output']>;
};

/** Discharge details: the end of a stay in hospital; date is the discharge. */
export type Discharge = Entry & {
  /** When the stay began. */
  admitted?: Maybe<Scalars['Date']['output']>;
  /** The professional who performed, recorded or asserted it. */
  author?: Maybe<Actor>;
  /** What the statement is about, as the source coded and worded it. */
  code?: Maybe<Concept>;
  /** The responsible consultant. */
  consultant?: Maybe<Actor>;
  /** When it is clinically about: onset, start or event. */
  date?: Maybe<Scalars['Date']['output']>;
  /** Where the person went. */
  destination?: Maybe<Concept>;
  /** The diagnoses of the stay, where the source lists them with it. */
  diagnoses?: Maybe<Array<Concept>>;
  /** Opaque id of this statement; stable for the same statement of the same source. */
  id?: Maybe<Scalars['ID']['output']>;
  /** The source's security labels, such as restricted. */
  labels?: Maybe<Array<Coding>>;
  /** The source's free text, unaltered. */
  note?: Maybe<Scalars['String']['output']>;
  /** Where the statement came from. */
  provenance?: Maybe<Provenance>;
  /** When it was written down at the source. */
  recorded?: Maybe<Scalars['Date']['output']>;
  /** The treatment function. */
  specialty?: Maybe<Concept>;
  /** The last ward. */
  ward?: Maybe<Scalars['String']['output']>;
};

/** Discharge details: a section is entries and outcomes, never just a list. */
export type DischargeSection = Section & {
  /** The statements you may see, newest first; those without a date come last. Null or empty if there are none to show: `verdict` says what that means. */
  entries?: Maybe<Array<Discharge>>;
  /** The UK Core heading code of the section. */
  heading: Scalars['String']['output'];
  /** The outcomes that keep the section from being complete. */
  missing: Array<Outcome>;
  /** What every source answered, one row each. */
  outcomes: Array<Outcome>;
  /** The heading as the PRSB standard words it. */
  title: Scalars['String']['output'];
  /** How many statements you may see, before any limit you asked for. */
  total: Scalars['Int']['output'];
  /** What a reader may conclude from all outcomes together. */
  verdict: Verdict;
  /** Names of fields that policy holds back in every entry; they read as null. */
  withheldFields: Array<Scalars['String']['output']>;
};

/** Documents: metadata of a letter, image or other document, which stays where it is; code is its type. */
export type Document = Entry & {
  /** The professional who performed, recorded or asserted it. */
  author?: Maybe<Actor>;
  /** Its category, such as letter or plan. */
  category?: Maybe<Concept>;
  /** What the statement is about, as the source coded and worded it. */
  code?: Maybe<Concept>;
  /** Whether the document itself can be opened, by POST /documents; null where its content is not for you. */
  content?: Maybe<DocumentContent>;
  /** Media type, such as application/pdf. */
  contentType?: Maybe<Scalars['String']['output']>;
  /** The organisation that keeps it. */
  custodian?: Maybe<Organisation>;
  /** When it is clinically about: onset, start or event. */
  date?: Maybe<Scalars['Date']['output']>;
  /** Opaque id of this statement; stable for the same statement of the same source. */
  id?: Maybe<Scalars['ID']['output']>;
  /** The source's security labels, such as restricted. */
  labels?: Maybe<Array<Coding>>;
  /** The source's free text, unaltered. */
  note?: Maybe<Scalars['String']['output']>;
  /** Where the statement came from. */
  provenance?: Maybe<Provenance>;
  /** When it was written down at the source. */
  recorded?: Maybe<Scalars['Date']['output']>;
  /** The specialty or service. */
  service?: Maybe<Concept>;
  /** Size in bytes; 0 if not stated. */
  size?: Maybe<Scalars['Int']['output']>;
  /** current, superseded … */
  status?: Maybe<Scalars['String']['output']>;
  /** Its title. */
  title?: Maybe<Scalars['String']['output']>;
};

/** Whether a document can be opened where it is kept. Several formats of one document are one entry: the one that shows best. */
export type DocumentContent = {
  /** The system that keeps it hands it out, and it is of a kind that is shown. */
  opens: Scalars['Boolean']['output'];
  /** Why it does not open, in one sentence; null if it opens. */
  reason?: Maybe<Scalars['String']['output']>;
};

/** Documents: a section is entries and outcomes, never just a list. */
export type DocumentSection = Section & {
  /** The statements you may see, newest first; those without a date come last. Null or empty if there are none to show: `verdict` says what that means. */
  entries?: Maybe<Array<Document>>;
  /** The UK Core heading code of the section. */
  heading: Scalars['String']['output'];
  /** The outcomes that keep the section from being complete. */
  missing: Array<Outcome>;
  /** What every source answered, one row each. */
  outcomes: Array<Outcome>;
  /** The heading as the PRSB standard words it. */
  title: Scalars['String']['output'];
  /** How many statements you may see, before any limit you asked for. */
  total: Scalars['Int']['output'];
  /** What a reader may conclude from all outcomes together. */
  verdict: Verdict;
  /** Names of fields that policy holds back in every entry; they read as null. */
  withheldFields: Array<Scalars['String']['output']>;
};

/**
 * End of life and emergency care decisions: ReSPECT, whether to attempt resuscitation (CPR), advance decisions to refuse treatment,
 * preferred place of care. Each is a pointer to its signed original, which alone is valid. Decisions of several systems may differ:
 * all are shown, and none is worked out from words or from silence.
 */
export type EndOfLife = Entry & {
  /** The professional who performed, recorded or asserted it. */
  author?: Maybe<Actor>;
  /** What the statement is about, as the source coded and worded it. */
  code?: Maybe<Concept>;
  /** What it says of cardiopulmonary resuscitation: attempt or do-not-attempt; null where no code says it. */
  cpr?: Maybe<Scalars['String']['output']>;
  /** When it is clinically about: onset, start or event. */
  date?: Maybe<Scalars['Date']['output']>;
  /** What was decided, in the source's own words. */
  decision?: Maybe<Scalars['String']['output']>;
  /** Opaque id of this statement; stable for the same statement of the same source. */
  id?: Maybe<Scalars['ID']['output']>;
  /** What it is: respect, cpr, advance-decision, preferred-place, emergency-plan or other. */
  kind?: Maybe<Scalars['String']['output']>;
  /** The source's security labels, such as restricted. */
  labels?: Maybe<Array<Coding>>;
  /** The source's free text, unaltered. */
  note?: Maybe<Scalars['String']['output']>;
  /** Where the signed original is. */
  original?: Maybe<Scalars['String']['output']>;
  /** Where the statement came from. */
  provenance?: Maybe<Provenance>;
  /** When it was written down at the source. */
  recorded?: Maybe<Scalars['Date']['output']>;
  /** When it is to be looked at again; a decision does not lapse by itself. */
  reviewDate?: Maybe<Scalars['Date']['output']>;
  /** The source's word: active, draft, inactive, revoked … */
  status?: Maybe<Scalars['String']['output']>;
};

/** End of life and emergency care decisions: a section is entries and outcomes, never just a list. */
export type EndOfLifeSection = Section & {
  /** The statements you may see, newest first; those without a date come last. Null or empty if there are none to show: `verdict` says what that means. */
  entries?: Maybe<Array<EndOfLife>>;
  /** The UK Core heading code of the section. */
  heading: Scalars['String']['output'];
  /** The outcomes that keep the section from being complete. */
  missing: Array<Outcome>;
  /** What every source answered, one row each. */
  outcomes: Array<Outcome>;
  /** The heading as the PRSB standard words it. */
  title: Scalars['String']['output'];
  /** How many statements you may see, before any limit you asked for. */
  total: Scalars['Int']['output'];
  /** What a reader may conclude from all outcomes together. */
  verdict: Verdict;
  /** Names of fields that policy holds back in every entry; they read as null. */
  withheldFields: Array<Scalars['String']['output']>;
};

/**
 * One clinical statement. Each type of entry adds its own fields; a field is null where the source does not say,
 * or where policy holds it back (then its name is in the section's `withheldFields`).
 */
export type Entry = {
  /** The professional who performed, recorded or asserted it. */
  author?: Maybe<Actor>;
  /** What the statement is about, as the source coded and worded it. */
  code?: Maybe<Concept>;
  /** When it is clinically about: onset, start or event. */
  date?: Maybe<Scalars['Date']['output']>;
  /** Opaque id of this statement; stable for the same statement of the same source. */
  id?: Maybe<Scalars['ID']['output']>;
  /** The source's security labels, such as restricted. */
  labels?: Maybe<Array<Coding>>;
  /** The source's free text, unaltered. */
  note?: Maybe<Scalars['String']['output']>;
  /** Where the statement came from. */
  provenance?: Maybe<Provenance>;
  /** When it was written down at the source. */
  recorded?: Maybe<Scalars['Date']['output']>;
};

/** Why something is shown or withheld. */
export type Explanation = {
  /** For those who administer or audit: what the decision rested on. Null for others. */
  attributes?: Maybe<Array<Attribute>>;
  /** For those who administer or audit: the policies that speak of the resource to you. Null for others. */
  policies?: Maybe<Array<PolicyVerdict>>;
  /** The version of the policies that decided. */
  policyVersion: Scalars['String']['output'];
  /** What would make it visible to you, in plain words; null if nothing you can do. */
  remedy?: Maybe<Scalars['String']['output']>;
  /** The resource as policy knows it. */
  resource: Scalars['String']['output'];
  /** Why, in plain words. */
  sentence: Scalars['String']['output'];
  /** Whether it is shown to you. */
  shown: Scalars['Boolean']['output'];
};

/** How long it took until the first rows of the record. */
export type FirstPaint = {
  /** How many records were opened. */
  count: Scalars['Int']['output'];
  /** The door; null in the row of all. */
  door?: Maybe<UsageDoor>;
  /** The organisation's ODS code; null in the row of all. */
  organisation?: Maybe<Scalars['String']['output']>;
  /** Half of them had it within so many milliseconds, at most. */
  p50Milliseconds: Scalars['Int']['output'];
  /** Three quarters. */
  p75Milliseconds: Scalars['Int']['output'];
  /** Nineteen of twenty. */
  p95Milliseconds: Scalars['Int']['output'];
};

/** Whom to share with. */
export type GranteeInput = {
  /** Handle of a person or team (`shareTargets`), or the name of a role. */
  id: Scalars['ID']['input'];
  /** What it is. */
  kind: GranteeKind;
  /** Of a role: the organisation's ODS code. */
  organisation?: InputMaybe<Scalars['String']['input']>;
};

/** Kinds of grantee. */
export type GranteeKind =
  /** One user. */
  | 'PERSON'
  /** Everybody in a role in an organisation. */
  | 'ROLE'
  /** A team. */
  | 'TEAM';

/** Whether a system has been answering. */
export type Health = {
  /** When it last answered. */
  lastAnswer?: Maybe<Scalars['Instant']['output']>;
  /** Why the last failed call failed. */
  lastReason?: Maybe<Scalars['String']['output']>;
  /** Whether an administrator has switched it off, since `since`: then nobody asks it. */
  off: Scalars['Boolean']['output'];
  /** Median time of the last calls, in milliseconds. */
  p50Milliseconds?: Maybe<Scalars['Int']['output']>;
  /** 95th percentile of the last calls, in milliseconds. */
  p95Milliseconds?: Maybe<Scalars['Int']['output']>;
  /** Since when it is in this state. */
  since?: Maybe<Scalars['Instant']['output']>;
  /** Up, degraded, down or unknown. */
  state: HealthState;
};

/** Whether a system has been answering. */
export type HealthState =
  /** Some calls fail. */
  | 'DEGRADED'
  /** It does not answer; it is tried again every second. */
  | 'DOWN'
  /** It has not been asked yet. */
  | 'UNKNOWN'
  /** It answers. */
  | 'UP';

/** How well somebody found fits what was asked for. */
export type HitMatch =
  /** Everything that was asked for. */
  | 'EXACT'
  /** A similar name, or not all that was asked for: check who it is. */
  | 'SIMILAR';

/** A person's name. */
export type HumanName = {
  /** Family name. */
  family?: Maybe<Scalars['String']['output']>;
  /** Given names in order. */
  given?: Maybe<Array<Scalars['String']['output']>>;
  /** As a patient banner shows it: FAMILY, Given (Title). */
  text?: Maybe<Scalars['String']['output']>;
  /** Title. */
  title?: Maybe<Scalars['String']['output']>;
  /** official, usual, maiden, old, nickname … */
  use?: Maybe<Scalars['String']['output']>;
};

/** A number by which some organisation knows a person. */
export type Identifier = {
  /** Whose number it is. */
  system?: Maybe<Scalars['String']['output']>;
  /** The number. */
  value?: Maybe<Scalars['String']['output']>;
};

/** One item of the standard. */
export type ItemScore = {
  /** Whether the standard makes it mandatory; otherwise it is required, if known. */
  mandatory: Scalars['Boolean']['output'];
  /** Its name. */
  name?: Maybe<Scalars['String']['output']>;
  /** How many entries of the section have it. */
  populated: Scalars['Int']['output'];
};

/** One thing that was tried of a launch. */
export type LaunchCheck = {
  /** What is wrong, or what is worth knowing. */
  found?: Maybe<Scalars['String']['output']>;
  /** What to do about it; null if it is well. */
  mend?: Maybe<Scalars['String']['output']>;
  /** What was looked at. */
  name: Scalars['String']['output'];
  /** Whether it is well. */
  ok: Scalars['Boolean']['output'];
};

/** How an electronic patient record opens an app. */
export type LaunchWay =
  /** It is a SMART server itself. */
  | 'ISSUER'
  /** Its back end posts the patient and its user. */
  | 'MINT'
  /** The browser brings a number and a birth date that nobody signed. */
  | 'PREFILL'
  /** The browser brings a launch that it has signed. */
  | 'SIGNED';

/** A link from the person to one system's own record. */
export type Link = {
  /** What it rests on. */
  evidence?: Maybe<Scalars['String']['output']>;
  /** The system's own id of the person. */
  localId?: Maybe<Scalars['String']['output']>;
  /** Since when. */
  since?: Maybe<Scalars['Instant']['output']>;
  /** How sure the link is. */
  status: LinkStatus;
};

/** One thing that was compared. */
export type LinkAgreement = {
  /** What was compared, such as family name. */
  field: Scalars['String']['output'];
  /** How it agrees, such as exact or similar. */
  level: Scalars['String']['output'];
  /** What it adds to the score, in bits; below 0 speaks against. */
  weight: Scalars['Float']['output'];
};

/** One step in the history of a person's links. */
export type LinkEvent = {
  /** When. */
  at?: Maybe<Scalars['Instant']['output']>;
  /** Who; null if nobody did it by hand. */
  by?: Maybe<Scalars['String']['output']>;
  /** What it rests on, or why it ended. */
  evidence?: Maybe<Scalars['String']['output']>;
  /** What happened. */
  kind: LinkEventKind;
  /** The record's id there. */
  localId?: Maybe<Scalars['String']['output']>;
  /** The reason they gave. */
  reason?: Maybe<Scalars['String']['output']>;
  /** The id of the system; null if it is about none. */
  source?: Maybe<Scalars['String']['output']>;
  /** How sure the link is, or was. */
  status?: Maybe<LinkStatus>;
};

/** What happened to a link. */
export type LinkEventKind =
  /** Somebody decided which birth date holds. */
  | 'BIRTH_DATE_ACCEPTED'
  /** Somebody confirmed it. */
  | 'CONFIRMED'
  /** The link ended. */
  | 'ENDED'
  /** It was linked. */
  | 'LINKED'
  /** The system made two of its records one. */
  | 'MERGED'
  /** Somebody proposed it by hand. */
  | 'PROPOSED'
  /** Somebody refused it. */
  | 'REFUSED'
  /** Somebody unlinked it. */
  | 'UNLINKED';

/** A record that may be of a person: somebody must say. */
export type LinkProposal = {
  /** What was compared and how it agrees. */
  agreements: Array<LinkAgreement>;
  /** What the record's system says of whom it is; null if it did not answer or no longer has it. */
  candidate?: Maybe<ComparedPerson>;
  /** Whether the record's system answered. */
  candidateOutcome: Outcome;
  /** When it was decided. */
  decided?: Maybe<Scalars['Instant']['output']>;
  /** Who decided. */
  decidedBy?: Maybe<Scalars['String']['output']>;
  /** Its id. */
  id: Scalars['ID']['output'];
  /** What the systems that know the person say, side by side. */
  known: Array<ComparedPerson>;
  /** Which of them answered. */
  knownOutcomes: Array<Outcome>;
  /** The record's id there. */
  localId?: Maybe<Scalars['String']['output']>;
  /** The person's own id here. */
  patient: Scalars['ID']['output'];
  /** When it was proposed. */
  proposed?: Maybe<Scalars['Instant']['output']>;
  /** Who proposed it; null if matching did. */
  proposedBy?: Maybe<Scalars['String']['output']>;
  /** Why: of the decision, else of the proposal by hand. */
  reason?: Maybe<Scalars['String']['output']>;
  /** What holds it back, in plain words. */
  rules: Array<Scalars['String']['output']>;
  /** How much speaks for it, in bits: 1 more is twice as likely. Null where it was proposed by hand. */
  score?: Maybe<Scalars['Float']['output']>;
  /** The system that has the record. */
  source: Origin;
  /** Whether it has been decided. */
  state: ProposalState;
};

/** A page of proposals. */
export type LinkProposals = {
  /** The cursor to go on after; null at the end. */
  next?: Maybe<Scalars['String']['output']>;
  /** The proposals, newest first. */
  proposals: Array<LinkProposal>;
  /** How many there are in this state. */
  total: Scalars['Int']['output'];
};

/** How sure a link is. */
export type LinkStatus =
  /** Somebody confirmed it. */
  | 'CONFIRMED'
  /** The record itself from which a person without a verified NHS number is known. */
  | 'OWN'
  /** Presumed; never followed without a person's decision. */
  | 'PRESUMED'
  /** Names, birth date and more agree so well that nothing speaks against it; it has no verified NHS number. */
  | 'PROBABLE'
  /** Found by a superseded NHS number, and the birth date agrees. */
  | 'TRACED'
  /** Verified NHS number, and the birth date agrees. */
  | 'VERIFIED';

/** What came of adding people. */
export type ListAddition = {
  /** How many came onto it. */
  added: Scalars['Int']['output'];
  /** How many were there already. */
  already: Scalars['Int']['output'];
  /** The list as it is now. */
  list?: Maybe<PatientList>;
  /** Of those, the ones that you gave by number. */
  problems: Array<PastedNumber>;
  /** How many could not be added: nobody knows them, or not everybody who could has answered, or they are not for you to open. */
  refused: Scalars['Int']['output'];
};

/** One change of a list. */
export type ListChange = {
  /** When. */
  at?: Maybe<Scalars['Instant']['output']>;
  /** Who. */
  by: Scalars['String']['output'];
  /** The version it made. */
  version: Scalars['Int']['output'];
  /** What, in words, without anybody's name or number. */
  what: Scalars['String']['output'];
};

/** What a list shows of each person: a section, and what of it. */
export type ListColumn = {
  /** Only entries with this code (`code` or `system|code`). */
  code?: Maybe<Scalars['String']['output']>;
  /** The section, by field name of Patient. */
  section: Scalars['String']['output'];
  /** COUNT, LATEST or NEXT. */
  show: ListColumnShow;
  /** What to call it; null for the section's own name. */
  title?: Maybe<Scalars['String']['output']>;
};

/** What of a section a column shows. */
export type ListColumnInput = {
  /** Only entries with this code (`code` or `system|code`); of `results` and `observations`. */
  code?: InputMaybe<Scalars['String']['input']>;
  /** The section, by field name of Patient. */
  section: Scalars['String']['input'];
  /** What of it. */
  show: ListColumnShow;
  /** What to call it. */
  title?: InputMaybe<Scalars['String']['input']>;
};

/** What of a section a column shows. */
export type ListColumnShow =
  /** How many entries, with the verdict. */
  | 'COUNT'
  /** The newest entry. */
  | 'LATEST'
  /** The next that is to come. */
  | 'NEXT';

/** A page of a list's people. */
export type ListPeople = {
  /** How many people of this page you may not see, where policy says so. */
  hidden: Scalars['Int']['output'];
  /** The cursor to go on after; null at the end. */
  next?: Maybe<Scalars['String']['output']>;
  /** For a team list: what the system answered when it was asked for its people. */
  outcome?: Maybe<Outcome>;
  /** The people. */
  people: Array<ListPerson>;
  /**
   * For a team list: how many of this page cannot be told for certain who they are, so that nothing of them is shown. They
   * are there: look in the system itself.
   */
  unidentified: Scalars['Int']['output'];
};

/** What somebody may do with a list. */
export type ListPermission =
  /** Change its people, order, title and columns. */
  | 'EDIT'
  /** All of it: also share, transfer and put away. */
  | 'OWN'
  /** Read it. */
  | 'READ';

/** One person on a list. */
export type ListPerson = {
  /** Since when they are on it. */
  added?: Maybe<Scalars['Instant']['output']>;
  /** Who added them; null where a system did. */
  addedBy?: Maybe<Scalars['String']['output']>;
  /** Whether they came since you last looked. */
  new: Scalars['Boolean']['output'];
  /** The person. */
  patient: Patient;
};

/** With whom a list is shared, and how. */
export type ListShare = {
  /** Who gave it. */
  by: Scalars['String']['output'];
  /** Its id. */
  id: Scalars['ID']['output'];
  /** What they may do: READ or EDIT. */
  may: ListPermission;
  /** Since when. */
  since?: Maybe<Scalars['Instant']['output']>;
  /** The last day it holds. */
  until?: Maybe<Scalars['Date']['output']>;
  /** With whom. */
  with: ShareTarget;
};

/** A user, as lists name them. */
export type ListUser = {
  /** Opaque handle. */
  id: Scalars['ID']['output'];
  /** Name to show. */
  name: Scalars['String']['output'];
  /** Organisation, as it was when they were last here. */
  organisation?: Maybe<Organisation>;
  /** Role, as it was when they were last here. */
  role?: Maybe<Scalars['String']['output']>;
};

/** A way of signing in. */
export type Login = {
  /** How many accounts last came by it. */
  accounts: Scalars['Int']['output'];
  /** The e-mail domains by which people find it. */
  domains: Array<Scalars['String']['output']>;
  /** Its id in the configuration. */
  id: Scalars['ID']['output'];
  /** What was wrong then; it holds no name. */
  lastCause?: Maybe<Scalars['String']['output']>;
  /** When somebody was last refused. */
  lastRefusal?: Maybe<Scalars['Instant']['output']>;
  /** When somebody last signed in by it. */
  lastSuccess?: Maybe<Scalars['Instant']['output']>;
  /** What people call it. */
  name?: Maybe<Scalars['String']['output']>;
  /** How it was switched off; null while it is on. */
  off?: Maybe<SwitchedOff>;
  /** The organisations that it may vouch for. */
  organisations: Array<Organisation>;
  /** How often the provider is asked whether an account still holds, in seconds; null for never. */
  recheck?: Maybe<Scalars['Int']['output']>;
  /** How many sessions that began by it are open. */
  sessions: Scalars['Int']['output'];
  /** oidc, saml, ldap or local; null if it has gone from the configuration. */
  type?: Maybe<Scalars['String']['output']>;
};

/** One step of trying a connection. */
export type LoginStep = {
  /** What was found, or what to do. */
  detail?: Maybe<Scalars['String']['output']>;
  /** What was tried. */
  name?: Maybe<Scalars['String']['output']>;
  /** Whether it went well. */
  ok: Scalars['Boolean']['output'];
};

/** One look at a person's record: what one user did without a pause. */
export type Look = {
  /** What was done, such as read or break-glass. */
  actions: Array<Scalars['String']['output']>;
  /** How many events. */
  events: Scalars['Int']['output'];
  /** The first and last place in the ledger. */
  firstSeq: Scalars['Int']['output'];
  /** What a privacy officer should look at, such as same-surname. */
  flags: Array<Scalars['String']['output']>;
  /** When it began. */
  from?: Maybe<Scalars['Instant']['output']>;
  /** The last place in the ledger. */
  lastSeq: Scalars['Int']['output'];
  /** The user's name, as at the time. */
  name?: Maybe<Scalars['String']['output']>;
  /** The organisation, as at the time. */
  organisation?: Maybe<Organisation>;
  /** The HL7 purpose of use. */
  purpose?: Maybe<Scalars['String']['output']>;
  /** The reason that was given. */
  reason?: Maybe<Scalars['String']['output']>;
  /** The relationship it rested on. */
  relationship?: Maybe<Scalars['String']['output']>;
  /** The role, as at the time. */
  role?: Maybe<Scalars['String']['output']>;
  /** The sections that were shown, by field name of Patient. */
  sections: Array<Scalars['String']['output']>;
  /** In plain words: who, when, what, why. */
  sentence: Scalars['String']['output'];
  /** When it ended. */
  until?: Maybe<Scalars['Instant']['output']>;
};

/** What is new since you last looked. */
export type Looked = {
  /** The statements, as given, that were not there then, or said something else. */
  fresh: Array<Scalars['String']['output']>;
  /** When your visit before ended; null if there was none, or it is forgotten. */
  since?: Maybe<Scalars['Instant']['output']>;
  /** The parts, by `of`, of which it cannot be told: they had not been shown in full by then. */
  unknown: Array<Scalars['String']['output']>;
};

/** What one system shows of one section, in digests. */
export type LookedPart = {
  /** A digest of which section of which system it is: 16 characters of base64url. */
  of: Scalars['String']['input'];
  /**
   * Its statements, each as two digests of 16 characters of base64url with a full stop between: of which statement it is
   * (its id), and of what it says.
   */
  statements: Array<Scalars['String']['input']>;
  /** Whether the system has told all that it holds: only then can what comes later be known to be new. */
  whole: Scalars['Boolean']['input'];
};

/** A page of who has looked. */
export type Looks = {
  /** Who looked. */
  looks: Array<Look>;
  /** The cursor of the next page; null at the end. */
  next?: Maybe<Scalars['String']['output']>;
};

/** How many entries carry a mark. */
export type MarkCount = {
  /** How many entries. */
  count: Scalars['Int']['output'];
  /** The mark. */
  mark: TimelineMark;
};

/** Who the caller is. */
export type Me = {
  /** Care setting. */
  careSetting?: Maybe<Scalars['String']['output']>;
  /** When the session ends at the latest. */
  expires?: Maybe<Scalars['Instant']['output']>;
  /** Name to show. */
  name: Scalars['String']['output'];
  /** Organisation acted for. */
  organisation: Organisation;
  /** HL7 purpose of use, such as TREAT. */
  purpose: Scalars['String']['output'];
  /** Role, as policy knows it. */
  role: Scalars['String']['output'];
};

/** One measured thing with its value. */
export type Measurement = {
  /** Why there is no value. */
  absent?: Maybe<Concept>;
  /** What was measured. */
  code?: Maybe<Concept>;
  /** When. */
  date?: Maybe<Scalars['Date']['output']>;
  /** The source's flag, such as H or L. */
  interpretation?: Maybe<Array<Concept>>;
  /** What is held to be usual. */
  ranges?: Maybe<Array<ReferenceRange>>;
  /** preliminary, final, amended … */
  status?: Maybe<Scalars['String']['output']>;
  /** What was found. */
  value?: Maybe<Value>;
};

/** Medications and medical devices: a statement about a medicine or medical device; code is the product, author the prescriber. */
export type Medication = Entry & {
  /** The professional who performed, recorded or asserted it. */
  author?: Maybe<Actor>;
  /** What the statement is about, as the source coded and worded it. */
  code?: Maybe<Concept>;
  /** When it is clinically about: onset, start or event. */
  date?: Maybe<Scalars['Date']['output']>;
  /** The instruction as written. */
  dosage?: Maybe<Scalars['String']['output']>;
  /** Its form, such as tablet. */
  form?: Maybe<Concept>;
  /** Opaque id of this statement; stable for the same statement of the same source. */
  id?: Maybe<Scalars['ID']['output']>;
  /** What kind of statement this is. */
  kind?: Maybe<MedicationKind>;
  /** The source's security labels, such as restricted. */
  labels?: Maybe<Array<Coding>>;
  /** When it was last prescribed or dispensed. */
  lastIssued?: Maybe<Scalars['Date']['output']>;
  /** The source's free text, unaltered. */
  note?: Maybe<Scalars['String']['output']>;
  /** When it is or was taken. */
  period?: Maybe<Period>;
  /** Where the statement came from. */
  provenance?: Maybe<Provenance>;
  /** How much was ordered or handed over. */
  quantity?: Maybe<Quantity>;
  /** Why it is taken. */
  reason?: Maybe<Concept>;
  /** When it was written down at the source. */
  recorded?: Maybe<Scalars['Date']['output']>;
  /** How it is given. */
  route?: Maybe<Concept>;
  /** The source's word: active, completed, stopped, on-hold … */
  status?: Maybe<Scalars['String']['output']>;
  /** Why it was stopped or not taken. */
  statusReason?: Maybe<Concept>;
};

/** What kind of statement about a medicine or device this is. */
export type MedicationKind =
  /** Prescribed once. */
  | 'ACUTE'
  /** A medical device or implant. */
  | 'DEVICE'
  /** A pharmacy handed it over. */
  | 'DISPENSE'
  /** An order whose kind the source does not state. */
  | 'PRESCRIPTION'
  /** Authorised to be issued again and again. */
  | 'REPEAT'
  /** Somebody says the person takes or took it. */
  | 'STATEMENT';

/** Medications and medical devices: a section is entries and outcomes, never just a list. */
export type MedicationSection = Section & {
  /** The statements you may see, newest first; those without a date come last. Null or empty if there are none to show: `verdict` says what that means. */
  entries?: Maybe<Array<Medication>>;
  /** The UK Core heading code of the section. */
  heading: Scalars['String']['output'];
  /** The outcomes that keep the section from being complete. */
  missing: Array<Outcome>;
  /** What every source answered, one row each. */
  outcomes: Array<Outcome>;
  /** The heading as the PRSB standard words it. */
  title: Scalars['String']['output'];
  /** How many statements you may see, before any limit you asked for. */
  total: Scalars['Int']['output'];
  /** What a reader may conclude from all outcomes together. */
  verdict: Verdict;
  /** Names of fields that policy holds back in every entry; they read as null. */
  withheldFields: Array<Scalars['String']['output']>;
};

/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type Mutation = {
  /**
   * Take the birth date that one system states for the person's: where systems state different ones. All links are
   * ended, and every system is asked again whether it agrees.
   */
  acceptBirthDate?: Maybe<Array<LinkEvent>>;
  /** Add people, by Patchwork's own id or by NHS number; who is on it already stays where they are. At most 50 at a time, 1,000 on a list. */
  addToList?: Maybe<ListAddition>;
  /**
   * Approve what another administrator proposed; `edition` is that of what was reviewed. Refused to whoever proposed it:
   * the operator of the server approves with `patchwork client approve`.
   */
  approveSmartClient?: Maybe<SmartClient>;
  /** Put a list away, or bring it back. Nothing is lost. */
  archiveList?: Maybe<PatientList>;
  /** Take an item of the review queue to look into it. */
  beginReview?: Maybe<Review>;
  /**
   * See, in an emergency, what policy holds back of one person: for some hours, with a reason, reviewed afterwards.
   * Confirm who you are first (`POST /auth/confirm`), else the error code is CONFIRM_FIRST. Give `reason` one of
   * `accessReasons.breakGlass`; `explanation` has 20 to 500 characters.
   */
  breakGlass?: Maybe<Access>;
  /** End a run of yours; its rows are gone. */
  cancelViewRun?: Maybe<ViewRun>;
  /**
   * Check a system: it is asked as a reader would, about people of its own wards, clinics and caseloads, or else some who
   * were found in it before. Whom it was asked about is the server's choice, and the report tells of nobody. It takes up to
   * 45 seconds, keeps the rate, the concurrency and the windows of the stanza together with what else is asked, and ends
   * when its asker goes away. A system is checked by one asker at a time: for others the code is `CHECK_RUNNING`. One that
   * is switched off is checked all the same. It is in the ledger.
   */
  checkSource?: Maybe<SourceReport>;
  /**
   * State that you have a legitimate relationship with a person, and why. It lasts a day, is yours alone, and is
   * reviewed. Give `reason` one of `accessReasons.claim`; `explanation` has 10 to 500 characters.
   */
  claimRelationship?: Maybe<Access>;
  /** Close an item with what you found; `note` has 10 to 1000 characters. */
  closeReview?: Maybe<Review>;
  /** Make a list of your own. With `roster` its people are those of a ward, clinic or caseload, read live. */
  createList?: Maybe<PatientList>;
  /** Make a team of your organisation; you lead it. */
  createTeam?: Maybe<Team>;
  /**
   * Say that a record is the person's, or is not. In effect at once, for everybody. The record is read again before it is
   * linked: if it does not agree with the person (another birth date, somebody else's verified NHS number), or its system
   * does not answer, the error code is LINK_REFUSED. `reason` has 10 to 500 characters.
   */
  decideLink?: Maybe<LinkProposal>;
  /** Approve a view that was submitted, until a day within a year, or reject it. Nobody approves their own. `reason` has 5 to 500 characters. */
  decideView?: Maybe<View>;
  /**
   * Change what a list is called, says and shows; what is left out stays. `version` is the version that you saw: if
   * somebody else has changed these meanwhile the error code is LIST_CHANGED and nothing is changed.
   */
  editList?: Maybe<PatientList>;
  /** Rename a team, add people (`shareTargets` of kind PERSON) and take people off; the team's leads do. */
  editTeam?: Maybe<Team>;
  /** End your own broken glass before its time. */
  endBreakGlass?: Maybe<Access>;
  /** End one session; `reason` has 5 to 500 characters. True if it was open. */
  endSession?: Maybe<Scalars['Boolean']['output']>;
  /** End all sessions of an account; they may sign in again. True if there is such an account. */
  endSessions?: Maybe<Scalars['Boolean']['output']>;
  /** Repeat a view no more; what was kept to compare with is gone. */
  endViewSchedule?: Maybe<Scalars['Boolean']['output']>;
  /** Take the rows of a run away as a file: an address that is good for you, for five minutes. It is in the ledger. */
  exportViewRun?: Maybe<ViewExport>;
  /** Forget that you opened a person; without one, everybody. */
  forgetPatients?: Maybe<Scalars['Boolean']['output']>;
  /** Leave a list that is shared with you. */
  leaveList?: Maybe<Scalars['Boolean']['output']>;
  /**
   * Say which statements about a person you are being shown, and be told which of them were not there, or said something
   * else, at your visit before. A visit ends with half an hour without looking, or with the session. What is said here is
   * digests, made by the viewer: they are kept encrypted, by user, and no statement can be found from them. At most 1,000
   * statements at a time; those of a visit add up.
   */
  look?: Maybe<Looked>;
  /** Put a person right after another; `after` null is the top. Where `after` has left meanwhile the error code is LIST_CHANGED. */
  moveOnList?: Maybe<PatientList>;
  /** Note that you have opened a person, so that recentPatients lists them. */
  openedPatient?: Maybe<Scalars['Boolean']['output']>;
  /** Propose by hand that a system's record is the person's, for somebody to decide. */
  proposeLink?: Maybe<LinkProposal>;
  /**
   * Propose an app, a service or an electronic patient record. It gets nothing until another administrator approves it.
   * BAD_INPUT with `field` in the extensions says what is wrong with it.
   */
  proposeSmartClient?: Maybe<SmartClientMade>;
  /**
   * Add a policy, or replace the one with its id. Refused with POLICY_REFUSED if it names something unknown, if it would
   * lock every administrator out, or if somebody changed the policies since `version`.
   */
  putPolicy?: Maybe<PolicySet>;
  /** Note that you have read a notice (`id`), or those of a run; without either, all. */
  readViewNotices?: Maybe<ViewNotices>;
  /** Record that a person objects: to a source, a section or an organisation seeing, or any of these together. */
  recordObjection?: Maybe<Objection>;
  /** Take people off a list. */
  removeFromList?: Maybe<PatientList>;
  /** Remove a policy. */
  removePolicy?: Maybe<PolicySet>;
  /** Put an item back into the queue, whether it was closed or its reviewer cannot go on; `note` has 10 to 1000 characters. */
  reopenReview?: Maybe<Review>;
  /**
   * Give it another key set: `jwks` is the set (RFC 7517), `jwksUrl` the address to fetch it from; one of them. It gets nothing
   * until another administrator has approved it again.
   */
  replaceSmartClientKeys?: Maybe<SmartClient>;
  /** Give it another secret; the old one is of no use at once. */
  replaceSmartClientSecret?: Maybe<SmartClientMade>;
  /** Give your own arrangement up for the region's; `version` as for setViewerLayout. */
  resetViewerLayout?: Maybe<ViewerLayout>;
  /** Bring an earlier version back, as a new version. */
  restorePolicies?: Maybe<PolicySet>;
  /**
   * Run a view over the people of a list, or over those whom a search finds: give one of the two. The answer waits up to `wait`
   * milliseconds for a small run to end; a large one goes on, also if you leave: ask for it with `viewRun`. It reads as you, and
   * each person and entry is decided as if you opened it. A search is only for care, finds at most 50 people, counts among your
   * searches, and takes in everybody it finds: `lacking` says which systems did not answer it, and whether nobody fits exactly.
   */
  runView?: Maybe<ViewRun>;
  /** Run a repeated view now, as well as at its times; the run that goes on if one does. `wait` as for runView. */
  runViewScheduleNow?: Maybe<ViewRun>;
  /**
   * Keep a view, as a draft: a new one without `id`, else the next version of yours, of which you saw `version`. BAD_INPUT says
   * everything that is wrong with it; VIEW_CHANGED is that somebody has changed it meanwhile.
   */
  saveView?: Maybe<View>;
  /**
   * Let a view be run again and again over a list, as you, or change how (`id`). The first run is begun at once: the later ones are compared with
   * the one before. It pauses when you have not opened your views for 14 days in the role and organisation that you act in. You may have 20.
   */
  saveViewSchedule?: Maybe<ViewSchedule>;
  /** Say that you have seen the list: what comes after is new. `version` is the one that you saw; by default as it is now. */
  sawList?: Maybe<PatientList>;
  /**
   * Put a system into a stage: in effect on every server within a second. `section` is a section's name such as
   * `allergies`, without it all; `organisation` the ODS code of those who read, without it everybody. Without a `stage` the
   * rule about the same is taken away, so that the wider one holds. `reason` has 5 to 500 characters, and is in the ledger.
   */
  setSourceStage?: Maybe<Array<SourceStage>>;
  /**
   * Arrange the summary for yourself in your role. `version` is that of the layout you saw: if you have changed it
   * meanwhile in another window the error code is LAYOUT_CHANGED and nothing is changed. Sections left out keep their
   * usual place.
   */
  setViewerLayout?: Maybe<ViewerLayout>;
  /** Share a list with a person, a team or a role in an organisation, until a day; sharing again with the same replaces it. */
  shareList?: Maybe<PatientList>;
  /** Take a view out of use, for who approves. */
  stopView?: Maybe<View>;
  /** Ask for approval of a draft of yours. */
  submitView?: Maybe<View>;
  /**
   * Switch a user (`what` is the account's id), a role, an organisation (ODS code), a login or a client off: it is out at the
   * next request. `reason` has 5 to 500 characters. Refused if it would switch off yourself or every administrator. Gives
   * everything that is off then.
   */
  switchOff?: Maybe<Array<SwitchedOff>>;
  /** Switch it on again. */
  switchOn?: Maybe<Array<SwitchedOff>>;
  /**
   * Switch a system off: within a second no server asks it any more, and its part of every section is UNAVAILABLE with the
   * code `switched-off`. `reason` has 5 to 500 characters, and is in the ledger.
   */
  switchSourceOff?: Maybe<SourceSwitch>;
  /** Switch it on again. */
  switchSourceOn?: Maybe<SourceSwitch>;
  /**
   * For the viewer: how long it took from choosing a person to the first rows of the record, in milliseconds, up to ten minutes. It is counted by
   * organisation and door, and kept with nothing of anybody. At most thirty a minute of one session are; false where it was not.
   */
  tellFirstPaint?: Maybe<Scalars['Boolean']['output']>;
  /**
   * Try what an electronic patient record has registered and sends, for the engineers who connect it: `id` is its client_id, or
   * for ISSUER the id of its stanza. `sent` is the launch JWT (SIGNED); or the client assertion of its token request, or the
   * JSON of its launch (MINT). It goes on after what is wrong. Nothing sent is used up, kept or repeated, and nobody is looked up.
   */
  testLaunch?: Maybe<Array<LaunchCheck>>;
  /** Try a login's connection step by step; it stops at the first step that fails. */
  testLogin?: Maybe<Array<LoginStep>>;
  /** Give a list to somebody else of those it is shared with as a person; you keep the right to edit. */
  transferList?: Maybe<PatientList>;
  /** End a link, whatever it rests on, and never link this record with the person again unless somebody says so. In effect at once. */
  unlink?: Maybe<Array<LinkEvent>>;
  /** Take a share back. */
  unshareList?: Maybe<PatientList>;
  /** Withdraw an objection. It stays in the history. */
  withdrawObjection?: Maybe<Objection>;
  /** Take a view of yours out of use, or take a submission back. */
  withdrawView?: Maybe<View>;
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationAcceptBirthDateArgs = {
  patient: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
  source: Scalars['ID']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationAddToListArgs = {
  fromList?: InputMaybe<Scalars['ID']['input']>;
  id: Scalars['ID']['input'];
  nhsNumbers?: InputMaybe<Array<Scalars['NHSNumber']['input']>>;
  patients?: InputMaybe<Array<Scalars['ID']['input']>>;
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationApproveSmartClientArgs = {
  edition: Scalars['String']['input'];
  id: Scalars['ID']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationArchiveListArgs = {
  archived?: Scalars['Boolean']['input'];
  id: Scalars['ID']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationBeginReviewArgs = {
  id: Scalars['ID']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationBreakGlassArgs = {
  explanation: Scalars['String']['input'];
  patient: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationCancelViewRunArgs = {
  id: Scalars['ID']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationCheckSourceArgs = {
  source: Scalars['ID']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationClaimRelationshipArgs = {
  explanation: Scalars['String']['input'];
  patient: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationCloseReviewArgs = {
  id: Scalars['ID']['input'];
  note: Scalars['String']['input'];
  outcome: ReviewOutcome;
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationCreateListArgs = {
  columns?: InputMaybe<Array<ListColumnInput>>;
  description?: InputMaybe<Scalars['String']['input']>;
  roster?: InputMaybe<RosterInput>;
  title: Scalars['String']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationCreateTeamArgs = {
  name: Scalars['String']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationDecideLinkArgs = {
  confirm: Scalars['Boolean']['input'];
  proposal: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationDecideViewArgs = {
  approved: Scalars['Boolean']['input'];
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
  until?: InputMaybe<Scalars['Date']['input']>;
  version: Scalars['Int']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationEditListArgs = {
  columns?: InputMaybe<Array<ListColumnInput>>;
  description?: InputMaybe<Scalars['String']['input']>;
  id: Scalars['ID']['input'];
  title?: InputMaybe<Scalars['String']['input']>;
  version: Scalars['Int']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationEditTeamArgs = {
  add?: InputMaybe<Array<Scalars['ID']['input']>>;
  id: Scalars['ID']['input'];
  name?: InputMaybe<Scalars['String']['input']>;
  remove?: InputMaybe<Array<Scalars['ID']['input']>>;
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationEndBreakGlassArgs = {
  patient: Scalars['ID']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationEndSessionArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationEndSessionsArgs = {
  account: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationEndViewScheduleArgs = {
  id: Scalars['ID']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationExportViewRunArgs = {
  format: ViewFormat;
  id: Scalars['ID']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationForgetPatientsArgs = {
  patient?: InputMaybe<Scalars['ID']['input']>;
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationLeaveListArgs = {
  id: Scalars['ID']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationLookArgs = {
  parts: Array<LookedPart>;
  patient: Scalars['ID']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationMoveOnListArgs = {
  after?: InputMaybe<Scalars['ID']['input']>;
  id: Scalars['ID']['input'];
  patient: Scalars['ID']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationOpenedPatientArgs = {
  patient: Scalars['ID']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationProposeLinkArgs = {
  localId: Scalars['String']['input'];
  patient: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
  source: Scalars['ID']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationProposeSmartClientArgs = {
  input: SmartClientInput;
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationPutPolicyArgs = {
  policy: PolicyInput;
  reason: Scalars['String']['input'];
  version: Scalars['Int']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationReadViewNoticesArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  run?: InputMaybe<Scalars['ID']['input']>;
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationRecordObjectionArgs = {
  objection: ObjectionInput;
  patient: Scalars['ID']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationRemoveFromListArgs = {
  id: Scalars['ID']['input'];
  patients: Array<Scalars['ID']['input']>;
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationRemovePolicyArgs = {
  id: Scalars['String']['input'];
  reason: Scalars['String']['input'];
  version: Scalars['Int']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationReopenReviewArgs = {
  id: Scalars['ID']['input'];
  note: Scalars['String']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationReplaceSmartClientKeysArgs = {
  id: Scalars['ID']['input'];
  jwks?: InputMaybe<Scalars['String']['input']>;
  jwksUrl?: InputMaybe<Scalars['String']['input']>;
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationReplaceSmartClientSecretArgs = {
  id: Scalars['ID']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationResetViewerLayoutArgs = {
  version: Scalars['Int']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationRestorePoliciesArgs = {
  from: Scalars['Int']['input'];
  reason: Scalars['String']['input'];
  version: Scalars['Int']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationRunViewArgs = {
  id: Scalars['ID']['input'];
  list?: InputMaybe<Scalars['ID']['input']>;
  search?: InputMaybe<ViewSearchInput>;
  version?: InputMaybe<Scalars['Int']['input']>;
  wait?: InputMaybe<Scalars['Int']['input']>;
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationRunViewScheduleNowArgs = {
  id: Scalars['ID']['input'];
  wait?: InputMaybe<Scalars['Int']['input']>;
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationSaveViewArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  version?: InputMaybe<Scalars['Int']['input']>;
  view: ViewInput;
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationSaveViewScheduleArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  schedule: ViewScheduleInput;
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationSawListArgs = {
  id: Scalars['ID']['input'];
  version?: InputMaybe<Scalars['Int']['input']>;
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationSetSourceStageArgs = {
  organisation?: InputMaybe<Scalars['String']['input']>;
  reason: Scalars['String']['input'];
  section?: InputMaybe<Scalars['String']['input']>;
  source: Scalars['ID']['input'];
  stage?: InputMaybe<SourceStageName>;
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationSetViewerLayoutArgs = {
  sections: Array<ViewerSectionInput>;
  version: Scalars['Int']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationShareListArgs = {
  id: Scalars['ID']['input'];
  may: ListPermission;
  until?: InputMaybe<Scalars['Date']['input']>;
  with: GranteeInput;
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationStopViewArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
  version: Scalars['Int']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationSubmitViewArgs = {
  id: Scalars['ID']['input'];
  version: Scalars['Int']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationSwitchOffArgs = {
  kind: SwitchKind;
  reason: Scalars['String']['input'];
  what: Scalars['String']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationSwitchOnArgs = {
  kind: SwitchKind;
  reason: Scalars['String']['input'];
  what: Scalars['String']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationSwitchSourceOffArgs = {
  reason: Scalars['String']['input'];
  source: Scalars['ID']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationSwitchSourceOnArgs = {
  reason: Scalars['String']['input'];
  source: Scalars['ID']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationTellFirstPaintArgs = {
  milliseconds: Scalars['Int']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationTestLaunchArgs = {
  id: Scalars['ID']['input'];
  sent?: InputMaybe<Scalars['String']['input']>;
  way: LaunchWay;
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationTestLoginArgs = {
  id: Scalars['ID']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationTransferListArgs = {
  id: Scalars['ID']['input'];
  to: Scalars['ID']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationUnlinkArgs = {
  localId: Scalars['String']['input'];
  patient: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
  source: Scalars['ID']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationUnshareListArgs = {
  id: Scalars['ID']['input'];
  share: Scalars['ID']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationWithdrawObjectionArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


/** Changes. Each is decided by policy and recorded in the audit before it takes effect. */
export type MutationWithdrawViewArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
  version: Scalars['Int']['input'];
};

/** How far an NHS number was checked against the national register. */
export type NumberStatus =
  /** The source does not say. */
  | 'UNKNOWN'
  /** Present, and not verified. */
  | 'UNVERIFIED'
  /** Present and verified. */
  | 'VERIFIED';

/** A person's wish that somebody shall not see something. What is null does not narrow it. */
export type Objection = {
  /** Whether it holds also when the glass is broken. */
  absolute: Scalars['Boolean']['output'];
  /** When it was withdrawn. */
  ended?: Maybe<Scalars['Instant']['output']>;
  /** Since when. */
  from?: Maybe<Scalars['Instant']['output']>;
  /** Its id. */
  id: Scalars['ID']['output'];
  /** The organisation (ODS code) whose staff shall not see it. */
  organisation?: Maybe<Scalars['String']['output']>;
  /** Why. */
  reason?: Maybe<Scalars['String']['output']>;
  /** Who took it down. */
  recordedBy?: Maybe<Scalars['String']['output']>;
  /** The section, by field name of Patient. */
  section?: Maybe<Scalars['String']['output']>;
  /** The system whose data is not to be shown. */
  source?: Maybe<Scalars['String']['output']>;
};

/** A new objection. What is left out does not narrow it. */
export type ObjectionInput = {
  /** Whether it holds also when the glass is broken. */
  absolute?: Scalars['Boolean']['input'];
  /** The organisation (ODS code) whose staff shall not see it. */
  organisation?: InputMaybe<Scalars['String']['input']>;
  /** Why, in the person's or the recorder's words. */
  reason: Scalars['String']['input'];
  /** The section, by field name of Patient. */
  section?: InputMaybe<Scalars['String']['input']>;
  /** The system whose data is not to be shown. */
  source?: InputMaybe<Scalars['String']['input']>;
};

/** Observations: a vital sign, score, assessment or other finding. */
export type Observation = Entry & {
  /** Why there is no value. */
  absent?: Maybe<Concept>;
  /** The professional who performed, recorded or asserted it. */
  author?: Maybe<Actor>;
  /** vital-signs, survey, social-history … */
  category?: Maybe<Concept>;
  /** What the statement is about, as the source coded and worded it. */
  code?: Maybe<Concept>;
  /** The parts, such as systolic and diastolic pressure. */
  components?: Maybe<Array<Measurement>>;
  /** When it is clinically about: onset, start or event. */
  date?: Maybe<Scalars['Date']['output']>;
  /** Opaque id of this statement; stable for the same statement of the same source. */
  id?: Maybe<Scalars['ID']['output']>;
  /** The source's flag, such as H or L. */
  interpretation?: Maybe<Array<Concept>>;
  /** The source's security labels, such as restricted. */
  labels?: Maybe<Array<Coding>>;
  /** The source's free text, unaltered. */
  note?: Maybe<Scalars['String']['output']>;
  /** Where the statement came from. */
  provenance?: Maybe<Provenance>;
  /** What is held to be usual. */
  ranges?: Maybe<Array<ReferenceRange>>;
  /** When it was written down at the source. */
  recorded?: Maybe<Scalars['Date']['output']>;
  /** preliminary, final, amended … */
  status?: Maybe<Scalars['String']['output']>;
  /** What was found. */
  value?: Maybe<Value>;
};

/** Observations: a section is entries and outcomes, never just a list. */
export type ObservationSection = Section & {
  /** The statements you may see, newest first; those without a date come last. Null or empty if there are none to show: `verdict` says what that means. */
  entries?: Maybe<Array<Observation>>;
  /** The UK Core heading code of the section. */
  heading: Scalars['String']['output'];
  /** The outcomes that keep the section from being complete. */
  missing: Array<Outcome>;
  /** What every source answered, one row each. */
  outcomes: Array<Outcome>;
  /** The heading as the PRSB standard words it. */
  title: Scalars['String']['output'];
  /** How many statements you may see, before any limit you asked for. */
  total: Scalars['Int']['output'];
  /** What a reader may conclude from all outcomes together. */
  verdict: Verdict;
  /** Names of fields that policy holds back in every entry; they read as null. */
  withheldFields: Array<Scalars['String']['output']>;
};

/** A session that is open. */
export type OpenSession = {
  /** The network address where it began. */
  address?: Maybe<Scalars['String']['output']>;
  /** When it began. */
  created?: Maybe<Scalars['Instant']['output']>;
  /** Whether it is this one. */
  current: Scalars['Boolean']['output'];
  /** What it began on. */
  device?: Maybe<Scalars['String']['output']>;
  /** Its public id, which opens nothing. */
  id: Scalars['ID']['output'];
  /** When it was last used, to a minute. */
  lastSeen?: Maybe<Scalars['Instant']['output']>;
  /** Whether it is locked until the user confirms who they are. */
  locked: Scalars['Boolean']['output'];
  /** The id of the login by which it began. */
  login?: Maybe<Scalars['String']['output']>;
  /** The user's name. */
  name?: Maybe<Scalars['String']['output']>;
  /** For whom they act. */
  organisation?: Maybe<Organisation>;
  /** The role they act in; null until they have chosen one. */
  role?: Maybe<Scalars['String']['output']>;
};

/** A page of open sessions. */
export type OpenSessions = {
  /** The sessions. */
  items: Array<OpenSession>;
  /** The cursor of the next page; null at the end. */
  next?: Maybe<Scalars['String']['output']>;
};

/** A health or care organisation. */
export type Organisation = {
  /** Its name as it was at the time. */
  name?: Maybe<Scalars['String']['output']>;
  /** Its ODS code. */
  ods?: Maybe<Scalars['String']['output']>;
};

/** How many entries an organisation recorded. */
export type OrganisationCount = {
  /** How many entries. */
  count: Scalars['Int']['output'];
  /** The organisation. */
  organisation: Organisation;
};

/** A source, as named beside what it holds. */
export type Origin = {
  /** gp, acute, mental-health, community, social-care … */
  careSetting?: Maybe<Scalars['String']['output']>;
  /** The source's id. */
  id?: Maybe<Scalars['ID']['output']>;
  /** The connector type, such as fhirr4. */
  kind?: Maybe<Scalars['String']['output']>;
  /** What people call the system. */
  name?: Maybe<Scalars['String']['output']>;
  /** The organisation that runs it. */
  organisation?: Maybe<Organisation>;
};

/** What one source answered for one section of one person. */
export type Outcome = {
  /** How old its data is, in seconds. */
  ageSeconds?: Maybe<Scalars['Int']['output']>;
  /** When its data was true. */
  asOf?: Maybe<Scalars['Instant']['output']>;
  /** Statements that there are none, such as no known allergies. */
  asserted?: Maybe<Array<Assertion>>;
  /** Machine-readable reason. */
  code?: Maybe<Scalars['String']['output']>;
  /** How many statements it gave that you may see. */
  count: Scalars['Int']['output'];
  /** One plain sentence, where the status needs one. */
  reason?: Maybe<Scalars['String']['output']>;
  /** Since when the source has not been answering. */
  since?: Maybe<Scalars['Instant']['output']>;
  /** The source that was asked. */
  source?: Maybe<Origin>;
  /** Its answer's place in the completeness contract. */
  status: Status;
  /** How long it took, or has been waited for, in milliseconds. */
  tookMilliseconds: Scalars['Int']['output'];
};

/** Where a page stands in a connection. */
export type PageInfo = {
  /** Cursor of the last edge. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether there are more after this page. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether there are more before this page. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first edge. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** One pasted number. */
export type PastedNumber = {
  /** The number, in the text's order. */
  nhsNumber: Scalars['NHSNumber']['output'];
  /** The person. */
  patient?: Maybe<Patient>;
  /** PATIENT_NOT_FOUND or LOOKUP_INCOMPLETE where there is no person. */
  problem?: Maybe<Scalars['String']['output']>;
};

/** What a pasted text was understood as. */
export type PastedNumbers = {
  /** How many numbers there were beyond those that were looked up. */
  beyond: Scalars['Int']['output'];
  /** Every number of the text that is one, once, in the text's order. */
  numbers: Array<PastedNumber>;
  /** Pieces of the text that look like numbers and are none, with why; at most 50. */
  problems: Array<PastedProblem>;
};

/** A piece of pasted text that is no NHS number. */
export type PastedProblem = {
  /** The line it stands in, from 1. */
  line: Scalars['Int']['output'];
  /** Why it is none, in one plain sentence. */
  reason: Scalars['String']['output'];
};

/**
 * One person across the patchwork of systems. Each section is read live from every system that knows the person,
 * and never fails as a whole: what a source could not say is in the section's outcomes.
 */
export type Patient = {
  /** About me. `first`: at most so many entries, newest first; `total` says how many there are. */
  aboutMe: AboutMeSection;
  /** What stands between you and this person: your relationships, a broken glass, the person's objections. */
  access: Access;
  /** Admission details. `first`: at most so many entries, newest first; `total` says how many there are. */
  admissions: AdmissionSection;
  /** Alerts. `first`: at most so many entries, newest first; `total` says how many there are. */
  alerts: AlertSection;
  /** Allergies and adverse reactions. `first`: at most so many entries, newest first; `total` says how many there are. */
  allergies: AllergySection;
  /** Future appointments. `first`: at most so many entries, newest first; `total` says how many there are. */
  appointments: AppointmentSection;
  /** The date of birth on which the systems' records were linked. */
  birthDate?: Maybe<Scalars['Date']['output']>;
  /** Care and support plans. `first`: at most so many entries, newest first; `total` says how many there are. */
  carePlans: CarePlanSection;
  /**
   * Where the systems that know this person state other demographics than each other, read live. Empty if all of them
   * answered and agree; null while that cannot be said: because one has not answered, or you may not see it.
   */
  conflicts?: Maybe<Array<DemographicConflict>>;
  /** Consent and information sharing. `first`: at most so many entries, newest first; `total` says how many there are. */
  consents: ConsentSection;
  /** Contacts with professionals. `first`: at most so many entries, newest first; `total` says how many there are. */
  contacts: ContactSection;
  /** Person demographics. `first`: at most so many entries, newest first; `total` says how many there are. */
  demographics: DemographicsSection;
  /** Discharge details. `first`: at most so many entries, newest first; `total` says how many there are. */
  discharges: DischargeSection;
  /** Documents. `first`: at most so many entries, newest first; `total` says how many there are. */
  documents: DocumentSection;
  /** End of life and emergency care decisions. `first`: at most so many entries, newest first; `total` says how many there are. */
  endOfLife: EndOfLifeSection;
  /** Opaque id, stable for this person here. It is not the NHS number and may stand in a URL. */
  id: Scalars['ID']['output'];
  /** Medications and medical devices. `first`: at most so many entries, newest first; `total` says how many there are. */
  medications: MedicationSection;
  /** The current NHS number. */
  nhsNumber?: Maybe<Scalars['NHSNumber']['output']>;
  /** Observations. `first`: at most so many entries, newest first; `total` says how many there are. `code`: only entries, or parts of entries, with this code (`code` or `system|code`). */
  observations: ObservationSection;
  /** The demographics to show first: those of the first system, in the region's order, that answered. */
  person?: Maybe<Person>;
  /** Personal contacts. `first`: at most so many entries, newest first; `total` says how many there are. */
  personalContacts: PersonalContactSection;
  /** GP practice. `first`: at most so many entries, newest first; `total` says how many there are. */
  practice: PracticeSection;
  /** Problem list. `first`: at most so many entries, newest first; `total` says how many there are. */
  problems: ProblemSection;
  /** Procedures and therapies. `first`: at most so many entries, newest first; `total` says how many there are. */
  procedures: ProcedureSection;
  /** Professional contacts. `first`: at most so many entries, newest first; `total` says how many there are. */
  professionalContacts: ProfessionalContactSection;
  /** Which systems know this person, and how sure the link is. */
  registrations: Array<Registration>;
  /** Investigation results. `first`: at most so many entries, newest first; `total` says how many there are. `code`: only entries, or parts of entries, with this code (`code` or `system|code`). */
  results: ResultSection;
  /**
   * Every dated entry of the chosen sections in one line of time, newest first. All filters hold together. They look only at
   * what you may see: an entry whose author is withheld is not found by its author, and `missing` says that it could not be.
   */
  timeline: Timeline;
  /** Vaccinations. `first`: at most so many entries, newest first; `total` says how many there are. */
  vaccinations: VaccinationSection;
};


/**
 * One person across the patchwork of systems. Each section is read live from every system that knows the person,
 * and never fails as a whole: what a source could not say is in the section's outcomes.
 */
export type PatientAboutMeArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * One person across the patchwork of systems. Each section is read live from every system that knows the person,
 * and never fails as a whole: what a source could not say is in the section's outcomes.
 */
export type PatientAdmissionsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * One person across the patchwork of systems. Each section is read live from every system that knows the person,
 * and never fails as a whole: what a source could not say is in the section's outcomes.
 */
export type PatientAlertsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * One person across the patchwork of systems. Each section is read live from every system that knows the person,
 * and never fails as a whole: what a source could not say is in the section's outcomes.
 */
export type PatientAllergiesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * One person across the patchwork of systems. Each section is read live from every system that knows the person,
 * and never fails as a whole: what a source could not say is in the section's outcomes.
 */
export type PatientAppointmentsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * One person across the patchwork of systems. Each section is read live from every system that knows the person,
 * and never fails as a whole: what a source could not say is in the section's outcomes.
 */
export type PatientCarePlansArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * One person across the patchwork of systems. Each section is read live from every system that knows the person,
 * and never fails as a whole: what a source could not say is in the section's outcomes.
 */
export type PatientConsentsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * One person across the patchwork of systems. Each section is read live from every system that knows the person,
 * and never fails as a whole: what a source could not say is in the section's outcomes.
 */
export type PatientContactsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * One person across the patchwork of systems. Each section is read live from every system that knows the person,
 * and never fails as a whole: what a source could not say is in the section's outcomes.
 */
export type PatientDemographicsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * One person across the patchwork of systems. Each section is read live from every system that knows the person,
 * and never fails as a whole: what a source could not say is in the section's outcomes.
 */
export type PatientDischargesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * One person across the patchwork of systems. Each section is read live from every system that knows the person,
 * and never fails as a whole: what a source could not say is in the section's outcomes.
 */
export type PatientDocumentsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * One person across the patchwork of systems. Each section is read live from every system that knows the person,
 * and never fails as a whole: what a source could not say is in the section's outcomes.
 */
export type PatientEndOfLifeArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * One person across the patchwork of systems. Each section is read live from every system that knows the person,
 * and never fails as a whole: what a source could not say is in the section's outcomes.
 */
export type PatientMedicationsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * One person across the patchwork of systems. Each section is read live from every system that knows the person,
 * and never fails as a whole: what a source could not say is in the section's outcomes.
 */
export type PatientObservationsArgs = {
  code?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * One person across the patchwork of systems. Each section is read live from every system that knows the person,
 * and never fails as a whole: what a source could not say is in the section's outcomes.
 */
export type PatientPersonalContactsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * One person across the patchwork of systems. Each section is read live from every system that knows the person,
 * and never fails as a whole: what a source could not say is in the section's outcomes.
 */
export type PatientPracticeArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * One person across the patchwork of systems. Each section is read live from every system that knows the person,
 * and never fails as a whole: what a source could not say is in the section's outcomes.
 */
export type PatientProblemsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * One person across the patchwork of systems. Each section is read live from every system that knows the person,
 * and never fails as a whole: what a source could not say is in the section's outcomes.
 */
export type PatientProceduresArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * One person across the patchwork of systems. Each section is read live from every system that knows the person,
 * and never fails as a whole: what a source could not say is in the section's outcomes.
 */
export type PatientProfessionalContactsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * One person across the patchwork of systems. Each section is read live from every system that knows the person,
 * and never fails as a whole: what a source could not say is in the section's outcomes.
 */
export type PatientResultsArgs = {
  code?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * One person across the patchwork of systems. Each section is read live from every system that knows the person,
 * and never fails as a whole: what a source could not say is in the section's outcomes.
 */
export type PatientTimelineArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  from?: InputMaybe<Scalars['Date']['input']>;
  organisations?: InputMaybe<Array<Scalars['String']['input']>>;
  recordedSince?: InputMaybe<Scalars['Date']['input']>;
  sections?: InputMaybe<Array<Scalars['String']['input']>>;
  skip?: InputMaybe<Scalars['Int']['input']>;
  sources?: InputMaybe<Array<Scalars['ID']['input']>>;
  text?: InputMaybe<Scalars['String']['input']>;
  to?: InputMaybe<Scalars['Date']['input']>;
  undated?: InputMaybe<Scalars['Boolean']['input']>;
  without?: InputMaybe<Array<TimelineMark>>;
};


/**
 * One person across the patchwork of systems. Each section is read live from every system that knows the person,
 * and never fails as a whole: what a source could not say is in the section's outcomes.
 */
export type PatientVaccinationsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A person found; only what is needed to tell people apart. */
export type PatientHit = {
  /** The date of birth. */
  birthDate?: Maybe<Scalars['Date']['output']>;
  /** Administrative gender. */
  gender?: Maybe<Scalars['String']['output']>;
  /** Patchwork's own id, by which they can be opened; null if they have to be looked up by NHS number first. */
  id?: Maybe<Scalars['ID']['output']>;
  /** How well they fit what was asked for. */
  match: HitMatch;
  /** The name. */
  name?: Maybe<HumanName>;
  /** The NHS number. */
  nhsNumber?: Maybe<Scalars['NHSNumber']['output']>;
  /** The postcode. */
  postcode?: Maybe<Scalars['String']['output']>;
  /** The systems that know the person. */
  sources: Array<Origin>;
};

/** A list of patients that people keep together. It has no notes by design: what is to be said of a person belongs into their record. */
export type PatientList = {
  /** When it was put away. */
  archived?: Maybe<Scalars['Instant']['output']>;
  /** When it was last changed. */
  changed?: Maybe<Scalars['Instant']['output']>;
  /** Who changed it last. */
  changedBy?: Maybe<Scalars['String']['output']>;
  /** What it shows of each person, in order. */
  columns: Array<ListColumn>;
  /** When it was made. */
  created?: Maybe<Scalars['Instant']['output']>;
  /** What it is for. */
  description?: Maybe<Scalars['String']['output']>;
  /** Its changes, newest first; only for those who may edit. At most 100 a page; `after` is the version to go on after. */
  history?: Maybe<Array<ListChange>>;
  /** Its id. */
  id: Scalars['ID']['output'];
  /** What you may do with it. */
  may: ListPermission;
  /** How many people came since you last looked; 0 where nothing is counted. */
  news: Scalars['Int']['output'];
  /** Whose it is. */
  owner: ListUser;
  /**
   * The people, in the list's order, at most 50 in one operation. Those whom policy hides are counted in `hidden`, or are
   * not there at all, as policy says.
   */
  people: ListPeople;
  /** For a team list: where its people come from. */
  roster?: Maybe<Roster>;
  /** With whom it is shared; only for those who may edit. */
  shares?: Maybe<Array<ListShare>>;
  /**
   * How many people are on it, those you may not see too. Null for a team list, whose people are counted by reading them;
   * and where policy may hide somebody from you so that they are not even counted: then nothing is counted.
   */
  size?: Maybe<Scalars['Int']['output']>;
  /** What it is called. */
  title: Scalars['String']['output'];
  /** It grows with every change. */
  version: Scalars['Int']['output'];
};


/** A list of patients that people keep together. It has no notes by design: what is to be said of a person belongs into their record. */
export type PatientListHistoryArgs = {
  after?: InputMaybe<Scalars['Int']['input']>;
  first?: Scalars['Int']['input'];
};


/** A list of patients that people keep together. It has no notes by design: what is to be said of a person belongs into their record. */
export type PatientListPeopleArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  wait?: InputMaybe<Scalars['Int']['input']>;
};

/** One number of a list and the person it led to. */
export type PatientLookup = {
  /** The number asked for. */
  nhsNumber: Scalars['NHSNumber']['output'];
  /** The person. */
  patient?: Maybe<Patient>;
  /** PATIENT_NOT_FOUND or LOOKUP_INCOMPLETE where there is no person. */
  problem?: Maybe<Scalars['String']['output']>;
};

/** What a search found, and which systems did not answer. */
export type PatientSearch = {
  /** The people found, best first. */
  hits: Array<PatientHit>;
  /** Whether there were more than can be shown; narrow the search. */
  more: Scalars['Boolean']['output'];
  /** What every system answered: people known only to one that did not are missing. */
  outcomes: Array<Outcome>;
  /** Nobody fits exactly; these are similar. */
  similar: Scalars['Boolean']['output'];
};

/** A stretch of time; no end means still going on, or not known. */
export type Period = {
  /** When it ended. */
  end?: Maybe<Scalars['Date']['output']>;
  /** When it began. */
  start?: Maybe<Scalars['Date']['output']>;
};

/** Person demographics: PRSB CIS Person demographics. */
export type Person = Entry & {
  /** Postal addresses. */
  addresses?: Maybe<Array<Address>>;
  /** The professional who performed, recorded or asserted it. */
  author?: Maybe<Actor>;
  /** Date of birth, as exact as the source knows it. */
  birthDate?: Maybe<Scalars['Date']['output']>;
  /** What the statement is about, as the source coded and worded it. */
  code?: Maybe<Concept>;
  /** When it is clinically about: onset, start or event. */
  date?: Maybe<Scalars['Date']['output']>;
  /** Whether the source says that the person has died. */
  deceased?: Maybe<Scalars['Boolean']['output']>;
  /** Date of death. */
  deceasedDate?: Maybe<Scalars['Date']['output']>;
  /** Ethnic category. */
  ethnicity?: Maybe<Concept>;
  /** Superseded NHS numbers that the source still lists. */
  formerNHSNumbers?: Maybe<Array<Scalars['NHSNumber']['output']>>;
  /** Administrative gender: male, female, other or unknown. */
  gender?: Maybe<Scalars['String']['output']>;
  /** Opaque id of this statement; stable for the same statement of the same source. */
  id?: Maybe<Scalars['ID']['output']>;
  /** Numbers by which organisations know the person. */
  identifiers?: Maybe<Array<Identifier>>;
  /** The source's security labels, such as restricted. */
  labels?: Maybe<Array<Coding>>;
  /** Preferred language. */
  language?: Maybe<Concept>;
  /** Marital status. */
  maritalStatus?: Maybe<Concept>;
  /** The person's name in this source. */
  name?: Maybe<HumanName>;
  /** The NHS number that this source holds. */
  nhsNumber?: Maybe<Scalars['NHSNumber']['output']>;
  /** How far the source says the number was checked. */
  nhsNumberStatus?: Maybe<NumberStatus>;
  /** The source's free text, unaltered. */
  note?: Maybe<Scalars['String']['output']>;
  /** Former and alternative names. */
  otherNames?: Maybe<Array<HumanName>>;
  /** Where the statement came from. */
  provenance?: Maybe<Provenance>;
  /** When it was written down at the source. */
  recorded?: Maybe<Scalars['Date']['output']>;
  /** Telephone numbers and e-mail addresses. */
  telecoms?: Maybe<Array<Telecom>>;
};

/** Personal contacts: a relative, carer or other person who matters; code is the relationship. */
export type PersonalContact = Entry & {
  /** Where they live. */
  address?: Maybe<Address>;
  /** The professional who performed, recorded or asserted it. */
  author?: Maybe<Actor>;
  /** What the statement is about, as the source coded and worded it. */
  code?: Maybe<Concept>;
  /** When it is clinically about: onset, start or event. */
  date?: Maybe<Scalars['Date']['output']>;
  /** Opaque id of this statement; stable for the same statement of the same source. */
  id?: Maybe<Scalars['ID']['output']>;
  /** The source's security labels, such as restricted. */
  labels?: Maybe<Array<Coding>>;
  /** Their name. */
  name?: Maybe<HumanName>;
  /** The source's free text, unaltered. */
  note?: Maybe<Scalars['String']['output']>;
  /** When the relationship holds. */
  period?: Maybe<Period>;
  /** Where the statement came from. */
  provenance?: Maybe<Provenance>;
  /** When it was written down at the source. */
  recorded?: Maybe<Scalars['Date']['output']>;
  /** How to reach them. */
  telecoms?: Maybe<Array<Telecom>>;
};

/** Personal contacts: a section is entries and outcomes, never just a list. */
export type PersonalContactSection = Section & {
  /** The statements you may see, newest first; those without a date come last. Null or empty if there are none to show: `verdict` says what that means. */
  entries?: Maybe<Array<PersonalContact>>;
  /** The UK Core heading code of the section. */
  heading: Scalars['String']['output'];
  /** The outcomes that keep the section from being complete. */
  missing: Array<Outcome>;
  /** What every source answered, one row each. */
  outcomes: Array<Outcome>;
  /** The heading as the PRSB standard words it. */
  title: Scalars['String']['output'];
  /** How many statements you may see, before any limit you asked for. */
  total: Scalars['Int']['output'];
  /** What a reader may conclude from all outcomes together. */
  verdict: Verdict;
  /** Names of fields that policy holds back in every entry; they read as null. */
  withheldFields: Array<Scalars['String']['output']>;
};

/** Something that a plan says to do, or not to do. */
export type PlanActivity = {
  /** What the plan says of it, in words. */
  detail?: Maybe<Scalars['String']['output']>;
  /** True where the plan says that it is not to be done. */
  doNotPerform: Scalars['Boolean']['output'];
  /** The source's word: not-started, scheduled, in-progress … */
  status?: Maybe<Scalars['String']['output']>;
  /** The activity as the source coded or worded it. */
  what?: Maybe<Concept>;
  /** Who is to do it. */
  who?: Maybe<Actor>;
};

/** What a plan is to achieve. */
export type PlanGoal = {
  /** The goal as the source coded or worded it. */
  description?: Maybe<Concept>;
  /** By when. */
  due?: Maybe<Scalars['Date']['output']>;
  /** The source's word: proposed, active, completed … */
  status?: Maybe<Scalars['String']['output']>;
};

/** One policy. What no policy allows is refused; a deny that applies always wins. */
export type Policy = {
  /** read, search, list, share, export, launch, audit, administer. */
  actions: Array<Scalars['String']['output']>;
  /** What it is for, in plain words. */
  description?: Maybe<Scalars['String']['output']>;
  /** allow or deny. */
  effect: Scalars['String']['output'];
  /** Its id. */
  id: Scalars['String']['output'];
  /** The Ladon document of the policy, as JSON. */
  ladon: Scalars['String']['output'];
  /** For a deny: disclose (say that something is withheld) or conceal (as if it did not exist). */
  mode?: Maybe<Scalars['String']['output']>;
  /** The organisations (ODS codes) it speaks of; none means all. */
  organisations: Array<Scalars['String']['output']>;
  /** Sections (`record:allergies`), fields (`record:allergies:reactions`), or with `:*` everything under it. */
  resources: Array<Scalars['String']['output']>;
  /** The roles it speaks of. */
  roles: Array<Scalars['String']['output']>;
  /** Conditions: all must hold. */
  when: Array<Condition>;
};

/** A policy to write. */
export type PolicyInput = {
  /** What is done. */
  actions: Array<Scalars['String']['input']>;
  /** What it is for, in plain words. */
  description: Scalars['String']['input'];
  /** allow or deny. */
  effect: Scalars['String']['input'];
  /** Its id: lower-case words with hyphens. */
  id: Scalars['String']['input'];
  /** For a deny: disclose (default) or conceal. */
  mode?: InputMaybe<Scalars['String']['input']>;
  /** The organisations (ODS codes) it speaks of; none means all. */
  organisations?: InputMaybe<Array<Scalars['String']['input']>>;
  /** What it is done to. */
  resources: Array<Scalars['String']['input']>;
  /** The roles it speaks of. */
  roles: Array<Scalars['String']['input']>;
  /** Conditions: all must hold. */
  when?: InputMaybe<Array<ConditionInput>>;
};

/** The policies of one version. */
export type PolicySet = {
  /** When it took effect. */
  at?: Maybe<Scalars['Instant']['output']>;
  /** Who changed it. */
  by?: Maybe<Scalars['String']['output']>;
  /** The policies, by id. */
  policies: Array<Policy>;
  /** Why. */
  reason?: Maybe<Scalars['String']['output']>;
  /** Counts up from 1. */
  version: Scalars['Int']['output'];
};

/** How one policy stands to the question. */
export type PolicyVerdict = {
  /** Whether it applies: all its conditions hold. */
  applies: Scalars['Boolean']['output'];
  /** What it is for. */
  description?: Maybe<Scalars['String']['output']>;
  /** allow or deny. */
  effect: Scalars['String']['output'];
  /** The policy's id. */
  id: Scalars['String']['output'];
  /** The conditions that do not hold, in words. */
  unmet: Array<Scalars['String']['output']>;
};

/** One version of the policies. */
export type PolicyVersion = {
  /** When it took effect. */
  at?: Maybe<Scalars['Instant']['output']>;
  /** Who changed it. */
  by?: Maybe<Scalars['String']['output']>;
  /** Why. */
  reason?: Maybe<Scalars['String']['output']>;
  /** Counts up from 1. */
  version: Scalars['Int']['output'];
};

/** GP practice: the GP practice a person is registered with. */
export type Practice = Entry & {
  /** Where the practice is. */
  address?: Maybe<Address>;
  /** The professional who performed, recorded or asserted it. */
  author?: Maybe<Actor>;
  /** What the statement is about, as the source coded and worded it. */
  code?: Maybe<Concept>;
  /** When it is clinically about: onset, start or event. */
  date?: Maybe<Scalars['Date']['output']>;
  /** The usual general practitioner. */
  gp?: Maybe<Scalars['String']['output']>;
  /** Opaque id of this statement; stable for the same statement of the same source. */
  id?: Maybe<Scalars['ID']['output']>;
  /** The source's security labels, such as restricted. */
  labels?: Maybe<Array<Coding>>;
  /** The source's free text, unaltered. */
  note?: Maybe<Scalars['String']['output']>;
  /** The practice. */
  organisation?: Maybe<Organisation>;
  /** Since when, and until when, the person is registered. */
  period?: Maybe<Period>;
  /** Where the statement came from. */
  provenance?: Maybe<Provenance>;
  /** When it was written down at the source. */
  recorded?: Maybe<Scalars['Date']['output']>;
  /** How to reach the practice. */
  telecoms?: Maybe<Array<Telecom>>;
};

/** GP practice: a section is entries and outcomes, never just a list. */
export type PracticeSection = Section & {
  /** The statements you may see, newest first; those without a date come last. Null or empty if there are none to show: `verdict` says what that means. */
  entries?: Maybe<Array<Practice>>;
  /** The UK Core heading code of the section. */
  heading: Scalars['String']['output'];
  /** The outcomes that keep the section from being complete. */
  missing: Array<Outcome>;
  /** What every source answered, one row each. */
  outcomes: Array<Outcome>;
  /** The heading as the PRSB standard words it. */
  title: Scalars['String']['output'];
  /** How many statements you may see, before any limit you asked for. */
  total: Scalars['Int']['output'];
  /** What a reader may conclude from all outcomes together. */
  verdict: Verdict;
  /** Names of fields that policy holds back in every entry; they read as null. */
  withheldFields: Array<Scalars['String']['output']>;
};

/** Problem list: a condition, diagnosis or issue. */
export type Problem = Entry & {
  /** The professional who performed, recorded or asserted it. */
  author?: Maybe<Actor>;
  /** Where in the body. */
  bodySite?: Maybe<Concept>;
  /** Problem list item, encounter diagnosis … */
  category?: Maybe<Concept>;
  /** active, recurrence, relapse, inactive, remission or resolved. */
  clinicalStatus?: Maybe<Scalars['String']['output']>;
  /** What the statement is about, as the source coded and worded it. */
  code?: Maybe<Concept>;
  /** When it is clinically about: onset, start or event. */
  date?: Maybe<Scalars['Date']['output']>;
  /** When it stopped. */
  ended?: Maybe<Scalars['Date']['output']>;
  /** Opaque id of this statement; stable for the same statement of the same source. */
  id?: Maybe<Scalars['ID']['output']>;
  /** The source's security labels, such as restricted. */
  labels?: Maybe<Array<Coding>>;
  /** The source's free text, unaltered. */
  note?: Maybe<Scalars['String']['output']>;
  /** Where the statement came from. */
  provenance?: Maybe<Provenance>;
  /** When it was written down at the source. */
  recorded?: Maybe<Scalars['Date']['output']>;
  /** How severe it is. */
  severity?: Maybe<Concept>;
  /** major or minor. */
  significance?: Maybe<Scalars['String']['output']>;
  /** confirmed, provisional, differential or refuted. */
  verification?: Maybe<Scalars['String']['output']>;
};

/** Problem list: a section is entries and outcomes, never just a list. */
export type ProblemSection = Section & {
  /** The statements you may see, newest first; those without a date come last. Null or empty if there are none to show: `verdict` says what that means. */
  entries?: Maybe<Array<Problem>>;
  /** The UK Core heading code of the section. */
  heading: Scalars['String']['output'];
  /** The outcomes that keep the section from being complete. */
  missing: Array<Outcome>;
  /** What every source answered, one row each. */
  outcomes: Array<Outcome>;
  /** The heading as the PRSB standard words it. */
  title: Scalars['String']['output'];
  /** How many statements you may see, before any limit you asked for. */
  total: Scalars['Int']['output'];
  /** What a reader may conclude from all outcomes together. */
  verdict: Verdict;
  /** Names of fields that policy holds back in every entry; they read as null. */
  withheldFields: Array<Scalars['String']['output']>;
};

/** Procedures and therapies: something done to or for the person. */
export type Procedure = Entry & {
  /** The professional who performed, recorded or asserted it. */
  author?: Maybe<Actor>;
  /** Where in the body. */
  bodySite?: Maybe<Concept>;
  /** What the statement is about, as the source coded and worded it. */
  code?: Maybe<Concept>;
  /** When it is clinically about: onset, start or event. */
  date?: Maybe<Scalars['Date']['output']>;
  /** Opaque id of this statement; stable for the same statement of the same source. */
  id?: Maybe<Scalars['ID']['output']>;
  /** The source's security labels, such as restricted. */
  labels?: Maybe<Array<Coding>>;
  /** Where it was done. */
  location?: Maybe<Scalars['String']['output']>;
  /** The source's free text, unaltered. */
  note?: Maybe<Scalars['String']['output']>;
  /** How it went. */
  outcome?: Maybe<Concept>;
  /** When it was done. */
  performed?: Maybe<Period>;
  /** Where the statement came from. */
  provenance?: Maybe<Provenance>;
  /** Why. */
  reason?: Maybe<Concept>;
  /** When it was written down at the source. */
  recorded?: Maybe<Scalars['Date']['output']>;
  /** preparation, in-progress, completed, not-done … */
  status?: Maybe<Scalars['String']['output']>;
};

/** Procedures and therapies: a section is entries and outcomes, never just a list. */
export type ProcedureSection = Section & {
  /** The statements you may see, newest first; those without a date come last. Null or empty if there are none to show: `verdict` says what that means. */
  entries?: Maybe<Array<Procedure>>;
  /** The UK Core heading code of the section. */
  heading: Scalars['String']['output'];
  /** The outcomes that keep the section from being complete. */
  missing: Array<Outcome>;
  /** What every source answered, one row each. */
  outcomes: Array<Outcome>;
  /** The heading as the PRSB standard words it. */
  title: Scalars['String']['output'];
  /** How many statements you may see, before any limit you asked for. */
  total: Scalars['Int']['output'];
  /** What a reader may conclude from all outcomes together. */
  verdict: Verdict;
  /** Names of fields that policy holds back in every entry; they read as null. */
  withheldFields: Array<Scalars['String']['output']>;
};

/** Professional contacts: a professional or team involved in care; code is the role. */
export type ProfessionalContact = Entry & {
  /** The professional who performed, recorded or asserted it. */
  author?: Maybe<Actor>;
  /** What the statement is about, as the source coded and worded it. */
  code?: Maybe<Concept>;
  /** When it is clinically about: onset, start or event. */
  date?: Maybe<Scalars['Date']['output']>;
  /** Opaque id of this statement; stable for the same statement of the same source. */
  id?: Maybe<Scalars['ID']['output']>;
  /** The source's security labels, such as restricted. */
  labels?: Maybe<Array<Coding>>;
  /** The professional's name. */
  name?: Maybe<Scalars['String']['output']>;
  /** The source's free text, unaltered. */
  note?: Maybe<Scalars['String']['output']>;
  /** Whom they work for. */
  organisation?: Maybe<Organisation>;
  /** When they are or were involved. */
  period?: Maybe<Period>;
  /** Where the statement came from. */
  provenance?: Maybe<Provenance>;
  /** When it was written down at the source. */
  recorded?: Maybe<Scalars['Date']['output']>;
  /** Their team. */
  team?: Maybe<Scalars['String']['output']>;
  /** How to reach them. */
  telecoms?: Maybe<Array<Telecom>>;
};

/** Professional contacts: a section is entries and outcomes, never just a list. */
export type ProfessionalContactSection = Section & {
  /** The statements you may see, newest first; those without a date come last. Null or empty if there are none to show: `verdict` says what that means. */
  entries?: Maybe<Array<ProfessionalContact>>;
  /** The UK Core heading code of the section. */
  heading: Scalars['String']['output'];
  /** The outcomes that keep the section from being complete. */
  missing: Array<Outcome>;
  /** What every source answered, one row each. */
  outcomes: Array<Outcome>;
  /** The heading as the PRSB standard words it. */
  title: Scalars['String']['output'];
  /** How many statements you may see, before any limit you asked for. */
  total: Scalars['Int']['output'];
  /** What a reader may conclude from all outcomes together. */
  verdict: Verdict;
  /** Names of fields that policy holds back in every entry; they read as null. */
  withheldFields: Array<Scalars['String']['output']>;
};

/** A proposal's state. */
export type ProposalState =
  /** It is the person's. */
  | 'CONFIRMED'
  /** Somebody must decide. */
  | 'OPEN'
  /** It is not the person's. */
  | 'REFUSED'
  /** Nothing speaks for it any more, or it was linked otherwise. */
  | 'WITHDRAWN';

/** Where a statement came from. */
export type Provenance = {
  /** When it was true at the source: the time of reading for a live source, the extract's time for a nightly one. */
  asOf?: Maybe<Scalars['Instant']['output']>;
  /** Leads to the original for somebody who may open it there. */
  link?: Maybe<Scalars['String']['output']>;
  /** The source's own id of the statement. */
  localId?: Maybe<Scalars['String']['output']>;
  /** Who recorded it; the organisation that runs the source where the statement does not say. */
  organisation?: Maybe<Organisation>;
  /** When Patchwork read it. */
  retrieved?: Maybe<Scalars['Instant']['output']>;
  /** The system it was read from. */
  source?: Maybe<Origin>;
};

/** A measured amount. */
export type Quantity = {
  /** The unit's UCUM code. */
  code?: Maybe<Scalars['String']['output']>;
  /** <, <=, >= or >; null for exactly. */
  comparator?: Maybe<Scalars['String']['output']>;
  /** The unit to show. */
  unit?: Maybe<Scalars['String']['output']>;
  /** The number in the source's own digits, so that 7.10 stays 7.10. */
  value?: Maybe<Scalars['String']['output']>;
};

/**
 * Reading the shared care record. Every answer is decided by policy and recorded in the audit before it leaves.
 *
 * `wait` is how long to wait for slow sources, in milliseconds (default 800, at most 2000): what has answered by then
 * is returned, what has not is PENDING and will be there when you ask again.
 */
export type Query = {
  /** The reasons from which a relationship may be claimed or the glass broken. */
  accessReasons: AccessReasons;
  /** Everybody who has an account, by name. */
  accounts?: Maybe<Accounts>;
  /**
   * Why something of a person is shown to you or withheld. `resource` names a section (`allergies`), or one of its
   * fields (`allergies.reactions`); `source` narrows it to one system, `label` to entries with a security label
   * (`restricted`, `very-restricted`, `sensitive`, `safeguarding`).
   */
  explain?: Maybe<Explanation>;
  /**
   * How long it took from choosing a person to the first rows of the record, as the users' own browsers measured it: for each
   * organisation and door in the last `days` (1 to 366, default 28), and all together in the row without either.
   */
  firstPaints?: Maybe<Array<FirstPaint>>;
  /** Which records were linked with a person, proposed, refused and unlinked: when, by whom and why; newest first. */
  linkHistory?: Maybe<Array<LinkEvent>>;
  /** Records of which somebody must say whose they are, newest first. `first`: at most 20 a page; `after` is the cursor to go on after. */
  linkProposals?: Maybe<LinkProposals>;
  /** One list. Null with the error code LIST_NOT_FOUND if there is none that you may read. */
  list?: Maybe<PatientList>;
  /** The lists that you have: your own, and those that are shared with you; by title. `archived`: those that were put away instead. */
  lists: Array<PatientList>;
  /** The ways of signing in, in the configuration's order; Patchwork's own accounts are the login `local`, last. */
  logins?: Maybe<Array<Login>>;
  /** Who you are, as policy and audit see you. */
  me: Me;
  /** The person's objections, those that were withdrawn too. */
  objections: Array<Objection>;
  /** The organisations whose people may sign in, or run a system, by name. */
  organisations?: Maybe<Array<AccessOrganisation>>;
  /** A person by Patchwork's own id. Null with the error code PATIENT_NOT_FOUND if there is none that you may open. */
  patient?: Maybe<Patient>;
  /**
   * A person by NHS number, looked for in every system. Null with the error code PATIENT_NOT_FOUND if every system
   * answered and none knows the number, or LOOKUP_INCOMPLETE if some did not answer.
   */
  patientByNHSNumber?: Maybe<Patient>;
  /** Up to 50 people by NHS number, in the order asked: for lists. A number that nobody knows has a problem instead of a patient. */
  patientsByNHSNumber: Array<PatientLookup>;
  /** The policies in force, or those of an earlier version. */
  policies?: Maybe<PolicySet>;
  /** The versions of the policies, newest first; at most 100 a page. `after` is the version to go on after. */
  policyVersions: Array<PolicyVersion>;
  /**
   * The people whom you opened last, newest first, at most 50. Each is decided as if opened by itself: who may not be
   * opened any more is not there. Patchwork keeps their ids and the times, and forgets them after some weeks.
   */
  recentPatients: Array<RecentPatient>;
  /** The review queue of your organisation, newest first. */
  reviews?: Maybe<Reviews>;
  /** The roles. */
  roles?: Maybe<Array<AccessRole>>;
  /** Wards, clinics and caseloads that the systems offer as team lists. */
  rosters?: Maybe<Rosters>;
  /**
   * People, asked of every system that can search, by exactly one of: the NHS number; the family name with the date of
   * birth, narrowed by given name, postcode and gender; a local number, such as a hospital number, with its organisation
   * (an ODS code, or the id of a system). Names are compared without regard to case, accents, apostrophes and hyphens.
   * Only where nobody anywhere fits exactly, people with a similar name who were born on that day, or on it with day and
   * month exchanged, are given instead. At most 50. SEARCH_LIMITED, with `retryAfterSeconds`, is the error code of who
   * searches too often.
   */
  searchPatients: PatientSearch;
  /** The sessions that are open, newest first. */
  sessions?: Maybe<OpenSessions>;
  /** Whom a list may be shared with: people, teams, and roles, of an organisation (by default your own). `text` has at least two letters. */
  shareTargets: Array<ShareTarget>;
  /** One of them; null if there is none of this id. */
  smartClient?: Maybe<SmartClient>;
  /** The apps, services and electronic patient records that are registered, newest first. */
  smartClients?: Maybe<Array<SmartClient>>;
  /** What scopes let an app do, in plain words; what this server does not know has none. */
  smartScopes?: Maybe<Array<SmartScope>>;
  /**
   * In which stage of its life every system is: for each in the configuration's order what holds for all sections and readers,
   * then the rules that go before it.
   */
  sourceStages?: Maybe<Array<SourceStage>>;
  /** Every system in the configuration's order, and how it was last switched. */
  sourceSwitches?: Maybe<Array<SourceSwitch>>;
  /** How the systems that are not live answered when they were tried, in the last four weeks, newest day first. */
  sourceTrials?: Maybe<Array<SourceTrial>>;
  /** The systems of the region, with their health. */
  sources: Array<Source>;
  /** Everything that is switched off, newest first. */
  switchedOff?: Maybe<Array<SwitchedOff>>;
  /**
   * How each system of the record is doing, in the configuration's order, for whoever works with the record. A system that is not
   * part of the record for the caller is not told of.
   */
  systemStatus: Array<SystemStatus>;
  /** The teams that you lead or belong to. */
  teams: Array<Team>;
  /**
   * What a pasted text is understood as, before anything is added: each NHS number in it, with whom it leads to, and
   * what could not be understood. At most 50 numbers are looked up at a time; a text with more says how many there were.
   */
  understandNumbers?: Maybe<PastedNumbers>;
  /**
   * How much the record is used: a row for each day, organisation, role and door on which somebody opened a person or searched, newest
   * day first. Of staff, and of no patient. `days` is how many days back, from 1 to 366; default 28.
   */
  usage?: Maybe<Array<UsageRow>>;
  /** One version of a view, its newest if no `version` is given. Null with the code VIEW_NOT_FOUND if there is none that you may see. */
  view?: Maybe<View>;
  /** The lists that a view can be run over: your own, and those that were shared with you. Nobody on them is shown. */
  viewCohorts?: Maybe<Array<ViewCohort>>;
  /** Everything that a column can show, by section: for a picker of columns. */
  viewFields?: Maybe<Array<ViewSection>>;
  /** What your repeated views have told you of, newest first, at most 100: how many rows, and of nobody. */
  viewNotices?: Maybe<ViewNotices>;
  /** One of your runs. */
  viewRun?: Maybe<ViewRun>;
  /** Your latest runs, of one view or of all; newest first. */
  viewRuns?: Maybe<Array<ViewRun>>;
  /**
   * Your views that are repeated, in the role and organisation that you act in; newest first. Asking for them lets those go on that paused
   * because you had not opened your views.
   */
  viewSchedules?: Maybe<Array<ViewSchedule>>;
  /** The order in which the summary shows its sections to you in your role: your own, or else the region's. */
  viewerLayout: ViewerLayout;
  /** The custom views that you may run, that you designed, and, if you approve, those to be approved; newest change first. */
  views?: Maybe<Array<View>>;
  /** The views that wait for approval or were decided on, for who approves. */
  viewsToApprove?: Maybe<Array<View>>;
  /** Who has looked at a person's record, newest first, in plain words. You see your own organisation's staff and patients. */
  whoHasLooked?: Maybe<Looks>;
};


/**
 * Reading the shared care record. Every answer is decided by policy and recorded in the audit before it leaves.
 *
 * `wait` is how long to wait for slow sources, in milliseconds (default 800, at most 2000): what has answered by then
 * is returned, what has not is PENDING and will be there when you ask again.
 */
export type QueryAccountsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  login?: InputMaybe<Scalars['String']['input']>;
  off?: InputMaybe<Scalars['Boolean']['input']>;
  organisation?: InputMaybe<Scalars['String']['input']>;
  role?: InputMaybe<Scalars['String']['input']>;
  search?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reading the shared care record. Every answer is decided by policy and recorded in the audit before it leaves.
 *
 * `wait` is how long to wait for slow sources, in milliseconds (default 800, at most 2000): what has answered by then
 * is returned, what has not is PENDING and will be there when you ask again.
 */
export type QueryExplainArgs = {
  label?: InputMaybe<Scalars['String']['input']>;
  patient: Scalars['ID']['input'];
  resource: Scalars['String']['input'];
  source?: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Reading the shared care record. Every answer is decided by policy and recorded in the audit before it leaves.
 *
 * `wait` is how long to wait for slow sources, in milliseconds (default 800, at most 2000): what has answered by then
 * is returned, what has not is PENDING and will be there when you ask again.
 */
export type QueryFirstPaintsArgs = {
  days?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Reading the shared care record. Every answer is decided by policy and recorded in the audit before it leaves.
 *
 * `wait` is how long to wait for slow sources, in milliseconds (default 800, at most 2000): what has answered by then
 * is returned, what has not is PENDING and will be there when you ask again.
 */
export type QueryLinkHistoryArgs = {
  patient: Scalars['ID']['input'];
};


/**
 * Reading the shared care record. Every answer is decided by policy and recorded in the audit before it leaves.
 *
 * `wait` is how long to wait for slow sources, in milliseconds (default 800, at most 2000): what has answered by then
 * is returned, what has not is PENDING and will be there when you ask again.
 */
export type QueryLinkProposalsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  state?: ProposalState;
};


/**
 * Reading the shared care record. Every answer is decided by policy and recorded in the audit before it leaves.
 *
 * `wait` is how long to wait for slow sources, in milliseconds (default 800, at most 2000): what has answered by then
 * is returned, what has not is PENDING and will be there when you ask again.
 */
export type QueryListArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Reading the shared care record. Every answer is decided by policy and recorded in the audit before it leaves.
 *
 * `wait` is how long to wait for slow sources, in milliseconds (default 800, at most 2000): what has answered by then
 * is returned, what has not is PENDING and will be there when you ask again.
 */
export type QueryListsArgs = {
  archived?: Scalars['Boolean']['input'];
};


/**
 * Reading the shared care record. Every answer is decided by policy and recorded in the audit before it leaves.
 *
 * `wait` is how long to wait for slow sources, in milliseconds (default 800, at most 2000): what has answered by then
 * is returned, what has not is PENDING and will be there when you ask again.
 */
export type QueryObjectionsArgs = {
  patient: Scalars['ID']['input'];
};


/**
 * Reading the shared care record. Every answer is decided by policy and recorded in the audit before it leaves.
 *
 * `wait` is how long to wait for slow sources, in milliseconds (default 800, at most 2000): what has answered by then
 * is returned, what has not is PENDING and will be there when you ask again.
 */
export type QueryPatientArgs = {
  id: Scalars['ID']['input'];
  wait?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Reading the shared care record. Every answer is decided by policy and recorded in the audit before it leaves.
 *
 * `wait` is how long to wait for slow sources, in milliseconds (default 800, at most 2000): what has answered by then
 * is returned, what has not is PENDING and will be there when you ask again.
 */
export type QueryPatientByNhsNumberArgs = {
  nhsNumber: Scalars['NHSNumber']['input'];
  wait?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Reading the shared care record. Every answer is decided by policy and recorded in the audit before it leaves.
 *
 * `wait` is how long to wait for slow sources, in milliseconds (default 800, at most 2000): what has answered by then
 * is returned, what has not is PENDING and will be there when you ask again.
 */
export type QueryPatientsByNhsNumberArgs = {
  nhsNumbers: Array<Scalars['NHSNumber']['input']>;
  wait?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Reading the shared care record. Every answer is decided by policy and recorded in the audit before it leaves.
 *
 * `wait` is how long to wait for slow sources, in milliseconds (default 800, at most 2000): what has answered by then
 * is returned, what has not is PENDING and will be there when you ask again.
 */
export type QueryPoliciesArgs = {
  version?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Reading the shared care record. Every answer is decided by policy and recorded in the audit before it leaves.
 *
 * `wait` is how long to wait for slow sources, in milliseconds (default 800, at most 2000): what has answered by then
 * is returned, what has not is PENDING and will be there when you ask again.
 */
export type QueryPolicyVersionsArgs = {
  after?: InputMaybe<Scalars['Int']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Reading the shared care record. Every answer is decided by policy and recorded in the audit before it leaves.
 *
 * `wait` is how long to wait for slow sources, in milliseconds (default 800, at most 2000): what has answered by then
 * is returned, what has not is PENDING and will be there when you ask again.
 */
export type QueryRecentPatientsArgs = {
  first?: Scalars['Int']['input'];
  wait?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Reading the shared care record. Every answer is decided by policy and recorded in the audit before it leaves.
 *
 * `wait` is how long to wait for slow sources, in milliseconds (default 800, at most 2000): what has answered by then
 * is returned, what has not is PENDING and will be there when you ask again.
 */
export type QueryReviewsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  state?: InputMaybe<ReviewState>;
};


/**
 * Reading the shared care record. Every answer is decided by policy and recorded in the audit before it leaves.
 *
 * `wait` is how long to wait for slow sources, in milliseconds (default 800, at most 2000): what has answered by then
 * is returned, what has not is PENDING and will be there when you ask again.
 */
export type QueryRostersArgs = {
  wait?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Reading the shared care record. Every answer is decided by policy and recorded in the audit before it leaves.
 *
 * `wait` is how long to wait for slow sources, in milliseconds (default 800, at most 2000): what has answered by then
 * is returned, what has not is PENDING and will be there when you ask again.
 */
export type QuerySearchPatientsArgs = {
  birthDate?: InputMaybe<Scalars['Date']['input']>;
  familyName?: InputMaybe<Scalars['String']['input']>;
  gender?: InputMaybe<Scalars['String']['input']>;
  givenName?: InputMaybe<Scalars['String']['input']>;
  localNumber?: InputMaybe<Scalars['String']['input']>;
  nhsNumber?: InputMaybe<Scalars['NHSNumber']['input']>;
  organisation?: InputMaybe<Scalars['String']['input']>;
  postcode?: InputMaybe<Scalars['String']['input']>;
  wait?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Reading the shared care record. Every answer is decided by policy and recorded in the audit before it leaves.
 *
 * `wait` is how long to wait for slow sources, in milliseconds (default 800, at most 2000): what has answered by then
 * is returned, what has not is PENDING and will be there when you ask again.
 */
export type QuerySessionsArgs = {
  account?: InputMaybe<Scalars['ID']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  login?: InputMaybe<Scalars['String']['input']>;
  organisation?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reading the shared care record. Every answer is decided by policy and recorded in the audit before it leaves.
 *
 * `wait` is how long to wait for slow sources, in milliseconds (default 800, at most 2000): what has answered by then
 * is returned, what has not is PENDING and will be there when you ask again.
 */
export type QueryShareTargetsArgs = {
  organisation?: InputMaybe<Scalars['String']['input']>;
  text: Scalars['String']['input'];
};


/**
 * Reading the shared care record. Every answer is decided by policy and recorded in the audit before it leaves.
 *
 * `wait` is how long to wait for slow sources, in milliseconds (default 800, at most 2000): what has answered by then
 * is returned, what has not is PENDING and will be there when you ask again.
 */
export type QuerySmartClientArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Reading the shared care record. Every answer is decided by policy and recorded in the audit before it leaves.
 *
 * `wait` is how long to wait for slow sources, in milliseconds (default 800, at most 2000): what has answered by then
 * is returned, what has not is PENDING and will be there when you ask again.
 */
export type QuerySmartScopesArgs = {
  scopes: Array<Scalars['String']['input']>;
};


/**
 * Reading the shared care record. Every answer is decided by policy and recorded in the audit before it leaves.
 *
 * `wait` is how long to wait for slow sources, in milliseconds (default 800, at most 2000): what has answered by then
 * is returned, what has not is PENDING and will be there when you ask again.
 */
export type QueryUnderstandNumbersArgs = {
  text: Scalars['String']['input'];
  wait?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Reading the shared care record. Every answer is decided by policy and recorded in the audit before it leaves.
 *
 * `wait` is how long to wait for slow sources, in milliseconds (default 800, at most 2000): what has answered by then
 * is returned, what has not is PENDING and will be there when you ask again.
 */
export type QueryUsageArgs = {
  days?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Reading the shared care record. Every answer is decided by policy and recorded in the audit before it leaves.
 *
 * `wait` is how long to wait for slow sources, in milliseconds (default 800, at most 2000): what has answered by then
 * is returned, what has not is PENDING and will be there when you ask again.
 */
export type QueryViewArgs = {
  id: Scalars['ID']['input'];
  version?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Reading the shared care record. Every answer is decided by policy and recorded in the audit before it leaves.
 *
 * `wait` is how long to wait for slow sources, in milliseconds (default 800, at most 2000): what has answered by then
 * is returned, what has not is PENDING and will be there when you ask again.
 */
export type QueryViewNoticesArgs = {
  first?: Scalars['Int']['input'];
};


/**
 * Reading the shared care record. Every answer is decided by policy and recorded in the audit before it leaves.
 *
 * `wait` is how long to wait for slow sources, in milliseconds (default 800, at most 2000): what has answered by then
 * is returned, what has not is PENDING and will be there when you ask again.
 */
export type QueryViewRunArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Reading the shared care record. Every answer is decided by policy and recorded in the audit before it leaves.
 *
 * `wait` is how long to wait for slow sources, in milliseconds (default 800, at most 2000): what has answered by then
 * is returned, what has not is PENDING and will be there when you ask again.
 */
export type QueryViewRunsArgs = {
  view?: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Reading the shared care record. Every answer is decided by policy and recorded in the audit before it leaves.
 *
 * `wait` is how long to wait for slow sources, in milliseconds (default 800, at most 2000): what has answered by then
 * is returned, what has not is PENDING and will be there when you ask again.
 */
export type QueryWhoHasLookedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  patient: Scalars['ID']['input'];
};

/** One adverse reaction event. */
export type Reaction = {
  /** The event in words. */
  description?: Maybe<Scalars['String']['output']>;
  /** What was seen. */
  manifestations?: Maybe<Array<Concept>>;
  /** When it happened. */
  onset?: Maybe<Scalars['Date']['output']>;
  /** mild, moderate or severe. */
  severity?: Maybe<Scalars['String']['output']>;
};

/** A reason to choose. */
export type Reason = {
  /** Its code. */
  code: Scalars['String']['output'];
  /** Its words. */
  words: Scalars['String']['output'];
};

/** Somebody whom you opened. */
export type RecentPatient = {
  /** When you opened them last. */
  opened: Scalars['Instant']['output'];
  /** Who it is, as policy shows them to you now. */
  patient: Patient;
};

/** What the laboratory holds to be usual. */
export type ReferenceRange = {
  /** The upper end. */
  high?: Maybe<Quantity>;
  /** The lower end. */
  low?: Maybe<Quantity>;
  /** The range in words. */
  text?: Maybe<Scalars['String']['output']>;
};

/** Whether and how one system knows the person. */
export type Registration = {
  /** When the system was last asked whether it knows the person. */
  checked?: Maybe<Scalars['Instant']['output']>;
  /** The links to the system's own records. */
  links: Array<Link>;
  /** One plain sentence where the state needs one. */
  reason?: Maybe<Scalars['String']['output']>;
  /** The system. */
  source: Origin;
  /** Whether the person was found there. */
  state: RegistrationState;
};

/** Whether one system knows the person. */
export type RegistrationState =
  /** Not known there. */
  | 'ABSENT'
  /** A record there carries the same NHS number and does not agree with the person: not linked, not shown. */
  | 'CONFLICT'
  /** Found and linked: its data is shown. */
  | 'LINKED'
  /** It is being asked. */
  | 'PENDING'
  /** It did not answer when asked. */
  | 'UNANSWERED'
  /** It cannot be searched. */
  | 'UNSEARCHABLE'
  /** A record there carries the NHS number unverified: not linked, not shown. */
  | 'UNVERIFIED'
  /** Policy, or the person's objection, holds back whether the person is known there. */
  | 'WITHHELD';

/** A reason to look: domain term legitimate relationship. */
export type Relationship = {
  /** What it rests on, in words. */
  evidence?: Maybe<Scalars['String']['output']>;
  /** Since when. */
  from?: Maybe<Scalars['Instant']['output']>;
  /** What it rests on. */
  kind: RelationshipKind;
  /** Until when. */
  until?: Maybe<Scalars['Instant']['output']>;
};

/** What makes a relationship legitimate. */
export type RelationshipKind =
  /** Admitted to your organisation, now or lately. */
  | 'ADMISSION'
  /** An appointment at your organisation, soon or lately. */
  | 'APPOINTMENT'
  /** Opened by your own system. */
  | 'LAUNCH'
  /** On a list that you work on. */
  | 'LIST'
  /** Referred to your organisation. */
  | 'REFERRAL'
  /** Registered with a system of your organisation. */
  | 'REGISTRATION'
  /** Claimed by you. */
  | 'SELF_CLAIMED';

/** Investigation results: a report of an investigation; code is the panel or test. */
export type Result = Entry & {
  /** The professional who performed, recorded or asserted it. */
  author?: Maybe<Actor>;
  /** Laboratory, radiology … */
  category?: Maybe<Concept>;
  /** What the statement is about, as the source coded and worded it. */
  code?: Maybe<Concept>;
  /** The reporter's conclusion. */
  conclusion?: Maybe<Scalars['String']['output']>;
  /** When it is clinically about: onset, start or event. */
  date?: Maybe<Scalars['Date']['output']>;
  /** Opaque id of this statement; stable for the same statement of the same source. */
  id?: Maybe<Scalars['ID']['output']>;
  /** When it was released. */
  issued?: Maybe<Scalars['Date']['output']>;
  /** The source's security labels, such as restricted. */
  labels?: Maybe<Array<Coding>>;
  /** The report's results, in its own order. */
  measurements?: Maybe<Array<Measurement>>;
  /** The source's free text, unaltered. */
  note?: Maybe<Scalars['String']['output']>;
  /** Where the statement came from. */
  provenance?: Maybe<Provenance>;
  /** When it was written down at the source. */
  recorded?: Maybe<Scalars['Date']['output']>;
  /** What was examined. */
  specimen?: Maybe<Concept>;
  /** registered, preliminary, final, amended … */
  status?: Maybe<Scalars['String']['output']>;
};

/** Investigation results: a section is entries and outcomes, never just a list. */
export type ResultSection = Section & {
  /** The statements you may see, newest first; those without a date come last. Null or empty if there are none to show: `verdict` says what that means. */
  entries?: Maybe<Array<Result>>;
  /** The UK Core heading code of the section. */
  heading: Scalars['String']['output'];
  /** The outcomes that keep the section from being complete. */
  missing: Array<Outcome>;
  /** What every source answered, one row each. */
  outcomes: Array<Outcome>;
  /** The heading as the PRSB standard words it. */
  title: Scalars['String']['output'];
  /** How many statements you may see, before any limit you asked for. */
  total: Scalars['Int']['output'];
  /** What a reader may conclude from all outcomes together. */
  verdict: Verdict;
  /** Names of fields that policy holds back in every entry; they read as null. */
  withheldFields: Array<Scalars['String']['output']>;
};

/** Something that a privacy officer should look at. */
export type Review = {
  /** When it was closed. */
  closed?: Maybe<Scalars['Instant']['output']>;
  /** Its id. */
  id: Scalars['ID']['output'];
  /** break-glass, self-claimed, same-surname, own-record, family, colleague, same-address, unusual-volume, unusual-time, probing or search-volume. */
  kind: Scalars['String']['output'];
  /** Who did it. */
  name?: Maybe<Scalars['String']['output']>;
  /** The reviewer's note. */
  note?: Maybe<Scalars['String']['output']>;
  /** When it happened. */
  opened?: Maybe<Scalars['Instant']['output']>;
  /** For which organisation. */
  organisation?: Maybe<Organisation>;
  /** What the review found. */
  outcome?: Maybe<ReviewOutcome>;
  /** The person it is about; null if it is about none or many. */
  patient?: Maybe<Scalars['ID']['output']>;
  /** The reason that was given. */
  reason?: Maybe<Scalars['String']['output']>;
  /** Who reviews it. */
  reviewer?: Maybe<Scalars['String']['output']>;
  /** In which role. */
  role?: Maybe<Scalars['String']['output']>;
  /** What happened, in plain words. */
  sentence: Scalars['String']['output'];
  /** Its place in the ledger. */
  seq: Scalars['Int']['output'];
  /** Where it stands. */
  state: ReviewState;
};

/** What a review found. */
export type ReviewOutcome =
  /** It was right. */
  | 'APPROPRIATE'
  /** It was not right. */
  | 'INAPPROPRIATE'
  /** It was a mistake without harm. */
  | 'MISTAKEN'
  /** It is handed on for investigation. */
  | 'NEEDS_INVESTIGATION';

/** Where an item of the review queue stands. */
export type ReviewState =
  /** It is closed. */
  | 'CLOSED'
  /** Somebody is looking into it. */
  | 'IN_REVIEW'
  /** Nobody has looked. */
  | 'NEW';

/** A page of the review queue. */
export type Reviews = {
  /** The items. */
  items: Array<Review>;
  /** The cursor of the next page; null at the end. */
  next?: Maybe<Scalars['String']['output']>;
  /** How many are being looked into. */
  underReview: Scalars['Int']['output'];
  /** How many wait to be looked at. */
  waiting: Scalars['Int']['output'];
};

/** A ward, clinic or caseload of one system, whose people are read live. */
export type Roster = {
  /** The system's own id of it. */
  id: Scalars['ID']['output'];
  /** WARD, CLINIC or CASELOAD. */
  kind: RosterKind;
  /** Its name. */
  name: Scalars['String']['output'];
  /** The system. */
  source: Origin;
};

/** A roster to make a team list of. */
export type RosterInput = {
  /** The system's own id of it. */
  id: Scalars['ID']['input'];
  /** What it is. */
  kind: RosterKind;
  /** Id of the system. */
  source: Scalars['ID']['input'];
};

/** Kinds of roster. */
export type RosterKind =
  /** Whom a team looks after. */
  | 'CASELOAD'
  /** Who has an appointment in a clinic today. */
  | 'CLINIC'
  /** Who is in a ward now. */
  | 'WARD';

/** What the systems offer as team lists. */
export type Rosters = {
  /** What every system answered. */
  outcomes: Array<Outcome>;
  /** The rosters. */
  rosters: Array<Roster>;
};

/**
 * A section of the record: a heading of the PRSB Core Information Standard. Read `verdict` before saying "none":
 * null or empty `entries` may mean that nobody answered, or that nothing is recorded.
 */
export type Section = {
  /** The UK Core heading code of the section. */
  heading: Scalars['String']['output'];
  /** The outcomes that keep the section from being complete. */
  missing: Array<Outcome>;
  /** What every source answered, one row each. */
  outcomes: Array<Outcome>;
  /** The heading as the PRSB standard words it. */
  title: Scalars['String']['output'];
  /** How many statements you may see, before any limit you asked for. */
  total: Scalars['Int']['output'];
  /** What a reader may conclude from all outcomes together. */
  verdict: Verdict;
  /** Names of fields that policy holds back in every entry; they read as null. */
  withheldFields: Array<Scalars['String']['output']>;
};

/** How many entries a section has. */
export type SectionCount = {
  /** How many entries. */
  count: Scalars['Int']['output'];
  /** The field of Patient. */
  section: Scalars['String']['output'];
};

/** What a source did not tell of one section. */
export type SectionGap = {
  /** The outcome. */
  outcome: Outcome;
  /** The field of Patient. */
  section: Scalars['String']['output'];
};

/** How well one section is filled. */
export type SectionScore = {
  /** How many of `statements` have a valid code. */
  coded: Scalars['Int']['output'];
  /** How many codes there are. */
  codes: Scalars['Int']['output'];
  /** How many dates there are. */
  dates: Scalars['Int']['output'];
  /** How many entries say what another says. */
  duplicates: Scalars['Int']['output'];
  /** How many entries they have. */
  entries: Scalars['Int']['output'];
  /** The standard's items, and how many entries have them. */
  items: Array<ItemScore>;
  /** Whether the standard wants this section of everybody. */
  mandatory: Scalars['Boolean']['output'];
  /** How many of the sample people have entries. */
  people: Scalars['Int']['output'];
  /** By field name of Patient. */
  section?: Maybe<Scalars['String']['output']>;
  /** How many entries are about something that has a code. */
  statements: Scalars['Int']['output'];
  /** What people call the section. */
  title?: Maybe<Scalars['String']['output']>;
  /** How many of `codes` are valid. */
  validCodes: Scalars['Int']['output'];
  /** How many of `dates` are possible. */
  validDates: Scalars['Int']['output'];
};

/** Somebody to share with. */
export type ShareTarget = {
  /** Handle to give back in `GranteeInput`; a role's is its name. */
  id: Scalars['ID']['output'];
  /** PERSON, TEAM or ROLE. */
  kind: GranteeKind;
  /** Name to show. */
  name: Scalars['String']['output'];
  /** Whose they are. */
  organisation?: Maybe<Organisation>;
};

/** An app, a service or an electronic patient record that is registered. */
export type SmartClient = {
  /** When it was approved; null until it is. */
  approved?: Maybe<Scalars['Instant']['output']>;
  /** By whom. */
  approvedBy?: Maybe<Scalars['String']['output']>;
  /** Whether it is part of Patchwork and follows the configuration: it cannot be changed. */
  builtIn: Scalars['Boolean']['output'];
  /** Names what there is to review: with other keys it is another one. */
  edition: Scalars['String']['output'];
  /** Its client_id. */
  id: Scalars['ID']['output'];
  /** Where its key set is fetched from. */
  jwksUrl?: Maybe<Scalars['String']['output']>;
  /** Its registered keys, the public half; none if they are fetched. */
  keys: Array<SmartKey>;
  /** Where a launch opens it; null if it cannot be launched. */
  launchUrl?: Maybe<Scalars['String']['output']>;
  /** What an electronic patient record may open; null for nothing. */
  launching?: Maybe<SmartLaunching>;
  /** How it proves who it is. */
  method: SmartClientMethod;
  /** What people call it. */
  name?: Maybe<Scalars['String']['output']>;
  /** How it was switched off (`switchOff`, kind CLIENT); null while it is on. */
  off?: Maybe<SwitchedOff>;
  /** What a service with system scopes acts as; null for others. */
  position?: Maybe<UserPosition>;
  /** When it was proposed as it stands now. */
  proposed?: Maybe<Scalars['Instant']['output']>;
  /** By whom. */
  proposedBy?: Maybe<Scalars['String']['output']>;
  /** Whether that was you: then another administrator must approve it. */
  proposedByYou: Scalars['Boolean']['output'];
  /** Where users are sent back to, compared byte for byte; none for a service without users. */
  redirectUris: Array<Scalars['String']['output']>;
  /** The most that it may be granted. */
  scopes: Array<SmartScope>;
  /** How far it has come. */
  state: SmartClientState;
  /** Whether users are not asked: an administrator answers for it. */
  trusted: Scalars['Boolean']['output'];
};

/** An app, a service or an electronic patient record to propose. */
export type SmartClientInput = {
  /** Its key set (RFC 7517). */
  jwks?: InputMaybe<Scalars['String']['input']>;
  /** Or where to fetch it from. */
  jwksUrl?: InputMaybe<Scalars['String']['input']>;
  /** Where a launch opens it. */
  launchUrl?: InputMaybe<Scalars['String']['input']>;
  /** What an electronic patient record may open. */
  launching?: InputMaybe<SmartLaunchingInput>;
  /** How it proves who it is. */
  method: SmartClientMethod;
  /** What people call it, in 1 to 200 characters. */
  name: Scalars['String']['input'];
  /** What a service with system scopes acts as. */
  position?: InputMaybe<SmartPositionInput>;
  /** Where users are sent back to: https, or http on loopback. */
  redirectUris?: InputMaybe<Array<Scalars['String']['input']>>;
  /** The most that it may be granted. `offline_access` only if it is among them. */
  scopes: Array<Scalars['String']['input']>;
  /** Users are not asked. */
  trusted?: InputMaybe<Scalars['Boolean']['input']>;
};

/** A client, with what is shown once. */
export type SmartClientMade = {
  /** The client. */
  client: SmartClient;
  /** Its secret, which nobody can read again; null if it has none. */
  secret?: Maybe<Scalars['String']['output']>;
};

/** How a client proves to the token endpoint who it is. */
export type SmartClientMethod =
  /** A secret that this server made. */
  | 'CLIENT_SECRET_BASIC'
  /** It can keep no secret: PKCE alone. */
  | 'NONE'
  /** An assertion signed with its own key (RS384 or ES384). */
  | 'PRIVATE_KEY_JWT';

/** How far a client has come. */
export type SmartClientState =
  /** It may be used. */
  | 'APPROVED'
  /** An administrator has switched it off. */
  | 'OFF'
  /** It gets nothing until it is approved. */
  | 'PROPOSED';

/** The public half of a registered key, to compare it by. */
export type SmartKey = {
  /** What it signs with: RS384 or ES384. */
  alg: Scalars['String']['output'];
  /** Its kid. */
  kid: Scalars['String']['output'];
  /** RSA or EC. */
  kty: Scalars['String']['output'];
  /** Its SHA-256 thumbprint (RFC 7638), as base64url. */
  thumbprint: Scalars['String']['output'];
};

/** An app that may be opened. */
export type SmartLaunchable = {
  /** Its client_id. */
  id: Scalars['ID']['output'];
  /** What people call it; null if it is not registered any more. */
  name?: Maybe<Scalars['String']['output']>;
};

/** What an electronic patient record may open, for whom and where. */
export type SmartLaunching = {
  /** The apps that it may open. */
  apps: Array<SmartLaunchable>;
  /** The logins by whose accounts it names users. */
  logins: Array<SmartLogin>;
  /** The organisations of whose staff it may speak. */
  organisations: Array<Organisation>;
  /** The origins of the pages in whose frames it opens apps. */
  origins: Array<Scalars['String']['output']>;
  /** Whether it may fill in the search with a number and a birth date that nobody signed; no right follows from it. */
  prefill: Scalars['Boolean']['output'];
  /** Whether what it signs of a user who has signed in here before is taken for a short sign-in, to that patient only. */
  trust: Scalars['Boolean']['output'];
};

/** What an electronic patient record may open. */
export type SmartLaunchingInput = {
  /** The ids of the apps. */
  apps?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** The ids of logins; `local` for Patchwork's own accounts. */
  logins?: InputMaybe<Array<Scalars['String']['input']>>;
  /** ODS codes. */
  organisations?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Such as https://epr.example. */
  origins?: InputMaybe<Array<Scalars['String']['input']>>;
  /** It may fill in the search with what nobody signed. */
  prefill?: InputMaybe<Scalars['Boolean']['input']>;
  /** What it signs of a user who has signed in here before is taken for a short sign-in. */
  trust?: InputMaybe<Scalars['Boolean']['input']>;
};

/** A login by whose accounts users are named. */
export type SmartLogin = {
  /** Its id in the configuration. */
  id: Scalars['ID']['output'];
  /** What people call it; null if it has gone from the configuration. */
  name?: Maybe<Scalars['String']['output']>;
};

/** What a service acts as. */
export type SmartPositionInput = {
  /** Where, such as gp or acute. */
  careSetting?: InputMaybe<Scalars['String']['input']>;
  /** An ODS code. */
  organisation: Scalars['String']['input'];
  /** A role, as policies name it. */
  role: Scalars['String']['input'];
};

/** A scope, and what it lets an app do. */
export type SmartScope = {
  /** As SMART App Launch writes it. */
  scope: Scalars['String']['output'];
  /** What it lets an app do, said to the person it would do it for; null if this server does not know the scope. */
  words?: Maybe<Scalars['String']['output']>;
};

/** A system of the region. */
export type Source = {
  /** gp, acute, mental-health, community, social-care … */
  careSetting?: Maybe<Scalars['String']['output']>;
  /** Whether it has been answering. */
  health: Health;
  /** The source's id. */
  id: Scalars['ID']['output'];
  /** The connector type, such as fhirr4. */
  kind?: Maybe<Scalars['String']['output']>;
  /** What people call the system. */
  name?: Maybe<Scalars['String']['output']>;
  /** The organisation that runs it. */
  organisation?: Maybe<Organisation>;
  /** The sections it offers, by field name of Patient. */
  sections: Array<Scalars['String']['output']>;
};

/** One thing that was looked at. */
export type SourceCheck = {
  /** Everything it found. */
  findings: Array<CheckFinding>;
  /** Such as reachability, codes or dates. */
  name?: Maybe<Scalars['String']['output']>;
  /** What is said beside the verdict: why it was skipped, or what it rests on. */
  text?: Maybe<Scalars['String']['output']>;
  /** How it ended. */
  verdict: CheckVerdict;
};

/** How many entries came from a source. */
export type SourceCount = {
  /** How many entries. */
  count: Scalars['Int']['output'];
  /** The source. */
  source: Origin;
};

/** What a check found out about a system, at one moment. */
export type SourceReport = {
  /** When it was done. */
  at?: Maybe<Scalars['Instant']['output']>;
  /** How many calls were made of the system. */
  calls: Scalars['Int']['output'];
  /** In the order in which a system is joined. */
  checks: Array<SourceCheck>;
  /** The connector type, such as fhirr4. */
  kind?: Maybe<Scalars['String']['output']>;
  /** What people call the system. */
  name?: Maybe<Scalars['String']['output']>;
  /** Median time of those calls, in milliseconds; null without any. */
  p50Milliseconds?: Maybe<Scalars['Int']['output']>;
  /** Their 95th percentile, in milliseconds. */
  p95Milliseconds?: Maybe<Scalars['Int']['output']>;
  /** How many sample people were read. */
  people: Scalars['Int']['output'];
  /** How well what the sample people have there fits the PRSB Core Information Standard, in reading order. */
  scorecard: Array<SectionScore>;
  /** The slowest of them, in milliseconds. */
  slowestMilliseconds?: Maybe<Scalars['Int']['output']>;
  /** The source's id. */
  source: Scalars['ID']['output'];
  /** How long it took, in milliseconds. */
  tookMilliseconds: Scalars['Int']['output'];
};

/** In which stage a system is, and who last put it there. */
export type SourceStage = {
  /** When it was put there; null if it is as the configuration says. */
  at?: Maybe<Scalars['Instant']['output']>;
  /** Who did it. */
  by?: Maybe<Scalars['String']['output']>;
  /** What people call the system. */
  name?: Maybe<Scalars['String']['output']>;
  /** The ODS code of those who read; null is everybody. */
  organisation?: Maybe<Scalars['String']['output']>;
  /** Why. */
  reason?: Maybe<Scalars['String']['output']>;
  /** The section that it is about; null is all. */
  section?: Maybe<Scalars['String']['output']>;
  /** The source's id. */
  source: Scalars['ID']['output'];
  /** The stage. */
  stage: SourceStageName;
};

/** The stages of a system's life. */
export type SourceStageName =
  /** A named group sees it, marked as not for care; for everybody else it is as in shadow. */
  | 'CLINICAL_SAFETY'
  /** It is part of the record. */
  | 'LIVE'
  /** It is asked and counted; nothing of it is shown to anybody. */
  | 'SHADOW';

/** Whether a system is asked, and who last switched it. */
export type SourceSwitch = {
  /** When it was last switched; null if it never was. */
  at?: Maybe<Scalars['Instant']['output']>;
  /** Who did it. */
  by?: Maybe<Scalars['String']['output']>;
  /** What people call the system. */
  name?: Maybe<Scalars['String']['output']>;
  /** Whether it is switched off. */
  off: Scalars['Boolean']['output'];
  /** Why. */
  reason?: Maybe<Scalars['String']['output']>;
  /** The source's id. */
  source: Scalars['ID']['output'];
};

/** How often a system that is tried out answered a section in one way, on one day. */
export type SourceTrial = {
  /** How often. */
  answers: Scalars['Int']['output'];
  /** The day, in UTC. */
  day: Scalars['String']['output'];
  /** How many entries came with it. */
  entries: Scalars['Int']['output'];
  /** How long an answer took on average. */
  meanMilliseconds: Scalars['Int']['output'];
  /** The section. */
  section: Scalars['String']['output'];
  /** How long the slowest took. */
  slowestMilliseconds: Scalars['Int']['output'];
  /** The source's id. */
  source: Scalars['ID']['output'];
  /** What it answered. */
  status: Status;
};

/** What one system states. */
export type StatedValue = {
  /** The system. */
  source: Origin;
  /** Its value, in its own words. */
  value?: Maybe<Scalars['String']['output']>;
};

/** What one source answered for one section: the completeness contract. */
export type Status =
  /** It answered and had entries. */
  | 'ANSWERED'
  /** It holds a clinician's statement that there are none. */
  | 'ASSERTED_NONE'
  /** It answered and had nothing recorded. */
  | 'EMPTY'
  /** What came back was about another person; it was dropped. */
  | 'MISMATCHED'
  /** The source does not offer this section. */
  | 'NOT_OFFERED'
  /** The person is not known there. */
  | 'NOT_REGISTERED'
  /** It answered, and something is missing from the answer. */
  | 'PARTIAL'
  /** It has been asked and is still within its own deadline: ask again, the answer will be there. */
  | 'PENDING'
  /** It did not answer within its deadline. */
  | 'TIMED_OUT'
  /** It refused, failed, sent something unreadable, or is known to be down. */
  | 'UNAVAILABLE'
  /** Nothing is known; read as not answered. */
  | 'UNKNOWN'
  /** Policy, the patient's objection or the source holds it back. */
  | 'WITHHELD';

/** Server-sent events at /graphql (`Accept: text/event-stream`). Each is decided and audited as an answer of its own, and a stream ends with the session. */
export type Subscription = {
  /** A list, at once and whenever it changes. It ends when you may read it no longer. */
  listChanged?: Maybe<PatientList>;
  /** The lists that you have, at once and whenever one of them changes, comes or goes. */
  listsChanged?: Maybe<Array<PatientList>>;
};


/** Server-sent events at /graphql (`Accept: text/event-stream`). Each is decided and audited as an answer of its own, and a stream ends with the session. */
export type SubscriptionListChangedArgs = {
  id: Scalars['ID']['input'];
};

/** What can be switched off. */
export type SwitchKind =
  /** A registered application, or an electronic patient record that launches. */
  | 'CLIENT'
  /** A login. */
  | 'LOGIN'
  /** An organisation. */
  | 'ORGANISATION'
  /** A role. */
  | 'ROLE'
  /** A user. */
  | 'USER';

/** Something that is switched off. */
export type SwitchedOff = {
  /** When it was switched off. */
  at?: Maybe<Scalars['Instant']['output']>;
  /** Who did it. */
  by?: Maybe<Scalars['String']['output']>;
  /** What kind of thing it is. */
  kind: SwitchKind;
  /** What people call it. */
  name?: Maybe<Scalars['String']['output']>;
  /** Why. */
  reason?: Maybe<Scalars['String']['output']>;
  /** The account's id, the role, the ODS code, the login's or the client's id; null for a user who has no account any more. */
  what?: Maybe<Scalars['String']['output']>;
};

/** How a system is doing. */
export type SystemState =
  /** It answers. */
  | 'ANSWERS'
  /** It may not be asked at this time of the week. */
  | 'CLOSED'
  /** It does not answer; it is tried again every second. */
  | 'DOWN'
  /** Somebody has switched it off. */
  | 'OFF'
  /** It answers some of what it is asked. */
  | 'PARTLY'
  /** It answers, and slowly: pages may say that they still wait for it. */
  | 'SLOW'
  /** It has not been asked yet. */
  | 'UNKNOWN';

/** How a system is doing. */
export type SystemStatus = {
  /** What it is for, in the region's words; null if the region says nothing. */
  about?: Maybe<Scalars['String']['output']>;
  /** How many of a hundred of this server's reads it answered within a day; null if it was asked too little to say. */
  answeredPercent?: Maybe<Scalars['Int']['output']>;
  /** gp, acute, mental-health, community, social-care … */
  careSetting?: Maybe<Scalars['String']['output']>;
  /** What people call the system. */
  name?: Maybe<Scalars['String']['output']>;
  /** The organisation that runs it. */
  organisation?: Maybe<Organisation>;
  /** Why it was switched off, in the words of whoever did it, or when it may be asked again; null otherwise. */
  reason?: Maybe<Scalars['String']['output']>;
  /** The sections of the record that come from it too, by field name of Patient. */
  sections: Array<Scalars['String']['output']>;
  /** Since when; null where that is not known. */
  since?: Maybe<Scalars['Instant']['output']>;
  /** The source's id. */
  source: Scalars['ID']['output'];
  /** How it is doing, as this server finds it. */
  state: SystemState;
};

/** People who work together and share lists. */
export type Team = {
  /** Its id. */
  id: Scalars['ID']['output'];
  /** Whether you lead it. */
  leads: Scalars['Boolean']['output'];
  /** Who belongs to it. */
  members: Array<ListUser>;
  /** Its name. */
  name: Scalars['String']['output'];
  /** The organisation whose team it is. */
  organisation?: Maybe<Organisation>;
};

/** A way to reach somebody. */
export type Telecom = {
  /** phone, email, sms … */
  system?: Maybe<Scalars['String']['output']>;
  /** home, work, mobile … */
  use?: Maybe<Scalars['String']['output']>;
  /** The number or address. */
  value?: Maybe<Scalars['String']['output']>;
};

/** A page of the person's time line: a Relay connection. */
export type Timeline = {
  /**
   * How many entries of the whole line, all pages together, fall into each year, month or day. At most 800 buckets are
   * answered: where a scale needs more, the next coarser one is taken, and `scale` says so.
   */
  buckets: TimelineBuckets;
  /** The entries with their cursors. */
  edges: Array<TimelineEdge>;
  /**
   * What there is to filter by, each with the number of entries that there would be with it. The other filters hold; the one
   * that a facet stands for does not, so that a choice can be widened. It reads all sections, whichever are chosen.
   */
  facets: TimelineFacets;
  /** What keeps the line from being complete, by section. No filter shortens it, but that of sections. */
  missing: Array<SectionGap>;
  /** Where this page stands. */
  pageInfo: PageInfo;
  /** The days of the first and the last entry, whatever `from` and `to` leave out; null if there is none. */
  span?: Maybe<TimelineSpan>;
  /** How many entries there are in all that the filters let through, from the sources that answered. */
  totalCount: Scalars['Int']['output'];
  /** How many of those that the filters let through carry no date and so cannot stand in time; `undated: true` shows them. */
  undated: Scalars['Int']['output'];
};


/** A page of the person's time line: a Relay connection. */
export type TimelineBucketsArgs = {
  by?: InputMaybe<TimelineScale>;
};

/** One year, month or day. */
export type TimelineBucket = {
  /** How many entries. */
  count: Scalars['Int']['output'];
  /**
   * The year, month or day by the region's clock; as `from` and `to` it chooses these entries. An entry known only to its
   * year or month stands at its beginning, as it does in the line.
   */
  date: Scalars['Date']['output'];
  /** How many of each section, in reading order; those that have none are left out. */
  sections: Array<SectionCount>;
};

/** The line counted by stretches of time. */
export type TimelineBuckets = {
  /** Those that are not empty, newest first. */
  list: Array<TimelineBucket>;
  /** How fine it was counted; never AUTO. */
  scale: TimelineScale;
};

/** An entry in its place in time. */
export type TimelineEdge = {
  /** Opaque and stable: names the entry, not a position. */
  cursor: Scalars['String']['output'];
  /** Whether it was cancelled or lies ahead; null for what has happened, and where its status may not be seen. */
  mark?: Maybe<TimelineMark>;
  /** The entry. */
  node?: Maybe<Entry>;
  /** The field of Patient that holds the entry. */
  section: Scalars['String']['output'];
};

/** What there is to filter by. */
export type TimelineFacets = {
  /** How many entries carry a mark. */
  marks: Array<MarkCount>;
  /** The most frequent first. */
  organisations: Array<OrganisationCount>;
  /** In reading order. */
  sections: Array<SectionCount>;
  /** The most frequent first. */
  sources: Array<SourceCount>;
};

/** What sets an entry apart from what has happened. */
export type TimelineMark =
  /** By the source's status it was cancelled, not attended, not done, or entered in error. */
  | 'CANCELLED'
  /** It lies ahead: its day is yet to come, or is today and its status says that it is booked or planned. */
  | 'PLANNED';

/** How fine the line is counted. */
export type TimelineScale =
  /** Days for up to a quarter, months for up to ten years, years for more: of `from` and `to`, or of what there is. */
  | 'AUTO'
  /** By day. */
  | 'DAY'
  /** By month. */
  | 'MONTH'
  /** By year. */
  | 'YEAR';

/** From the day of the first entry to the day of the last. */
export type TimelineSpan = {
  /** The day of the oldest entry. */
  first: Scalars['Date']['output'];
  /** The day of the newest entry. */
  last: Scalars['Date']['output'];
};

/** How users come in. */
export type UsageDoor =
  /** A service, or a token without a sign-in. */
  | 'API'
  /** Another app, by SMART on FHIR. */
  | 'APP'
  /** The viewer, opened by an electronic patient record. */
  | 'LAUNCH'
  /** The viewer, by their own sign-in. */
  | 'SIGN_IN';

/** How much the record was used on one day, in one role of one organisation, through one door. */
export type UsageRow = {
  /** The day, by the region's clock, as YYYY-MM-DD. */
  day: Scalars['String']['output'];
  /** How they came in. */
  door: UsageDoor;
  /** How many people were opened; the same person by the same user within half an hour is once. */
  opened: Scalars['Int']['output'];
  /** The ODS code of the organisation that the users acted for; null if it has none. */
  organisation?: Maybe<Scalars['String']['output']>;
  /** What it is called. */
  organisationName?: Maybe<Scalars['String']['output']>;
  /** Their role. */
  role: Scalars['String']['output'];
  /** How many searches. */
  searches: Scalars['Int']['output'];
  /** How many users. */
  users: Scalars['Int']['output'];
};

/** Somebody who signed in, as their organisation had them the last time; or an account of Patchwork's own. */
export type UserAccount = {
  /** When they first came. */
  created?: Maybe<Scalars['Instant']['output']>;
  /** Whether the operator has disabled it: `patchwork user` enables it again. */
  disabled: Scalars['Boolean']['output'];
  /** An opaque id. */
  id: Scalars['ID']['output'];
  /** Professional identifiers, by kind. */
  identifiers: Array<UserIdentifier>;
  /** Who vouches for them. */
  issuer: Scalars['String']['output'];
  /** The id of the login by which they last came. */
  login?: Maybe<Scalars['String']['output']>;
  /** Their name. */
  name?: Maybe<Scalars['String']['output']>;
  /** How it was switched off; null while it is on. */
  off?: Maybe<SwitchedOff>;
  /** What they may work as. */
  positions: Array<UserPosition>;
  /** When they last signed in; null if that is not known. */
  signedIn?: Maybe<Scalars['Instant']['output']>;
  /** Their id there. */
  subject: Scalars['String']['output'];
};

/** A professional identifier. */
export type UserIdentifier = {
  /** gmc, nmc, gphc, hcpc, swe, sds or email. */
  kind?: Maybe<Scalars['String']['output']>;
  /** As the organisation gave it. */
  value?: Maybe<Scalars['String']['output']>;
};

/** What somebody may work as. */
export type UserPosition = {
  /** Where, such as gp or acute. */
  careSetting?: Maybe<Scalars['String']['output']>;
  /** For whom. */
  organisation?: Maybe<Organisation>;
  /** The role. */
  role?: Maybe<Scalars['String']['output']>;
};

/** Vaccinations: a vaccine given, or not given with the reason. */
export type Vaccination = Entry & {
  /** The professional who performed, recorded or asserted it. */
  author?: Maybe<Actor>;
  /** Batch number. */
  batch?: Maybe<Scalars['String']['output']>;
  /** What the statement is about, as the source coded and worded it. */
  code?: Maybe<Concept>;
  /** When it is clinically about: onset, start or event. */
  date?: Maybe<Scalars['Date']['output']>;
  /** What it protects against. */
  disease?: Maybe<Concept>;
  /** The place in the series, as the source words it. */
  dose?: Maybe<Scalars['String']['output']>;
  /** Opaque id of this statement; stable for the same statement of the same source. */
  id?: Maybe<Scalars['ID']['output']>;
  /** The source's security labels, such as restricted. */
  labels?: Maybe<Array<Coding>>;
  /** The source's free text, unaltered. */
  note?: Maybe<Scalars['String']['output']>;
  /** Where the statement came from. */
  provenance?: Maybe<Provenance>;
  /** Why it was or was not given. */
  reason?: Maybe<Concept>;
  /** When it was written down at the source. */
  recorded?: Maybe<Scalars['Date']['output']>;
  /** How it was given. */
  route?: Maybe<Concept>;
  /** Where in the body. */
  site?: Maybe<Concept>;
  /** completed or not-done. */
  status?: Maybe<Scalars['String']['output']>;
};

/** Vaccinations: a section is entries and outcomes, never just a list. */
export type VaccinationSection = Section & {
  /** The statements you may see, newest first; those without a date come last. Null or empty if there are none to show: `verdict` says what that means. */
  entries?: Maybe<Array<Vaccination>>;
  /** The UK Core heading code of the section. */
  heading: Scalars['String']['output'];
  /** The outcomes that keep the section from being complete. */
  missing: Array<Outcome>;
  /** What every source answered, one row each. */
  outcomes: Array<Outcome>;
  /** The heading as the PRSB standard words it. */
  title: Scalars['String']['output'];
  /** How many statements you may see, before any limit you asked for. */
  total: Scalars['Int']['output'];
  /** What a reader may conclude from all outcomes together. */
  verdict: Verdict;
  /** Names of fields that policy holds back in every entry; they read as null. */
  withheldFields: Array<Scalars['String']['output']>;
};

/** What was found; at most one of the three. */
export type Value = {
  /** A coded answer. */
  concept?: Maybe<Concept>;
  /** A number with its unit. */
  quantity?: Maybe<Quantity>;
  /** Words. */
  text?: Maybe<Scalars['String']['output']>;
};

/** What a reader may conclude from a whole section. */
export type Verdict =
  /** One source states that there are none, and another has entries. */
  | 'CONFLICT'
  /** There are entries, and every source has told all it holds. */
  | 'KNOWN'
  /** There are entries, and some source has not told all it holds. */
  | 'KNOWN_INCOMPLETE'
  /** A clinician states that there are none, and every source answered. */
  | 'NONE_KNOWN'
  /** Every source answered and nothing is recorded anywhere. */
  | 'NOT_RECORDED'
  /** Nothing to show yet; a source is still being waited for. */
  | 'PENDING'
  /** Nothing to show, and at least one source did not answer: this is not none. */
  | 'UNAVAILABLE'
  /** Nothing to show, and something is held back from you. */
  | 'WITHHELD';

/** A version of a custom view: what is to be shown of each person of a list, in columns. */
export type View = {
  /** Who decided. */
  approver?: Maybe<Scalars['String']['output']>;
  /** A Vega-Lite specification without data; JSON. */
  chart?: Maybe<Scalars['String']['output']>;
  /** The columns, if they were picked. */
  columns?: Maybe<Array<ViewColumn>>;
  /** When it was approved, rejected or withdrawn, by whom and why. */
  decided?: Maybe<Scalars['Instant']['output']>;
  /** The ViewDefinition of SQL on FHIR v2, if it was written; JSON. */
  definition?: Maybe<Scalars['String']['output']>;
  /** What it is for. */
  description?: Maybe<Scalars['String']['output']>;
  /** The view; all its versions have it. */
  id: Scalars['ID']['output'];
  /** The ODS code of where they work. */
  organisation?: Maybe<Scalars['String']['output']>;
  /** The organisations (ODS codes) that may; empty is all. */
  organisations: Array<Scalars['String']['output']>;
  /** Who designed it. */
  owner: Scalars['String']['output'];
  /** What keeps it from running as the graph is now, with what may have been meant. */
  problems: Array<Scalars['String']['output']>;
  /** The HL7 purpose of use that it is run for: TREAT, CAREMGT, HOPERAT or HRESCH. */
  purpose: Scalars['String']['output'];
  /** Why. */
  reason?: Maybe<Scalars['String']['output']>;
  /** The roles that may run it once it is approved; empty is everybody who may use views. */
  roles: Array<Scalars['String']['output']>;
  /** You may run it now. */
  runnable: Scalars['Boolean']['output'];
  /** When it was saved. */
  saved?: Maybe<Scalars['Instant']['output']>;
  /** The purpose is another than the care of the people themselves: the opt-out and disclosure control apply. */
  secondary: Scalars['Boolean']['output'];
  /** The selection of Patient's fields that the definition stands over; null for FHIR's resources. */
  selection?: Maybe<Scalars['String']['output']>;
  /** Where it is on its way. */
  state: ViewState;
  /** What it is called. */
  title: Scalars['String']['output'];
  /** Until when it is approved. */
  until?: Maybe<Scalars['Instant']['output']>;
  /** Counts from 1 with every saving. */
  version: Scalars['Int']['output'];
  /** You designed it. */
  yours: Scalars['Boolean']['output'];
};

/** What you are told of a repeated view. That it could not be run is told with NEW and CHANGED. */
export type ViewAlert =
  /** That rows are new or changed. */
  | 'CHANGED'
  /** That rows are new. */
  | 'NEW'
  /** Nothing. */
  | 'NONE';

/** A list that a view can be run over. */
export type ViewCohort = {
  /** The list's id. */
  list: Scalars['ID']['output'];
  /** Whose it is. */
  owner: Scalars['String']['output'];
  /** A team list is read from the system that keeps it. */
  team: Scalars['Boolean']['output'];
  /** What it is called. */
  title: Scalars['String']['output'];
};

/** A picked column of a view. */
export type ViewColumn = {
  /** The path of a field of the section's entries. */
  field?: Maybe<Scalars['String']['output']>;
  /** Its name in files and databases. */
  name: Scalars['String']['output'];
  /** A section's name, or `patient`. */
  section: Scalars['String']['output'];
  /** What it shows of many entries. */
  take?: Maybe<ViewTake>;
};

/** A column to be picked. */
export type ViewColumnInput = {
  /** The path of a field of the section's entries; not for a count. */
  field?: InputMaybe<Scalars['String']['input']>;
  /** Its name in files and databases: lower-case letters, digits and _. */
  name: Scalars['String']['input'];
  /** A section's name, or `patient`. */
  section: Scalars['String']['input'];
  /** What it shows of many entries; not for `patient`. */
  take?: InputMaybe<ViewTake>;
};

/** How many people have some values. */
export type ViewCount = {
  /** How many people; null if it is suppressed. */
  people?: Maybe<Scalars['Int']['output']>;
  /** The columns over which this is the total. */
  total: Array<Scalars['String']['output']>;
  /** The values of the columns that were counted by; null is no value, or all of them where `total` has the column. */
  values: Array<Maybe<Scalars['String']['output']>>;
};

/** A day of the week. */
export type ViewDay =
  /** Friday. */
  | 'FRIDAY'
  /** Monday. */
  | 'MONDAY'
  /** Saturday. */
  | 'SATURDAY'
  /** Sunday. */
  | 'SUNDAY'
  /** Thursday. */
  | 'THURSDAY'
  /** Tuesday. */
  | 'TUESDAY'
  /** Wednesday. */
  | 'WEDNESDAY';

/** How a run differs from the run before of the same schedule. What a source had not told, or policy held back, is never gone, and not new when it is there again: it is `unknown`. */
export type ViewDifferences = {
  /** How many people came to the list. */
  came: Scalars['Int']['output'];
  /** How many rows say something else. */
  changed: Scalars['Int']['output'];
  /** How many rows are not there any more. */
  gone: Scalars['Int']['output'];
  /** How many left it. */
  left: Scalars['Int']['output'];
  /** How many rows are new. */
  new: Scalars['Int']['output'];
  /** When the run before was begun. */
  since?: Maybe<Scalars['Instant']['output']>;
  /** Of how many rows it cannot be told. */
  unknown: Scalars['Int']['output'];
};

/** How often a view is run again. */
export type ViewEvery =
  /** Every day, at an hour. */
  | 'DAILY'
  /** Every hour. Not for other purposes than care. */
  | 'HOURLY'
  /** Every week, on a day at an hour. */
  | 'WEEKLY';

/** A file to be fetched. */
export type ViewExport = {
  /** Its name. */
  filename: Scalars['String']['output'];
  /** Where it is, on this server: good for you, for five minutes. */
  url: Scalars['String']['output'];
};

/** A field that a column can show. */
export type ViewField = {
  /** What it means. */
  description?: Maybe<Scalars['String']['output']>;
  /** string, integer, decimal, boolean, date or dateTime. */
  kind: Scalars['String']['output'];
  /** An entry may have several. */
  many: Scalars['Boolean']['output'];
  /** Its path below an entry, such as code.text. */
  path: Scalars['String']['output'];
  /** It may be in views for other purposes than care, as it is or made coarser. */
  secondary: Scalars['Boolean']['output'];
};

/** The forms in which rows are taken away. */
export type ViewFormat =
  /** RFC 4180, UTF-8; cells that a spreadsheet would run as a formula begin with an apostrophe. */
  | 'CSV'
  /** The data dictionary: what each column means, as a Frictionless Data Package. */
  | 'DICTIONARY'
  /** A JSON object a line. */
  | 'NDJSON'
  /** Apache Parquet. */
  | 'PARQUET'
  /** A SQLite database file, which DuckDB reads too. */
  | 'SQLITE';

/** A column of a run. */
export type ViewHeading = {
  /** It says which sources answered, and nothing of the person. */
  coverage: Scalars['Boolean']['output'];
  /** What it means. */
  description?: Maybe<Scalars['String']['output']>;
  /** string, integer, decimal, boolean, date or dateTime. */
  kind: Scalars['String']['output'];
  /** Its name. */
  name: Scalars['String']['output'];
};

/** A view to be kept: either `columns`, or a `definition`. */
export type ViewInput = {
  /** A Vega-Lite specification without data, as JSON. */
  chart?: InputMaybe<Scalars['String']['input']>;
  /** Columns that were picked. */
  columns?: InputMaybe<Array<ViewColumnInput>>;
  /** A ViewDefinition of SQL on FHIR v2, as JSON: over a FHIR resource type, or over the resource `Person` if there is a `selection`. */
  definition?: InputMaybe<Scalars['String']['input']>;
  /** What it is for. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** The organisations (ODS codes) that may; none is all. */
  organisations?: InputMaybe<Array<Scalars['String']['input']>>;
  /** TREAT, CAREMGT, HOPERAT or HRESCH. */
  purpose: Scalars['String']['input'];
  /** The roles that may run it once it is approved; none is everybody who may use views. */
  roles?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Fields of Patient, as GraphQL has them, without the outer braces. */
  selection?: InputMaybe<Scalars['String']['input']>;
  /** What it is called: 3 to 120 characters. */
  title: Scalars['String']['input'];
};

/** What a run of a repeated view came to. */
export type ViewNotice = {
  /** When. */
  at?: Maybe<Scalars['Instant']['output']>;
  /** How many rows say something else. */
  changed: Scalars['Int']['output'];
  /** The notice. */
  id: Scalars['ID']['output'];
  /** How many rows are new. */
  new: Scalars['Int']['output'];
  /** Why it could not be run, or is not repeated any more; null where rows are new or changed. */
  problem?: Maybe<Scalars['String']['output']>;
  /** You have read it. */
  read: Scalars['Boolean']['output'];
  /** The run, whose rows are kept for a day; null if there was none. */
  run?: Maybe<Scalars['ID']['output']>;
  /** The schedule; it may have been ended since. */
  schedule: Scalars['ID']['output'];
  /** What the view is called. */
  title: Scalars['String']['output'];
  /** The view. */
  view: Scalars['ID']['output'];
};

/** What your repeated views have told you of. */
export type ViewNotices = {
  /** The latest. */
  notices: Array<ViewNotice>;
  /** How many you have not read. */
  unread: Scalars['Int']['output'];
};

/** A row of a run. */
export type ViewRow = {
  /** A cell for each heading; null is no value, which is "none" only where `_complete` is true. */
  cells: Array<Maybe<Scalars['String']['output']>>;
};

/** A run of a view over the people of a list, or over those whom a search found. */
export type ViewRun = {
  /** How many people there are by the values of one column or two. For other purposes than care small numbers are suppressed, others rounded. */
  counts?: Maybe<Array<ViewCount>>;
  /** When it was begun. */
  created?: Maybe<Scalars['Instant']['output']>;
  /** How it differs from the run before of its schedule; null for the first, and for other purposes than care. */
  differences?: Maybe<ViewDifferences>;
  /** When it ended. */
  ended?: Maybe<Scalars['Instant']['output']>;
  /** When its rows are gone. */
  expires?: Maybe<Scalars['Instant']['output']>;
  /** The columns. A run of a schedule has `_change` and `_since` besides. */
  headings: Array<ViewHeading>;
  /** The run; it stands in the ledger with each person that it read. */
  id: Scalars['ID']['output'];
  /**
   * Who may be missing from the rows, or is not who was meant, in sentences: systems that did not answer the search, people beyond
   * those that a search gives, people who only are similar, a list that was changed all the while. Null if there is nothing to say.
   */
  lacking?: Maybe<Scalars['String']['output']>;
  /** How many on the list, or of those found, were left out: whom you may not see, who cannot be told for certain, or who have opted out. Whom policy conceals is not counted. */
  leftOut: Scalars['Int']['output'];
  /** The list; null for a run over a search. What was searched for is not told again. */
  list?: Maybe<Scalars['ID']['output']>;
  /** Rows from an offset on, at most 1,000, in the list's order; each has a cell for every heading. */
  page?: Maybe<Array<ViewRow>>;
  /** How many people were read. */
  people: Scalars['Int']['output'];
  /** Why it failed or was refused. */
  problem?: Maybe<Scalars['String']['output']>;
  /** The purpose of use. */
  purpose: Scalars['String']['output'];
  /** How many rows there are. */
  rows: Scalars['Int']['output'];
  /** The schedule that it is a run of; null for a run by itself. */
  schedule?: Maybe<Scalars['ID']['output']>;
  /** The purpose is another than the care of the people themselves. */
  secondary: Scalars['Boolean']['output'];
  /** Where it is. */
  state: ViewRunState;
  /** What the view is called. */
  title: Scalars['String']['output'];
  /** The version that was run. */
  version: Scalars['Int']['output'];
  /** The view and its version. */
  view: Scalars['ID']['output'];
  /** How many answers of systems were still missing when a page was kept; `_coverage` columns say which. */
  waiting: Scalars['Int']['output'];
};


/** A run of a view over the people of a list, or over those whom a search found. */
export type ViewRunCountsArgs = {
  by: Array<Scalars['String']['input']>;
};


/** A run of a view over the people of a list, or over those whom a search found. */
export type ViewRunPageArgs = {
  first?: Scalars['Int']['input'];
  offset?: Scalars['Int']['input'];
};

/** Where a run is. */
export type ViewRunState =
  /** You ended it. */
  | 'CANCELLED'
  /** It has all rows. */
  | 'DONE'
  /** Its rows are gone. */
  | 'EXPIRED'
  /** It could not be done; `problem` says why. */
  | 'FAILED'
  /** It waits for a server. */
  | 'QUEUED'
  /** Its numbers would have told of few people. */
  | 'REFUSED'
  /** It goes on. */
  | 'RUNNING';

/** A view that is run again by itself over a list, as you. */
export type ViewSchedule = {
  /** What you are told of. */
  alert: ViewAlert;
  /** When it was made. */
  created?: Maybe<Scalars['Instant']['output']>;
  /** On which day; null unless WEEKLY. */
  day?: Maybe<ViewDay>;
  /** How often. */
  every: ViewEvery;
  /** At which hour, in the region's time; null for HOURLY. */
  hour?: Maybe<Scalars['Int']['output']>;
  /** The schedule. */
  id: Scalars['ID']['output'];
  /** Its latest run. */
  lastRun?: Maybe<ViewRun>;
  /** The list. */
  list: Scalars['ID']['output'];
  /** When it is due next; null if it does not go on. */
  next?: Maybe<Scalars['Instant']['output']>;
  /** Why it does not, or that it did not and goes on now; one sentence. */
  problem?: Maybe<Scalars['String']['output']>;
  /** Whether it goes on. */
  state: ViewScheduleState;
  /** What the view is called. */
  title: Scalars['String']['output'];
  /** When it ends: the end of its last day. */
  until?: Maybe<Scalars['Instant']['output']>;
  /** Its version. */
  version: Scalars['Int']['output'];
  /** The view. */
  view: Scalars['ID']['output'];
};

/** How a view is to be repeated. */
export type ViewScheduleInput = {
  /** What you are told of. For another purpose than care only NONE: few rows that are new or gone are few people. */
  alert: ViewAlert;
  /** On which day; for WEEKLY. */
  day?: ViewDay;
  /** How often. */
  every: ViewEvery;
  /** At which hour, from 0 to 23, in the region's time; not for HOURLY. */
  hour?: Scalars['Int']['input'];
  /** The list. */
  list: Scalars['ID']['input'];
  /** The last day, within 90 days. */
  until: Scalars['Date']['input'];
  /** Its version: a newer one is not taken by itself. */
  version: Scalars['Int']['input'];
  /** The view. */
  view: Scalars['ID']['input'];
};

/** Whether a repeated view goes on. */
export type ViewScheduleState =
  /** It goes on. */
  | 'ACTIVE'
  /** Its time is over. */
  | 'OVER'
  /** It waits for what `problem` says. */
  | 'PAUSED';

/** Whom to search for, as `searchPatients` does: by one of the NHS number, the family name with the date of birth, or a local number with its organisation. */
export type ViewSearchInput = {
  /** The whole date of birth. */
  birthDate?: InputMaybe<Scalars['Date']['input']>;
  /** The family name, with `birthDate`. */
  familyName?: InputMaybe<Scalars['String']['input']>;
  /** Narrows a search by name: male, female, other or unknown. */
  gender?: InputMaybe<Scalars['String']['input']>;
  /** Narrows a search by name. */
  givenName?: InputMaybe<Scalars['String']['input']>;
  /** A local number, such as a hospital number, with `organisation`. */
  localNumber?: InputMaybe<Scalars['String']['input']>;
  /** The NHS number. */
  nhsNumber?: InputMaybe<Scalars['NHSNumber']['input']>;
  /** An ODS code, or the id of a system. */
  organisation?: InputMaybe<Scalars['String']['input']>;
  /** Narrows a search by name. */
  postcode?: InputMaybe<Scalars['String']['input']>;
};

/** What columns can show of one section. */
export type ViewSection = {
  /** Its fields. */
  fields: Array<ViewField>;
  /** The section's name; `patient` is what stands above sections. */
  section: Scalars['String']['output'];
  /** What it is called. */
  title: Scalars['String']['output'];
};

/** Where a version of a view is on its way. */
export type ViewState =
  /** It may be run, until its end. */
  | 'APPROVED'
  /** It is being designed. */
  | 'DRAFT'
  /** It was not approved. */
  | 'REJECTED'
  /** It waits for approval. */
  | 'SUBMITTED'
  /** It is out of use. */
  | 'WITHDRAWN';

/** What a column shows of a section that may have many entries. */
export type ViewTake =
  /** All entries, in one cell. */
  | 'ALL'
  /** How many there are. */
  | 'COUNT'
  /** A row for each entry. */
  | 'EACH'
  /** The newest entry. */
  | 'LATEST';

/** How the summary is arranged. */
export type ViewerLayout = {
  /** Whether you have arranged it yourself. */
  own: Scalars['Boolean']['output'];
  /** Every section of the record, in order. One that is new in Patchwork stands at its usual place. */
  sections: Array<ViewerSection>;
  /** It changes with every change of yours; 0 while you have made none. */
  version: Scalars['Int']['output'];
};

/** A section of the summary. */
export type ViewerSection = {
  /** Shown with its heading only, until it is opened. Allergies and alerts never are. */
  folded: Scalars['Boolean']['output'];
  /** Its field name of Patient. */
  name: Scalars['String']['output'];
};

/** A section of the summary. */
export type ViewerSectionInput = {
  /** Show its heading only. */
  folded?: Scalars['Boolean']['input'];
  /** Its field name of Patient. */
  name: Scalars['String']['input'];
};

export type AccessFactsFragment = { objections: number, mayClaim: boolean, mayBreakGlass: boolean, relationships: Array<{ kind: RelationshipKind, from?: string | null, until?: string | null, evidence?: string | null }>, breakGlass?: { id: string, reason: string, started?: string | null, until?: string | null } | null };

export type ReasonsQueryVariables = Exact<{ [key: string]: never; }>;


export type ReasonsQuery = { accessReasons: { claim: Array<{ code: string, words: string }>, breakGlass: Array<{ code: string, words: string }> } };

export type ClaimMutationVariables = Exact<{
  patient: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
  explanation: Scalars['String']['input'];
}>;


export type ClaimMutation = { claimRelationship?: { objections: number, mayClaim: boolean, mayBreakGlass: boolean, relationships: Array<{ kind: RelationshipKind, from?: string | null, until?: string | null, evidence?: string | null }>, breakGlass?: { id: string, reason: string, started?: string | null, until?: string | null } | null } | null };

export type BreakGlassMutationVariables = Exact<{
  patient: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
  explanation: Scalars['String']['input'];
}>;


export type BreakGlassMutation = { breakGlass?: { objections: number, mayClaim: boolean, mayBreakGlass: boolean, relationships: Array<{ kind: RelationshipKind, from?: string | null, until?: string | null, evidence?: string | null }>, breakGlass?: { id: string, reason: string, started?: string | null, until?: string | null } | null } | null };

export type EndBreakGlassMutationVariables = Exact<{
  patient: Scalars['ID']['input'];
}>;


export type EndBreakGlassMutation = { endBreakGlass?: { objections: number, mayClaim: boolean, mayBreakGlass: boolean, relationships: Array<{ kind: RelationshipKind, from?: string | null, until?: string | null, evidence?: string | null }>, breakGlass?: { id: string, reason: string, started?: string | null, until?: string | null } | null } | null };

export type OrganisationsQueryVariables = Exact<{ [key: string]: never; }>;


export type OrganisationsQuery = { organisations?: Array<{ ods: string, name?: string | null, systems: Array<string>, logins: Array<string>, accounts: number, sessions: number, off?: { kind: SwitchKind, what?: string | null, name?: string | null, at?: string | null, by?: string | null, reason?: string | null } | null }> | null };

export type LoginsQueryVariables = Exact<{ [key: string]: never; }>;


export type LoginsQuery = { logins?: Array<{ id: string, type?: string | null, name?: string | null, domains: Array<string>, recheck?: number | null, accounts: number, sessions: number, lastSuccess?: string | null, lastRefusal?: string | null, lastCause?: string | null, organisations: Array<{ ods?: string | null, name?: string | null }>, off?: { kind: SwitchKind, what?: string | null, name?: string | null, at?: string | null, by?: string | null, reason?: string | null } | null }> | null };

export type RolesQueryVariables = Exact<{ [key: string]: never; }>;


export type RolesQuery = { roles?: Array<{ role: string, words: string, accounts: number, sessions: number, off?: { kind: SwitchKind, what?: string | null, name?: string | null, at?: string | null, by?: string | null, reason?: string | null } | null }> | null };

export type SwitchedOffQueryVariables = Exact<{ [key: string]: never; }>;


export type SwitchedOffQuery = { switchedOff?: Array<{ kind: SwitchKind, what?: string | null, name?: string | null, at?: string | null, by?: string | null, reason?: string | null }> | null };

export type AdministrationChoicesQueryVariables = Exact<{ [key: string]: never; }>;


export type AdministrationChoicesQuery = { organisations?: Array<{ ods: string, name?: string | null }> | null, logins?: Array<{ id: string, name?: string | null }> | null, roles?: Array<{ role: string, words: string }> | null };

export type AccountsQueryVariables = Exact<{
  search?: InputMaybe<Scalars['String']['input']>;
  organisation?: InputMaybe<Scalars['String']['input']>;
  role?: InputMaybe<Scalars['String']['input']>;
  login?: InputMaybe<Scalars['String']['input']>;
  off?: InputMaybe<Scalars['Boolean']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type AccountsQuery = { accounts?: { next?: string | null, items: Array<{ id: string, issuer: string, subject: string, login?: string | null, name?: string | null, created?: string | null, signedIn?: string | null, disabled: boolean, identifiers: Array<{ kind?: string | null, value?: string | null }>, positions: Array<{ role?: string | null, careSetting?: string | null, organisation?: { ods?: string | null, name?: string | null } | null }>, off?: { kind: SwitchKind, what?: string | null, name?: string | null, at?: string | null, by?: string | null, reason?: string | null } | null }> } | null };

export type OpenSessionsQueryVariables = Exact<{
  account?: InputMaybe<Scalars['ID']['input']>;
  organisation?: InputMaybe<Scalars['String']['input']>;
  login?: InputMaybe<Scalars['String']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type OpenSessionsQuery = { sessions?: { next?: string | null, items: Array<{ id: string, name?: string | null, role?: string | null, login?: string | null, device?: string | null, address?: string | null, created?: string | null, lastSeen?: string | null, locked: boolean, current: boolean, organisation?: { ods?: string | null, name?: string | null } | null }> } | null };

export type TestLoginMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type TestLoginMutation = { testLogin?: Array<{ name?: string | null, ok: boolean, detail?: string | null }> | null };

export type SwitchOffMutationVariables = Exact<{
  kind: SwitchKind;
  what: Scalars['String']['input'];
  reason: Scalars['String']['input'];
}>;


export type SwitchOffMutation = { switchOff?: Array<{ kind: SwitchKind, what?: string | null, name?: string | null, at?: string | null, by?: string | null, reason?: string | null }> | null };

export type SwitchOnMutationVariables = Exact<{
  kind: SwitchKind;
  what: Scalars['String']['input'];
  reason: Scalars['String']['input'];
}>;


export type SwitchOnMutation = { switchOn?: Array<{ kind: SwitchKind, what?: string | null, name?: string | null, at?: string | null, by?: string | null, reason?: string | null }> | null };

export type EndSessionMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
}>;


export type EndSessionMutation = { endSession?: boolean | null };

export type EndAllSessionsMutationVariables = Exact<{
  account: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
}>;


export type EndAllSessionsMutation = { endSessions?: boolean | null };

export type SwitchedOffFactsFragment = { kind: SwitchKind, what?: string | null, name?: string | null, at?: string | null, by?: string | null, reason?: string | null };

export type AccountFactsFragment = { id: string, issuer: string, subject: string, login?: string | null, name?: string | null, created?: string | null, signedIn?: string | null, disabled: boolean, identifiers: Array<{ kind?: string | null, value?: string | null }>, positions: Array<{ role?: string | null, careSetting?: string | null, organisation?: { ods?: string | null, name?: string | null } | null }>, off?: { kind: SwitchKind, what?: string | null, name?: string | null, at?: string | null, by?: string | null, reason?: string | null } | null };

export type OpenSessionFactsFragment = { id: string, name?: string | null, role?: string | null, login?: string | null, device?: string | null, address?: string | null, created?: string | null, lastSeen?: string | null, locked: boolean, current: boolean, organisation?: { ods?: string | null, name?: string | null } | null };

export type ClientsQueryVariables = Exact<{ [key: string]: never; }>;


export type ClientsQuery = { smartClients?: Array<{ id: string, name?: string | null, method: SmartClientMethod, redirectUris: Array<string>, launchUrl?: string | null, state: SmartClientState, builtIn: boolean, proposed?: string | null, proposedBy?: string | null, proposedByYou: boolean, launching?: { apps: Array<{ id: string }> } | null, off?: { kind: SwitchKind, what?: string | null, name?: string | null, at?: string | null, by?: string | null, reason?: string | null } | null }> | null };

export type ClientQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ClientQuery = { smartClient?: { id: string, name?: string | null, method: SmartClientMethod, redirectUris: Array<string>, launchUrl?: string | null, trusted: boolean, jwksUrl?: string | null, state: SmartClientState, edition: string, builtIn: boolean, proposed?: string | null, proposedBy?: string | null, proposedByYou: boolean, approved?: string | null, approvedBy?: string | null, scopes: Array<{ scope: string, words?: string | null }>, position?: { role?: string | null, careSetting?: string | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, launching?: { trust: boolean, prefill: boolean, origins: Array<string>, apps: Array<{ id: string, name?: string | null }>, organisations: Array<{ ods?: string | null, name?: string | null }>, logins: Array<{ id: string, name?: string | null }> } | null, keys: Array<{ kid: string, kty: string, alg: string, thumbprint: string }>, off?: { kind: SwitchKind, what?: string | null, name?: string | null, at?: string | null, by?: string | null, reason?: string | null } | null } | null };

export type ScopeWordsQueryVariables = Exact<{
  scopes: Array<Scalars['String']['input']> | Scalars['String']['input'];
}>;


export type ScopeWordsQuery = { smartScopes?: Array<{ scope: string, words?: string | null }> | null };

export type ProposeClientMutationVariables = Exact<{
  input: SmartClientInput;
}>;


export type ProposeClientMutation = { proposeSmartClient?: { secret?: string | null, client: { id: string, name?: string | null, method: SmartClientMethod, redirectUris: Array<string>, launchUrl?: string | null, trusted: boolean, jwksUrl?: string | null, state: SmartClientState, edition: string, builtIn: boolean, proposed?: string | null, proposedBy?: string | null, proposedByYou: boolean, approved?: string | null, approvedBy?: string | null, scopes: Array<{ scope: string, words?: string | null }>, position?: { role?: string | null, careSetting?: string | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, launching?: { trust: boolean, prefill: boolean, origins: Array<string>, apps: Array<{ id: string, name?: string | null }>, organisations: Array<{ ods?: string | null, name?: string | null }>, logins: Array<{ id: string, name?: string | null }> } | null, keys: Array<{ kid: string, kty: string, alg: string, thumbprint: string }>, off?: { kind: SwitchKind, what?: string | null, name?: string | null, at?: string | null, by?: string | null, reason?: string | null } | null } } | null };

export type ApproveClientMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  edition: Scalars['String']['input'];
}>;


export type ApproveClientMutation = { approveSmartClient?: { id: string, name?: string | null, method: SmartClientMethod, redirectUris: Array<string>, launchUrl?: string | null, trusted: boolean, jwksUrl?: string | null, state: SmartClientState, edition: string, builtIn: boolean, proposed?: string | null, proposedBy?: string | null, proposedByYou: boolean, approved?: string | null, approvedBy?: string | null, scopes: Array<{ scope: string, words?: string | null }>, position?: { role?: string | null, careSetting?: string | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, launching?: { trust: boolean, prefill: boolean, origins: Array<string>, apps: Array<{ id: string, name?: string | null }>, organisations: Array<{ ods?: string | null, name?: string | null }>, logins: Array<{ id: string, name?: string | null }> } | null, keys: Array<{ kid: string, kty: string, alg: string, thumbprint: string }>, off?: { kind: SwitchKind, what?: string | null, name?: string | null, at?: string | null, by?: string | null, reason?: string | null } | null } | null };

export type ReplaceClientSecretMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ReplaceClientSecretMutation = { replaceSmartClientSecret?: { secret?: string | null, client: { id: string, name?: string | null, method: SmartClientMethod, redirectUris: Array<string>, launchUrl?: string | null, trusted: boolean, jwksUrl?: string | null, state: SmartClientState, edition: string, builtIn: boolean, proposed?: string | null, proposedBy?: string | null, proposedByYou: boolean, approved?: string | null, approvedBy?: string | null, scopes: Array<{ scope: string, words?: string | null }>, position?: { role?: string | null, careSetting?: string | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, launching?: { trust: boolean, prefill: boolean, origins: Array<string>, apps: Array<{ id: string, name?: string | null }>, organisations: Array<{ ods?: string | null, name?: string | null }>, logins: Array<{ id: string, name?: string | null }> } | null, keys: Array<{ kid: string, kty: string, alg: string, thumbprint: string }>, off?: { kind: SwitchKind, what?: string | null, name?: string | null, at?: string | null, by?: string | null, reason?: string | null } | null } } | null };

export type ReplaceClientKeysMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  jwks?: InputMaybe<Scalars['String']['input']>;
  jwksUrl?: InputMaybe<Scalars['String']['input']>;
}>;


export type ReplaceClientKeysMutation = { replaceSmartClientKeys?: { id: string, name?: string | null, method: SmartClientMethod, redirectUris: Array<string>, launchUrl?: string | null, trusted: boolean, jwksUrl?: string | null, state: SmartClientState, edition: string, builtIn: boolean, proposed?: string | null, proposedBy?: string | null, proposedByYou: boolean, approved?: string | null, approvedBy?: string | null, scopes: Array<{ scope: string, words?: string | null }>, position?: { role?: string | null, careSetting?: string | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, launching?: { trust: boolean, prefill: boolean, origins: Array<string>, apps: Array<{ id: string, name?: string | null }>, organisations: Array<{ ods?: string | null, name?: string | null }>, logins: Array<{ id: string, name?: string | null }> } | null, keys: Array<{ kid: string, kty: string, alg: string, thumbprint: string }>, off?: { kind: SwitchKind, what?: string | null, name?: string | null, at?: string | null, by?: string | null, reason?: string | null } | null } | null };

export type ClientLineFragment = { id: string, name?: string | null, method: SmartClientMethod, redirectUris: Array<string>, launchUrl?: string | null, state: SmartClientState, builtIn: boolean, proposed?: string | null, proposedBy?: string | null, proposedByYou: boolean, launching?: { apps: Array<{ id: string }> } | null, off?: { kind: SwitchKind, what?: string | null, name?: string | null, at?: string | null, by?: string | null, reason?: string | null } | null };

export type ClientFactsFragment = { id: string, name?: string | null, method: SmartClientMethod, redirectUris: Array<string>, launchUrl?: string | null, trusted: boolean, jwksUrl?: string | null, state: SmartClientState, edition: string, builtIn: boolean, proposed?: string | null, proposedBy?: string | null, proposedByYou: boolean, approved?: string | null, approvedBy?: string | null, scopes: Array<{ scope: string, words?: string | null }>, position?: { role?: string | null, careSetting?: string | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, launching?: { trust: boolean, prefill: boolean, origins: Array<string>, apps: Array<{ id: string, name?: string | null }>, organisations: Array<{ ods?: string | null, name?: string | null }>, logins: Array<{ id: string, name?: string | null }> } | null, keys: Array<{ kid: string, kty: string, alg: string, thumbprint: string }>, off?: { kind: SwitchKind, what?: string | null, name?: string | null, at?: string | null, by?: string | null, reason?: string | null } | null };

export type TestLaunchMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  way: LaunchWay;
  sent?: InputMaybe<Scalars['String']['input']>;
}>;


export type TestLaunchMutation = { testLaunch?: Array<{ name: string, ok: boolean, found?: string | null, mend?: string | null }> | null };

export type ExplainQueryVariables = Exact<{
  patient: Scalars['ID']['input'];
  resource: Scalars['String']['input'];
  source?: InputMaybe<Scalars['ID']['input']>;
  label?: InputMaybe<Scalars['String']['input']>;
}>;


export type ExplainQuery = { explain?: { shown: boolean, sentence: string, remedy?: string | null, resource: string, policyVersion: string, policies?: Array<{ id: string, description?: string | null, effect: string, applies: boolean, unmet: Array<string> }> | null, attributes?: Array<{ key: string, values: Array<string> }> | null } | null };

export type ExplanationFactsFragment = { shown: boolean, sentence: string, remedy?: string | null, resource: string, policyVersion: string, policies?: Array<{ id: string, description?: string | null, effect: string, applies: boolean, unmet: Array<string> }> | null, attributes?: Array<{ key: string, values: Array<string> }> | null };

export type LookupQueryVariables = Exact<{
  nhsNumber: Scalars['NHSNumber']['input'];
  born?: InputMaybe<Scalars['Boolean']['input']>;
}>;


export type LookupQuery = { patientByNHSNumber?: { id: string, birthDate?: string | null } | null };

export type SearchQueryVariables = Exact<{
  nhsNumber?: InputMaybe<Scalars['NHSNumber']['input']>;
  familyName?: InputMaybe<Scalars['String']['input']>;
  givenName?: InputMaybe<Scalars['String']['input']>;
  birthDate?: InputMaybe<Scalars['Date']['input']>;
  gender?: InputMaybe<Scalars['String']['input']>;
  postcode?: InputMaybe<Scalars['String']['input']>;
  localNumber?: InputMaybe<Scalars['String']['input']>;
  organisation?: InputMaybe<Scalars['String']['input']>;
}>;


export type SearchQuery = { searchPatients: { similar: boolean, more: boolean, hits: Array<{ id?: string | null, match: HitMatch, nhsNumber?: string | null, birthDate?: string | null, gender?: string | null, postcode?: string | null, name?: { text?: string | null } | null, sources: Array<{ id?: string | null, name?: string | null, careSetting?: string | null }> }>, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> } };

export type SearchedSystemsQueryVariables = Exact<{ [key: string]: never; }>;


export type SearchedSystemsQuery = { sources: Array<{ id: string, name?: string | null, organisation?: { ods?: string | null, name?: string | null } | null }> };

type Completeness_AboutMeSection_Fragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

type Completeness_AdmissionSection_Fragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

type Completeness_AlertSection_Fragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

type Completeness_AllergySection_Fragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

type Completeness_AppointmentSection_Fragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

type Completeness_CarePlanSection_Fragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

type Completeness_ConsentSection_Fragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

type Completeness_ContactSection_Fragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

type Completeness_DemographicsSection_Fragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

type Completeness_DischargeSection_Fragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

type Completeness_DocumentSection_Fragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

type Completeness_EndOfLifeSection_Fragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

type Completeness_MedicationSection_Fragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

type Completeness_ObservationSection_Fragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

type Completeness_PersonalContactSection_Fragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

type Completeness_PracticeSection_Fragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

type Completeness_ProblemSection_Fragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

type Completeness_ProcedureSection_Fragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

type Completeness_ProfessionalContactSection_Fragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

type Completeness_ResultSection_Fragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

type Completeness_VaccinationSection_Fragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type CompletenessFragment =
  | Completeness_AboutMeSection_Fragment
  | Completeness_AdmissionSection_Fragment
  | Completeness_AlertSection_Fragment
  | Completeness_AllergySection_Fragment
  | Completeness_AppointmentSection_Fragment
  | Completeness_CarePlanSection_Fragment
  | Completeness_ConsentSection_Fragment
  | Completeness_ContactSection_Fragment
  | Completeness_DemographicsSection_Fragment
  | Completeness_DischargeSection_Fragment
  | Completeness_DocumentSection_Fragment
  | Completeness_EndOfLifeSection_Fragment
  | Completeness_MedicationSection_Fragment
  | Completeness_ObservationSection_Fragment
  | Completeness_PersonalContactSection_Fragment
  | Completeness_PracticeSection_Fragment
  | Completeness_ProblemSection_Fragment
  | Completeness_ProcedureSection_Fragment
  | Completeness_ProfessionalContactSection_Fragment
  | Completeness_ResultSection_Fragment
  | Completeness_VaccinationSection_Fragment
;

export type OutcomeFactsFragment = { status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null };

type Statement_AboutMe_Fragment = { id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type Statement_Admission_Fragment = { id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type Statement_Alert_Fragment = { id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type Statement_Allergy_Fragment = { id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type Statement_Appointment_Fragment = { id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type Statement_CarePlan_Fragment = { id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type Statement_Consent_Fragment = { id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type Statement_Contact_Fragment = { id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type Statement_Discharge_Fragment = { id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type Statement_Document_Fragment = { id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type Statement_EndOfLife_Fragment = { id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type Statement_Medication_Fragment = { id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type Statement_Observation_Fragment = { id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type Statement_Person_Fragment = { id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type Statement_PersonalContact_Fragment = { id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type Statement_Practice_Fragment = { id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type Statement_Problem_Fragment = { id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type Statement_Procedure_Fragment = { id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type Statement_ProfessionalContact_Fragment = { id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type Statement_Result_Fragment = { id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type Statement_Vaccination_Fragment = { id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

export type StatementFragment =
  | Statement_AboutMe_Fragment
  | Statement_Admission_Fragment
  | Statement_Alert_Fragment
  | Statement_Allergy_Fragment
  | Statement_Appointment_Fragment
  | Statement_CarePlan_Fragment
  | Statement_Consent_Fragment
  | Statement_Contact_Fragment
  | Statement_Discharge_Fragment
  | Statement_Document_Fragment
  | Statement_EndOfLife_Fragment
  | Statement_Medication_Fragment
  | Statement_Observation_Fragment
  | Statement_Person_Fragment
  | Statement_PersonalContact_Fragment
  | Statement_Practice_Fragment
  | Statement_Problem_Fragment
  | Statement_Procedure_Fragment
  | Statement_ProfessionalContact_Fragment
  | Statement_Result_Fragment
  | Statement_Vaccination_Fragment
;

export type CodedFragment = { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null };

export type AmountFragment = { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null };

export type FoundFragment = { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null };

export type UsualFragment = { text?: string | null, low?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, high?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null };

export type MeasuredFragment = { date?: string | null, status?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, interpretation?: Array<{ label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null }> | null, ranges?: Array<{ text?: string | null, low?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, high?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null }> | null, absent?: { label?: string | null } | null };

export type ReachFragment = { system?: string | null, value?: string | null, use?: string | null };

export type PlaceFragment = { lines?: Array<string> | null, postcode?: string | null, use?: string | null };

export type IdentityFragment = { nhsNumber?: string | null, nhsNumberStatus?: NumberStatus | null, formerNHSNumbers?: Array<string> | null, birthDate?: string | null, deceased?: boolean | null, deceasedDate?: string | null, gender?: string | null, name?: { text?: string | null } | null, otherNames?: Array<{ text?: string | null, use?: string | null }> | null, addresses?: Array<{ lines?: Array<string> | null, postcode?: string | null, use?: string | null }> | null, telecoms?: Array<{ system?: string | null, value?: string | null, use?: string | null }> | null, ethnicity?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, language?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, maritalStatus?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, identifiers?: Array<{ system?: string | null, value?: string | null }> | null };

export type LooksQueryVariables = Exact<{
  patient: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type LooksQuery = { whoHasLooked?: { next?: string | null, looks: Array<{ sentence: string, name?: string | null, role?: string | null, from?: string | null, until?: string | null, events: number, actions: Array<string>, sections: Array<string>, purpose?: string | null, relationship?: string | null, reason?: string | null, flags: Array<string>, firstSeq: number, lastSeq: number, organisation?: { ods?: string | null, name?: string | null } | null }> } | null };

export type LookFactsFragment = { sentence: string, name?: string | null, role?: string | null, from?: string | null, until?: string | null, events: number, actions: Array<string>, sections: Array<string>, purpose?: string | null, relationship?: string | null, reason?: string | null, flags: Array<string>, firstSeq: number, lastSeq: number, organisation?: { ods?: string | null, name?: string | null } | null };

export type ReviewQueueQueryVariables = Exact<{
  state?: InputMaybe<ReviewState>;
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type ReviewQueueQuery = { reviews?: { waiting: number, underReview: number, next?: string | null, items: Array<{ id: string, kind: string, sentence: string, state: ReviewState, name?: string | null, role?: string | null, patient?: string | null, reason?: string | null, opened?: string | null, reviewer?: string | null, outcome?: ReviewOutcome | null, note?: string | null, closed?: string | null, seq: number, organisation?: { ods?: string | null, name?: string | null } | null }> } | null };

export type ReviewsWaitingQueryVariables = Exact<{ [key: string]: never; }>;


export type ReviewsWaitingQuery = { reviews?: { waiting: number } | null };

export type BeginReviewMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type BeginReviewMutation = { beginReview?: { id: string, kind: string, sentence: string, state: ReviewState, name?: string | null, role?: string | null, patient?: string | null, reason?: string | null, opened?: string | null, reviewer?: string | null, outcome?: ReviewOutcome | null, note?: string | null, closed?: string | null, seq: number, organisation?: { ods?: string | null, name?: string | null } | null } | null };

export type CloseReviewMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  outcome: ReviewOutcome;
  note: Scalars['String']['input'];
}>;


export type CloseReviewMutation = { closeReview?: { id: string, kind: string, sentence: string, state: ReviewState, name?: string | null, role?: string | null, patient?: string | null, reason?: string | null, opened?: string | null, reviewer?: string | null, outcome?: ReviewOutcome | null, note?: string | null, closed?: string | null, seq: number, organisation?: { ods?: string | null, name?: string | null } | null } | null };

export type ReviewFactsFragment = { id: string, kind: string, sentence: string, state: ReviewState, name?: string | null, role?: string | null, patient?: string | null, reason?: string | null, opened?: string | null, reviewer?: string | null, outcome?: ReviewOutcome | null, note?: string | null, closed?: string | null, seq: number, organisation?: { ods?: string | null, name?: string | null } | null };

export type LinkProposalsQueryVariables = Exact<{
  state: ProposalState;
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type LinkProposalsQuery = { linkProposals?: { total: number, next?: string | null, proposals: Array<{ id: string, state: ProposalState, patient: string, localId?: string | null, score?: number | null, rules: Array<string>, proposed?: string | null, proposedBy?: string | null, decided?: string | null, decidedBy?: string | null, reason?: string | null, source: { id?: string | null, name?: string | null }, agreements: Array<{ field: string, level: string, weight: number }>, candidate?: { localId?: string | null, nhsNumber?: string | null, nhsNumberStatus?: NumberStatus | null, birthDate?: string | null, gender?: string | null, deceased?: boolean | null, source: { id?: string | null, name?: string | null }, name?: { text?: string | null } | null, otherNames?: Array<{ text?: string | null, use?: string | null }> | null, addresses?: Array<{ lines?: Array<string> | null, postcode?: string | null, use?: string | null }> | null, telecoms?: Array<{ system?: string | null, value?: string | null, use?: string | null }> | null } | null, candidateOutcome: { status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }, known: Array<{ localId?: string | null, nhsNumber?: string | null, nhsNumberStatus?: NumberStatus | null, birthDate?: string | null, gender?: string | null, deceased?: boolean | null, source: { id?: string | null, name?: string | null }, name?: { text?: string | null } | null, otherNames?: Array<{ text?: string | null, use?: string | null }> | null, addresses?: Array<{ lines?: Array<string> | null, postcode?: string | null, use?: string | null }> | null, telecoms?: Array<{ system?: string | null, value?: string | null, use?: string | null }> | null }>, knownOutcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }> } | null };

export type DecideLinkMutationVariables = Exact<{
  proposal: Scalars['ID']['input'];
  confirm: Scalars['Boolean']['input'];
  reason: Scalars['String']['input'];
}>;


export type DecideLinkMutation = { decideLink?: { id: string, state: ProposalState, patient: string, localId?: string | null, score?: number | null, rules: Array<string>, proposed?: string | null, proposedBy?: string | null, decided?: string | null, decidedBy?: string | null, reason?: string | null, source: { id?: string | null, name?: string | null }, agreements: Array<{ field: string, level: string, weight: number }>, candidate?: { localId?: string | null, nhsNumber?: string | null, nhsNumberStatus?: NumberStatus | null, birthDate?: string | null, gender?: string | null, deceased?: boolean | null, source: { id?: string | null, name?: string | null }, name?: { text?: string | null } | null, otherNames?: Array<{ text?: string | null, use?: string | null }> | null, addresses?: Array<{ lines?: Array<string> | null, postcode?: string | null, use?: string | null }> | null, telecoms?: Array<{ system?: string | null, value?: string | null, use?: string | null }> | null } | null, candidateOutcome: { status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }, known: Array<{ localId?: string | null, nhsNumber?: string | null, nhsNumberStatus?: NumberStatus | null, birthDate?: string | null, gender?: string | null, deceased?: boolean | null, source: { id?: string | null, name?: string | null }, name?: { text?: string | null } | null, otherNames?: Array<{ text?: string | null, use?: string | null }> | null, addresses?: Array<{ lines?: Array<string> | null, postcode?: string | null, use?: string | null }> | null, telecoms?: Array<{ system?: string | null, value?: string | null, use?: string | null }> | null }>, knownOutcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> } | null };

export type LinksQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type LinksQuery = { patient?: { id: string, birthDate?: string | null, nhsNumber?: string | null, person?: { birthDate?: string | null, nhsNumber?: string | null, name?: { text?: string | null } | null } | null, registrations: Array<{ state: RegistrationState, reason?: string | null, checked?: string | null, source: { id?: string | null, name?: string | null, careSetting?: string | null, organisation?: { name?: string | null } | null }, links: Array<{ localId?: string | null, status: LinkStatus, since?: string | null, evidence?: string | null }> }> } | null, linkHistory?: Array<{ at?: string | null, kind: LinkEventKind, source?: string | null, localId?: string | null, status?: LinkStatus | null, evidence?: string | null, by?: string | null, reason?: string | null }> | null };

export type UnlinkMutationVariables = Exact<{
  patient: Scalars['ID']['input'];
  source: Scalars['ID']['input'];
  localId: Scalars['String']['input'];
  reason: Scalars['String']['input'];
}>;


export type UnlinkMutation = { unlink?: Array<{ at?: string | null, kind: LinkEventKind, source?: string | null, localId?: string | null, status?: LinkStatus | null, evidence?: string | null, by?: string | null, reason?: string | null }> | null };

export type ProposeLinkMutationVariables = Exact<{
  patient: Scalars['ID']['input'];
  source: Scalars['ID']['input'];
  localId: Scalars['String']['input'];
  reason: Scalars['String']['input'];
}>;


export type ProposeLinkMutation = { proposeLink?: { id: string } | null };

export type AcceptBirthDateMutationVariables = Exact<{
  patient: Scalars['ID']['input'];
  source: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
}>;


export type AcceptBirthDateMutation = { acceptBirthDate?: Array<{ at?: string | null, kind: LinkEventKind, source?: string | null, localId?: string | null, status?: LinkStatus | null, evidence?: string | null, by?: string | null, reason?: string | null }> | null };

export type ProposalFactsFragment = { id: string, state: ProposalState, patient: string, localId?: string | null, score?: number | null, rules: Array<string>, proposed?: string | null, proposedBy?: string | null, decided?: string | null, decidedBy?: string | null, reason?: string | null, source: { id?: string | null, name?: string | null }, agreements: Array<{ field: string, level: string, weight: number }>, candidate?: { localId?: string | null, nhsNumber?: string | null, nhsNumberStatus?: NumberStatus | null, birthDate?: string | null, gender?: string | null, deceased?: boolean | null, source: { id?: string | null, name?: string | null }, name?: { text?: string | null } | null, otherNames?: Array<{ text?: string | null, use?: string | null }> | null, addresses?: Array<{ lines?: Array<string> | null, postcode?: string | null, use?: string | null }> | null, telecoms?: Array<{ system?: string | null, value?: string | null, use?: string | null }> | null } | null, candidateOutcome: { status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }, known: Array<{ localId?: string | null, nhsNumber?: string | null, nhsNumberStatus?: NumberStatus | null, birthDate?: string | null, gender?: string | null, deceased?: boolean | null, source: { id?: string | null, name?: string | null }, name?: { text?: string | null } | null, otherNames?: Array<{ text?: string | null, use?: string | null }> | null, addresses?: Array<{ lines?: Array<string> | null, postcode?: string | null, use?: string | null }> | null, telecoms?: Array<{ system?: string | null, value?: string | null, use?: string | null }> | null }>, knownOutcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type ComparedFragment = { localId?: string | null, nhsNumber?: string | null, nhsNumberStatus?: NumberStatus | null, birthDate?: string | null, gender?: string | null, deceased?: boolean | null, source: { id?: string | null, name?: string | null }, name?: { text?: string | null } | null, otherNames?: Array<{ text?: string | null, use?: string | null }> | null, addresses?: Array<{ lines?: Array<string> | null, postcode?: string | null, use?: string | null }> | null, telecoms?: Array<{ system?: string | null, value?: string | null, use?: string | null }> | null };

export type LinkEventFactsFragment = { at?: string | null, kind: LinkEventKind, source?: string | null, localId?: string | null, status?: LinkStatus | null, evidence?: string | null, by?: string | null, reason?: string | null };

export type ListFactsFragment = { id: string, version: number, title: string, description?: string | null, may: ListPermission, changed?: string | null, changedBy?: string | null, archived?: string | null, size?: number | null, news: number, owner: { id: string, name: string, role?: string | null, organisation?: { ods?: string | null, name?: string | null } | null }, columns: Array<{ section: string, show: ListColumnShow, code?: string | null, title?: string | null }>, roster?: { kind: RosterKind, id: string, name: string, source: { id?: string | null, name?: string | null } } | null };

export type ListUserFactsFragment = { id: string, name: string, role?: string | null, organisation?: { ods?: string | null, name?: string | null } | null };

export type ShareFactsFragment = { id: string, may: ListPermission, until?: string | null, by: string, since?: string | null, with: { kind: GranteeKind, id: string, name: string, organisation?: { ods?: string | null, name?: string | null } | null } };

export type TargetFactsFragment = { kind: GranteeKind, id: string, name: string, organisation?: { ods?: string | null, name?: string | null } | null };

export type TeamFactsFragment = { id: string, name: string, leads: boolean, organisation?: { ods?: string | null, name?: string | null } | null, members: Array<{ id: string, name: string, role?: string | null, organisation?: { ods?: string | null, name?: string | null } | null }> };

export type RosterFactsFragment = { kind: RosterKind, id: string, name: string, source: { id?: string | null, name?: string | null, careSetting?: string | null } };

export type ListsQueryVariables = Exact<{
  archived: Scalars['Boolean']['input'];
}>;


export type ListsQuery = { lists: Array<{ id: string, version: number, title: string, description?: string | null, may: ListPermission, changed?: string | null, changedBy?: string | null, archived?: string | null, size?: number | null, news: number, owner: { id: string, name: string, role?: string | null, organisation?: { ods?: string | null, name?: string | null } | null }, columns: Array<{ section: string, show: ListColumnShow, code?: string | null, title?: string | null }>, roster?: { kind: RosterKind, id: string, name: string, source: { id?: string | null, name?: string | null } } | null }> };

export type ListAsItIsQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ListAsItIsQuery = { list?: { id: string, version: number, title: string, description?: string | null, may: ListPermission, changed?: string | null, changedBy?: string | null, archived?: string | null, size?: number | null, news: number, owner: { id: string, name: string, role?: string | null, organisation?: { ods?: string | null, name?: string | null } | null }, columns: Array<{ section: string, show: ListColumnShow, code?: string | null, title?: string | null }>, roster?: { kind: RosterKind, id: string, name: string, source: { id?: string | null, name?: string | null } } | null } | null };

export type ListSharesQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ListSharesQuery = { list?: { id: string, shares?: Array<{ id: string, may: ListPermission, until?: string | null, by: string, since?: string | null, with: { kind: GranteeKind, id: string, name: string, organisation?: { ods?: string | null, name?: string | null } | null } }> | null } | null };

export type ListHistoryQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ListHistoryQuery = { list?: { id: string, history?: Array<{ version: number, at?: string | null, by: string, what: string }> | null } | null };

export type ListsChangedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type ListsChangedSubscription = { listsChanged?: Array<{ id: string, version: number, title: string, description?: string | null, may: ListPermission, changed?: string | null, changedBy?: string | null, archived?: string | null, size?: number | null, news: number, owner: { id: string, name: string, role?: string | null, organisation?: { ods?: string | null, name?: string | null } | null }, columns: Array<{ section: string, show: ListColumnShow, code?: string | null, title?: string | null }>, roster?: { kind: RosterKind, id: string, name: string, source: { id?: string | null, name?: string | null } } | null }> | null };

export type ListChangedSubscriptionVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ListChangedSubscription = { listChanged?: { id: string, version: number, title: string, description?: string | null, may: ListPermission, changed?: string | null, changedBy?: string | null, archived?: string | null, size?: number | null, news: number, history?: Array<{ version: number, by: string, what: string }> | null, owner: { id: string, name: string, role?: string | null, organisation?: { ods?: string | null, name?: string | null } | null }, columns: Array<{ section: string, show: ListColumnShow, code?: string | null, title?: string | null }>, roster?: { kind: RosterKind, id: string, name: string, source: { id?: string | null, name?: string | null } } | null } | null };

export type RostersQueryVariables = Exact<{ [key: string]: never; }>;


export type RostersQuery = { rosters?: { rosters: Array<{ kind: RosterKind, id: string, name: string, source: { id?: string | null, name?: string | null, careSetting?: string | null } }>, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> } | null };

export type ShareTargetsQueryVariables = Exact<{
  text: Scalars['String']['input'];
  organisation?: InputMaybe<Scalars['String']['input']>;
}>;


export type ShareTargetsQuery = { shareTargets: Array<{ kind: GranteeKind, id: string, name: string, organisation?: { ods?: string | null, name?: string | null } | null }> };

export type TeamsQueryVariables = Exact<{ [key: string]: never; }>;


export type TeamsQuery = { teams: Array<{ id: string, name: string, leads: boolean, organisation?: { ods?: string | null, name?: string | null } | null, members: Array<{ id: string, name: string, role?: string | null, organisation?: { ods?: string | null, name?: string | null } | null }> }> };

export type UnderstandNumbersQueryVariables = Exact<{
  text: Scalars['String']['input'];
}>;


export type UnderstandNumbersQuery = { understandNumbers?: { beyond: number, numbers: Array<{ nhsNumber: string, problem?: string | null, patient?: { id: string, nhsNumber?: string | null, birthDate?: string | null, person?: { birthDate?: string | null, name?: { text?: string | null, title?: string | null, given?: Array<string> | null, family?: string | null } | null } | null } | null }>, problems: Array<{ line: number, reason: string }> } | null };

export type CreateListMutationVariables = Exact<{
  title: Scalars['String']['input'];
  description?: InputMaybe<Scalars['String']['input']>;
  columns?: InputMaybe<Array<ListColumnInput> | ListColumnInput>;
  roster?: InputMaybe<RosterInput>;
}>;


export type CreateListMutation = { createList?: { id: string, version: number, title: string, description?: string | null, may: ListPermission, changed?: string | null, changedBy?: string | null, archived?: string | null, size?: number | null, news: number, owner: { id: string, name: string, role?: string | null, organisation?: { ods?: string | null, name?: string | null } | null }, columns: Array<{ section: string, show: ListColumnShow, code?: string | null, title?: string | null }>, roster?: { kind: RosterKind, id: string, name: string, source: { id?: string | null, name?: string | null } } | null } | null };

export type EditListMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  version: Scalars['Int']['input'];
  title?: InputMaybe<Scalars['String']['input']>;
  description?: InputMaybe<Scalars['String']['input']>;
  columns?: InputMaybe<Array<ListColumnInput> | ListColumnInput>;
}>;


export type EditListMutation = { editList?: { id: string, version: number, title: string, description?: string | null, may: ListPermission, changed?: string | null, changedBy?: string | null, archived?: string | null, size?: number | null, news: number, owner: { id: string, name: string, role?: string | null, organisation?: { ods?: string | null, name?: string | null } | null }, columns: Array<{ section: string, show: ListColumnShow, code?: string | null, title?: string | null }>, roster?: { kind: RosterKind, id: string, name: string, source: { id?: string | null, name?: string | null } } | null } | null };

export type AddToListMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  patients?: InputMaybe<Array<Scalars['ID']['input']> | Scalars['ID']['input']>;
  nhsNumbers?: InputMaybe<Array<Scalars['NHSNumber']['input']> | Scalars['NHSNumber']['input']>;
  fromList?: InputMaybe<Scalars['ID']['input']>;
}>;


export type AddToListMutation = { addToList?: { added: number, already: number, refused: number, list?: { id: string, version: number, title: string, description?: string | null, may: ListPermission, changed?: string | null, changedBy?: string | null, archived?: string | null, size?: number | null, news: number, owner: { id: string, name: string, role?: string | null, organisation?: { ods?: string | null, name?: string | null } | null }, columns: Array<{ section: string, show: ListColumnShow, code?: string | null, title?: string | null }>, roster?: { kind: RosterKind, id: string, name: string, source: { id?: string | null, name?: string | null } } | null } | null, problems: Array<{ nhsNumber: string, problem?: string | null }> } | null };

export type RemoveFromListMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  patients: Array<Scalars['ID']['input']> | Scalars['ID']['input'];
}>;


export type RemoveFromListMutation = { removeFromList?: { id: string, version: number, title: string, description?: string | null, may: ListPermission, changed?: string | null, changedBy?: string | null, archived?: string | null, size?: number | null, news: number, owner: { id: string, name: string, role?: string | null, organisation?: { ods?: string | null, name?: string | null } | null }, columns: Array<{ section: string, show: ListColumnShow, code?: string | null, title?: string | null }>, roster?: { kind: RosterKind, id: string, name: string, source: { id?: string | null, name?: string | null } } | null } | null };

export type MoveOnListMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  patient: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['ID']['input']>;
}>;


export type MoveOnListMutation = { moveOnList?: { id: string, version: number, title: string, description?: string | null, may: ListPermission, changed?: string | null, changedBy?: string | null, archived?: string | null, size?: number | null, news: number, owner: { id: string, name: string, role?: string | null, organisation?: { ods?: string | null, name?: string | null } | null }, columns: Array<{ section: string, show: ListColumnShow, code?: string | null, title?: string | null }>, roster?: { kind: RosterKind, id: string, name: string, source: { id?: string | null, name?: string | null } } | null } | null };

export type ShareListMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  with: GranteeInput;
  may: ListPermission;
  until?: InputMaybe<Scalars['Date']['input']>;
}>;


export type ShareListMutation = { shareList?: { id: string, version: number, title: string, description?: string | null, may: ListPermission, changed?: string | null, changedBy?: string | null, archived?: string | null, size?: number | null, news: number, shares?: Array<{ id: string, may: ListPermission, until?: string | null, by: string, since?: string | null, with: { kind: GranteeKind, id: string, name: string, organisation?: { ods?: string | null, name?: string | null } | null } }> | null, owner: { id: string, name: string, role?: string | null, organisation?: { ods?: string | null, name?: string | null } | null }, columns: Array<{ section: string, show: ListColumnShow, code?: string | null, title?: string | null }>, roster?: { kind: RosterKind, id: string, name: string, source: { id?: string | null, name?: string | null } } | null } | null };

export type UnshareListMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  share: Scalars['ID']['input'];
}>;


export type UnshareListMutation = { unshareList?: { id: string, version: number, title: string, description?: string | null, may: ListPermission, changed?: string | null, changedBy?: string | null, archived?: string | null, size?: number | null, news: number, shares?: Array<{ id: string, may: ListPermission, until?: string | null, by: string, since?: string | null, with: { kind: GranteeKind, id: string, name: string, organisation?: { ods?: string | null, name?: string | null } | null } }> | null, owner: { id: string, name: string, role?: string | null, organisation?: { ods?: string | null, name?: string | null } | null }, columns: Array<{ section: string, show: ListColumnShow, code?: string | null, title?: string | null }>, roster?: { kind: RosterKind, id: string, name: string, source: { id?: string | null, name?: string | null } } | null } | null };

export type TransferListMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  to: Scalars['ID']['input'];
}>;


export type TransferListMutation = { transferList?: { id: string, version: number, title: string, description?: string | null, may: ListPermission, changed?: string | null, changedBy?: string | null, archived?: string | null, size?: number | null, news: number, owner: { id: string, name: string, role?: string | null, organisation?: { ods?: string | null, name?: string | null } | null }, columns: Array<{ section: string, show: ListColumnShow, code?: string | null, title?: string | null }>, roster?: { kind: RosterKind, id: string, name: string, source: { id?: string | null, name?: string | null } } | null } | null };

export type LeaveListMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type LeaveListMutation = { leaveList?: boolean | null };

export type ArchiveListMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  archived: Scalars['Boolean']['input'];
}>;


export type ArchiveListMutation = { archiveList?: { id: string, version: number, title: string, description?: string | null, may: ListPermission, changed?: string | null, changedBy?: string | null, archived?: string | null, size?: number | null, news: number, owner: { id: string, name: string, role?: string | null, organisation?: { ods?: string | null, name?: string | null } | null }, columns: Array<{ section: string, show: ListColumnShow, code?: string | null, title?: string | null }>, roster?: { kind: RosterKind, id: string, name: string, source: { id?: string | null, name?: string | null } } | null } | null };

export type SawListMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  version: Scalars['Int']['input'];
}>;


export type SawListMutation = { sawList?: { id: string, version: number, title: string, description?: string | null, may: ListPermission, changed?: string | null, changedBy?: string | null, archived?: string | null, size?: number | null, news: number, owner: { id: string, name: string, role?: string | null, organisation?: { ods?: string | null, name?: string | null } | null }, columns: Array<{ section: string, show: ListColumnShow, code?: string | null, title?: string | null }>, roster?: { kind: RosterKind, id: string, name: string, source: { id?: string | null, name?: string | null } } | null } | null };

export type CreateTeamMutationVariables = Exact<{
  name: Scalars['String']['input'];
}>;


export type CreateTeamMutation = { createTeam?: { id: string, name: string, leads: boolean, organisation?: { ods?: string | null, name?: string | null } | null, members: Array<{ id: string, name: string, role?: string | null, organisation?: { ods?: string | null, name?: string | null } | null }> } | null };

export type EditTeamMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  name?: InputMaybe<Scalars['String']['input']>;
  add?: InputMaybe<Array<Scalars['ID']['input']> | Scalars['ID']['input']>;
  remove?: InputMaybe<Array<Scalars['ID']['input']> | Scalars['ID']['input']>;
}>;


export type EditTeamMutation = { editTeam?: { id: string, name: string, leads: boolean, organisation?: { ods?: string | null, name?: string | null } | null, members: Array<{ id: string, name: string, role?: string | null, organisation?: { ods?: string | null, name?: string | null } | null }> } | null };

export type PeopleQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  wait: Scalars['Int']['input'];
  demographics: Scalars['Boolean']['input'];
  practice: Scalars['Boolean']['input'];
  allergies: Scalars['Boolean']['input'];
  alerts: Scalars['Boolean']['input'];
  medications: Scalars['Boolean']['input'];
  problems: Scalars['Boolean']['input'];
  appointments: Scalars['Boolean']['input'];
  contacts: Scalars['Boolean']['input'];
  admissions: Scalars['Boolean']['input'];
  discharges: Scalars['Boolean']['input'];
  personalContacts: Scalars['Boolean']['input'];
  professionalContacts: Scalars['Boolean']['input'];
  consents: Scalars['Boolean']['input'];
  results: Scalars['Boolean']['input'];
  observations: Scalars['Boolean']['input'];
  vaccinations: Scalars['Boolean']['input'];
  procedures: Scalars['Boolean']['input'];
  documents: Scalars['Boolean']['input'];
  endOfLife: Scalars['Boolean']['input'];
  aboutMe: Scalars['Boolean']['input'];
  carePlans: Scalars['Boolean']['input'];
  next: Scalars['Boolean']['input'];
  observations1: Scalars['Boolean']['input'];
  observations1Code?: InputMaybe<Scalars['String']['input']>;
  observations2: Scalars['Boolean']['input'];
  observations2Code?: InputMaybe<Scalars['String']['input']>;
  observations3: Scalars['Boolean']['input'];
  observations3Code?: InputMaybe<Scalars['String']['input']>;
  observations4: Scalars['Boolean']['input'];
  observations4Code?: InputMaybe<Scalars['String']['input']>;
  observations5: Scalars['Boolean']['input'];
  observations5Code?: InputMaybe<Scalars['String']['input']>;
  observations6: Scalars['Boolean']['input'];
  observations6Code?: InputMaybe<Scalars['String']['input']>;
  results1: Scalars['Boolean']['input'];
  results1Code?: InputMaybe<Scalars['String']['input']>;
  results2: Scalars['Boolean']['input'];
  results2Code?: InputMaybe<Scalars['String']['input']>;
  results3: Scalars['Boolean']['input'];
  results3Code?: InputMaybe<Scalars['String']['input']>;
  results4: Scalars['Boolean']['input'];
  results4Code?: InputMaybe<Scalars['String']['input']>;
  results5: Scalars['Boolean']['input'];
  results5Code?: InputMaybe<Scalars['String']['input']>;
  results6: Scalars['Boolean']['input'];
  results6Code?: InputMaybe<Scalars['String']['input']>;
}>;


export type PeopleQuery = { list?: { id: string, version: number, title: string, description?: string | null, may: ListPermission, changed?: string | null, changedBy?: string | null, archived?: string | null, size?: number | null, news: number, people: { hidden: number, unidentified: number, next?: string | null, outcome?: { status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null } | null, people: Array<{ added?: string | null, addedBy?: string | null, new: boolean, patient: { id: string, nhsNumber?: string | null, birthDate?: string | null, person?: { birthDate?: string | null, deceased?: boolean | null, name?: { text?: string | null, title?: string | null, given?: Array<string> | null, family?: string | null } | null } | null, registrations: Array<{ state: RegistrationState, source: { name?: string | null } }>, demographics?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, name?: { text?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, practice?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, organisation?: { name?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, allergies?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, clinicalStatus?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, alerts?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, medications?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, period?: { start?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, problems?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, clinicalStatus?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, appointments?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, start?: string | null, location?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, service?: { label?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, contacts?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, class?: { display?: string | null } | null, period?: { start?: string | null } | null, reason?: { label?: string | null } | null, service?: { label?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, admissions?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, ward?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, period?: { start?: string | null } | null, reason?: { label?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, discharges?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, diagnoses?: Array<{ label?: string | null }> | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, personalContacts?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, name?: { text?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, professionalContacts?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, team?: string | null, professional?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, organisation?: { name?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, consents?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, results?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, conclusion?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, measurements?: Array<{ date?: string | null, code?: { label?: string | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, absent?: { label?: string | null } | null }> | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, observations?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, interpretation?: Array<{ label?: string | null }> | null, absent?: { label?: string | null } | null, components?: Array<{ code?: { label?: string | null, codings?: Array<{ system?: string | null, code?: string | null }> | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, absent?: { label?: string | null } | null }> | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, vaccinations?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, procedures?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, performed?: { start?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, documents?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, title?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, endOfLife?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, aboutMe?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, title?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, carePlans?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, title?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, next?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, start?: string | null, location?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, service?: { label?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, observations1?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, interpretation?: Array<{ label?: string | null }> | null, absent?: { label?: string | null } | null, components?: Array<{ code?: { label?: string | null, codings?: Array<{ system?: string | null, code?: string | null }> | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, absent?: { label?: string | null } | null }> | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, observations2?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, interpretation?: Array<{ label?: string | null }> | null, absent?: { label?: string | null } | null, components?: Array<{ code?: { label?: string | null, codings?: Array<{ system?: string | null, code?: string | null }> | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, absent?: { label?: string | null } | null }> | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, observations3?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, interpretation?: Array<{ label?: string | null }> | null, absent?: { label?: string | null } | null, components?: Array<{ code?: { label?: string | null, codings?: Array<{ system?: string | null, code?: string | null }> | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, absent?: { label?: string | null } | null }> | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, observations4?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, interpretation?: Array<{ label?: string | null }> | null, absent?: { label?: string | null } | null, components?: Array<{ code?: { label?: string | null, codings?: Array<{ system?: string | null, code?: string | null }> | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, absent?: { label?: string | null } | null }> | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, observations5?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, interpretation?: Array<{ label?: string | null }> | null, absent?: { label?: string | null } | null, components?: Array<{ code?: { label?: string | null, codings?: Array<{ system?: string | null, code?: string | null }> | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, absent?: { label?: string | null } | null }> | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, observations6?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, interpretation?: Array<{ label?: string | null }> | null, absent?: { label?: string | null } | null, components?: Array<{ code?: { label?: string | null, codings?: Array<{ system?: string | null, code?: string | null }> | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, absent?: { label?: string | null } | null }> | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, results1?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, conclusion?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, measurements?: Array<{ date?: string | null, code?: { label?: string | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, absent?: { label?: string | null } | null }> | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, results2?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, conclusion?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, measurements?: Array<{ date?: string | null, code?: { label?: string | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, absent?: { label?: string | null } | null }> | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, results3?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, conclusion?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, measurements?: Array<{ date?: string | null, code?: { label?: string | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, absent?: { label?: string | null } | null }> | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, results4?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, conclusion?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, measurements?: Array<{ date?: string | null, code?: { label?: string | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, absent?: { label?: string | null } | null }> | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, results5?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, conclusion?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, measurements?: Array<{ date?: string | null, code?: { label?: string | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, absent?: { label?: string | null } | null }> | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, results6?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, conclusion?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, measurements?: Array<{ date?: string | null, code?: { label?: string | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, absent?: { label?: string | null } | null }> | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> } } }> }, owner: { id: string, name: string, role?: string | null, organisation?: { ods?: string | null, name?: string | null } | null }, columns: Array<{ section: string, show: ListColumnShow, code?: string | null, title?: string | null }>, roster?: { kind: RosterKind, id: string, name: string, source: { id?: string | null, name?: string | null } } | null } | null };

export type NeighboursQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type NeighboursQuery = { list?: { id: string, people: { people: Array<{ patient: { id: string } }> } } | null };

export type DemographicsCellFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, name?: { text?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type PracticeCellFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, organisation?: { name?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type AllergiesCellFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, clinicalStatus?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type AlertsCellFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type MedicationsCellFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, period?: { start?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type ProblemsCellFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, clinicalStatus?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type AppointmentsCellFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, start?: string | null, location?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, service?: { label?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type ContactsCellFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, class?: { display?: string | null } | null, period?: { start?: string | null } | null, reason?: { label?: string | null } | null, service?: { label?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type AdmissionsCellFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, ward?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, period?: { start?: string | null } | null, reason?: { label?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type DischargesCellFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, diagnoses?: Array<{ label?: string | null }> | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type PersonalContactsCellFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, name?: { text?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type ProfessionalContactsCellFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, team?: string | null, professional?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, organisation?: { name?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type ConsentsCellFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type ResultsCellFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, conclusion?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, measurements?: Array<{ date?: string | null, code?: { label?: string | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, absent?: { label?: string | null } | null }> | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type ObservationsCellFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, interpretation?: Array<{ label?: string | null }> | null, absent?: { label?: string | null } | null, components?: Array<{ code?: { label?: string | null, codings?: Array<{ system?: string | null, code?: string | null }> | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, absent?: { label?: string | null } | null }> | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type VaccinationsCellFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type ProceduresCellFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, performed?: { start?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type DocumentsCellFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, title?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type NextCellFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, status?: string | null, start?: string | null, location?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null, service?: { label?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type EndOfLifeCellFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type AboutMeCellFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, title?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type CarePlansCellFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, title?: string | null, code?: { label?: string | null } | null, provenance?: { retrieved?: string | null, asOf?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type PoliciesQueryVariables = Exact<{
  version?: InputMaybe<Scalars['Int']['input']>;
}>;


export type PoliciesQuery = { policies?: { version: number, at?: string | null, by?: string | null, reason?: string | null, policies: Array<{ id: string, description?: string | null, effect: string, mode?: string | null, roles: Array<string>, organisations: Array<string>, actions: Array<string>, resources: Array<string>, when: Array<{ key: string, in: Array<string>, notIn: Array<string> }> }> } | null };

export type PolicyVersionsQueryVariables = Exact<{ [key: string]: never; }>;


export type PolicyVersionsQuery = { policyVersions: Array<{ version: number, at?: string | null, by?: string | null, reason?: string | null }> };

export type PutPolicyMutationVariables = Exact<{
  policy: PolicyInput;
  version: Scalars['Int']['input'];
  reason: Scalars['String']['input'];
}>;


export type PutPolicyMutation = { putPolicy?: { version: number, at?: string | null, by?: string | null, reason?: string | null, policies: Array<{ id: string, description?: string | null, effect: string, mode?: string | null, roles: Array<string>, organisations: Array<string>, actions: Array<string>, resources: Array<string>, when: Array<{ key: string, in: Array<string>, notIn: Array<string> }> }> } | null };

export type RemovePolicyMutationVariables = Exact<{
  id: Scalars['String']['input'];
  version: Scalars['Int']['input'];
  reason: Scalars['String']['input'];
}>;


export type RemovePolicyMutation = { removePolicy?: { version: number, at?: string | null, by?: string | null, reason?: string | null, policies: Array<{ id: string, description?: string | null, effect: string, mode?: string | null, roles: Array<string>, organisations: Array<string>, actions: Array<string>, resources: Array<string>, when: Array<{ key: string, in: Array<string>, notIn: Array<string> }> }> } | null };

export type RestorePoliciesMutationVariables = Exact<{
  from: Scalars['Int']['input'];
  version: Scalars['Int']['input'];
  reason: Scalars['String']['input'];
}>;


export type RestorePoliciesMutation = { restorePolicies?: { version: number, at?: string | null, by?: string | null, reason?: string | null, policies: Array<{ id: string, description?: string | null, effect: string, mode?: string | null, roles: Array<string>, organisations: Array<string>, actions: Array<string>, resources: Array<string>, when: Array<{ key: string, in: Array<string>, notIn: Array<string> }> }> } | null };

export type PolicySetFactsFragment = { version: number, at?: string | null, by?: string | null, reason?: string | null, policies: Array<{ id: string, description?: string | null, effect: string, mode?: string | null, roles: Array<string>, organisations: Array<string>, actions: Array<string>, resources: Array<string>, when: Array<{ key: string, in: Array<string>, notIn: Array<string> }> }> };

export type PolicyFactsFragment = { id: string, description?: string | null, effect: string, mode?: string | null, roles: Array<string>, organisations: Array<string>, actions: Array<string>, resources: Array<string>, when: Array<{ key: string, in: Array<string>, notIn: Array<string> }> };

export type RecordQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  wait: Scalars['Int']['input'];
  demographics: Scalars['Boolean']['input'];
  practice: Scalars['Boolean']['input'];
  allergies: Scalars['Boolean']['input'];
  alerts: Scalars['Boolean']['input'];
  medications: Scalars['Boolean']['input'];
  problems: Scalars['Boolean']['input'];
  appointments: Scalars['Boolean']['input'];
  contacts: Scalars['Boolean']['input'];
  admissions: Scalars['Boolean']['input'];
  discharges: Scalars['Boolean']['input'];
  personalContacts: Scalars['Boolean']['input'];
  professionalContacts: Scalars['Boolean']['input'];
  consents: Scalars['Boolean']['input'];
  results: Scalars['Boolean']['input'];
  observations: Scalars['Boolean']['input'];
  vaccinations: Scalars['Boolean']['input'];
  procedures: Scalars['Boolean']['input'];
  documents: Scalars['Boolean']['input'];
  endOfLife: Scalars['Boolean']['input'];
  aboutMe: Scalars['Boolean']['input'];
  carePlans: Scalars['Boolean']['input'];
}>;


export type RecordQuery = { patient?: { id: string, nhsNumber?: string | null, birthDate?: string | null, person?: { nhsNumber?: string | null, nhsNumberStatus?: NumberStatus | null, birthDate?: string | null, deceased?: boolean | null, deceasedDate?: string | null, gender?: string | null, name?: { text?: string | null } | null, provenance?: { source?: { id?: string | null, name?: string | null } | null } | null } | null, registrations: Array<{ state: RegistrationState, reason?: string | null, checked?: string | null, source: { id?: string | null, name?: string | null, careSetting?: string | null, organisation?: { name?: string | null } | null }, links: Array<{ localId?: string | null, status: LinkStatus, since?: string | null, evidence?: string | null }> }>, access: { objections: number, mayClaim: boolean, mayBreakGlass: boolean, relationships: Array<{ kind: RelationshipKind, from?: string | null, until?: string | null, evidence?: string | null }>, breakGlass?: { id: string, reason: string, started?: string | null, until?: string | null } | null }, conflicts?: Array<{ field: DemographicField, values: Array<{ value?: string | null, source: { id?: string | null, name?: string | null } }> }> | null, demographics?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, nhsNumber?: string | null, nhsNumberStatus?: NumberStatus | null, formerNHSNumbers?: Array<string> | null, birthDate?: string | null, deceased?: boolean | null, deceasedDate?: string | null, gender?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, name?: { text?: string | null } | null, otherNames?: Array<{ text?: string | null, use?: string | null }> | null, addresses?: Array<{ lines?: Array<string> | null, postcode?: string | null, use?: string | null }> | null, telecoms?: Array<{ system?: string | null, value?: string | null, use?: string | null }> | null, ethnicity?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, language?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, maritalStatus?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, identifiers?: Array<{ system?: string | null, value?: string | null }> | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, practice?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, gp?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, organisation?: { ods?: string | null, name?: string | null } | null, telecoms?: Array<{ system?: string | null, value?: string | null, use?: string | null }> | null, address?: { lines?: Array<string> | null, postcode?: string | null, use?: string | null } | null, period?: { start?: string | null, end?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, allergies?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, clinicalStatus?: string | null, verification?: string | null, kind?: string | null, categories?: Array<string> | null, criticality?: string | null, lastOccurrence?: string | null, ended?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, reactions?: Array<{ severity?: string | null, description?: string | null, onset?: string | null, manifestations?: Array<{ label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null }> | null }> | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, alerts?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, status?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, category?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, period?: { start?: string | null, end?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, medications?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, kind?: MedicationKind | null, status?: string | null, dosage?: string | null, lastIssued?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, route?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, form?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, period?: { start?: string | null, end?: string | null } | null, reason?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, statusReason?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, problems?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, clinicalStatus?: string | null, verification?: string | null, significance?: string | null, ended?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, severity?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, category?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, bodySite?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, appointments?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, status?: string | null, start?: string | null, end?: string | null, location?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, service?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, practitioner?: { name?: string | null, role?: string | null } | null, reason?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, contacts?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, status?: string | null, location?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, class?: { code?: string | null, display?: string | null } | null, period?: { start?: string | null, end?: string | null } | null, reason?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, service?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, practitioner?: { name?: string | null, role?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, admissions?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, status?: string | null, ward?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, period?: { start?: string | null, end?: string | null } | null, source?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, reason?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, specialty?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, consultant?: { name?: string | null, role?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, discharges?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, admitted?: string | null, ward?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, destination?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, diagnoses?: Array<{ label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null }> | null, specialty?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, consultant?: { name?: string | null, role?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, personalContacts?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, name?: { text?: string | null } | null, telecoms?: Array<{ system?: string | null, value?: string | null, use?: string | null }> | null, address?: { lines?: Array<string> | null, postcode?: string | null, use?: string | null } | null, period?: { start?: string | null, end?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, professionalContacts?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, name?: string | null, team?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, organisation?: { ods?: string | null, name?: string | null } | null, telecoms?: Array<{ system?: string | null, value?: string | null, use?: string | null }> | null, period?: { start?: string | null, end?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, consents?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, status?: string | null, decision?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, scope?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, period?: { start?: string | null, end?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, results?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, status?: string | null, issued?: string | null, conclusion?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, category?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, specimen?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, measurements?: Array<{ date?: string | null, status?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, interpretation?: Array<{ label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null }> | null, ranges?: Array<{ text?: string | null, low?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, high?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null }> | null, absent?: { label?: string | null } | null }> | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, observations?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, status?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, category?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, interpretation?: Array<{ label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null }> | null, ranges?: Array<{ text?: string | null, low?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, high?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null }> | null, absent?: { label?: string | null } | null, components?: Array<{ date?: string | null, status?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, interpretation?: Array<{ label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null }> | null, ranges?: Array<{ text?: string | null, low?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, high?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null }> | null, absent?: { label?: string | null } | null }> | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, vaccinations?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, status?: string | null, dose?: string | null, batch?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, disease?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, site?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, route?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, reason?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, procedures?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, status?: string | null, location?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, performed?: { start?: string | null, end?: string | null } | null, bodySite?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, reason?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, outcome?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, documents?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, status?: string | null, title?: string | null, contentType?: string | null, size?: number | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, category?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, content?: { opens: boolean, reason?: string | null } | null, custodian?: { ods?: string | null, name?: string | null } | null, service?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, endOfLife?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, kind?: string | null, status?: string | null, cpr?: string | null, decision?: string | null, reviewDate?: string | null, original?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, aboutMe?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, status?: string | null, title?: string | null, reviewDate?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, items?: Array<{ text?: string | null, topic?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null }> | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> }, carePlans?: { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, status?: string | null, title?: string | null, reviewDate?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, period?: { start?: string | null, end?: string | null } | null, concerns?: Array<{ label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null }> | null, goals?: Array<{ status?: string | null, due?: string | null, description?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null }> | null, activities?: Array<{ detail?: string | null, status?: string | null, doNotPerform: boolean, what?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, who?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null }> | null, careTeam?: Array<{ name?: string | null, role?: string | null, organisation?: { name?: string | null } | null }> | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> } } | null };

export type RegistrationFactsFragment = { state: RegistrationState, reason?: string | null, checked?: string | null, source: { id?: string | null, name?: string | null, careSetting?: string | null, organisation?: { name?: string | null } | null }, links: Array<{ localId?: string | null, status: LinkStatus, since?: string | null, evidence?: string | null }> };

export type RegionQueryVariables = Exact<{ [key: string]: never; }>;


export type RegionQuery = { sources: Array<{ id: string, name?: string | null, kind?: string | null, careSetting?: string | null, sections: Array<string>, organisation?: { ods?: string | null, name?: string | null } | null, health: { state: HealthState, off: boolean, since?: string | null, lastAnswer?: string | null, lastReason?: string | null, p50Milliseconds?: number | null, p95Milliseconds?: number | null } }> };

export type SourceSwitchesQueryVariables = Exact<{ [key: string]: never; }>;


export type SourceSwitchesQuery = { sourceSwitches?: Array<{ source: string, off: boolean, at?: string | null, by?: string | null, reason?: string | null }> | null };

export type SwitchSourceOffMutationVariables = Exact<{
  source: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
}>;


export type SwitchSourceOffMutation = { switchSourceOff?: { source: string, off: boolean, at?: string | null, by?: string | null, reason?: string | null } | null };

export type SwitchSourceOnMutationVariables = Exact<{
  source: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
}>;


export type SwitchSourceOnMutation = { switchSourceOn?: { source: string, off: boolean, at?: string | null, by?: string | null, reason?: string | null } | null };

export type SourceSwitchFactsFragment = { source: string, off: boolean, at?: string | null, by?: string | null, reason?: string | null };

export type CheckSourceMutationVariables = Exact<{
  source: Scalars['ID']['input'];
}>;


export type CheckSourceMutation = { checkSource?: { source: string, at?: string | null, tookMilliseconds: number, people: number, calls: number, p50Milliseconds?: number | null, p95Milliseconds?: number | null, slowestMilliseconds?: number | null, checks: Array<{ name?: string | null, verdict: CheckVerdict, text?: string | null, findings: Array<{ code?: string | null, verdict: CheckVerdict, text?: string | null, mend?: string | null, where: Array<{ section?: string | null, title?: string | null, count: number, of: number, at: Array<string> }> }> }>, scorecard: Array<{ section?: string | null, title?: string | null, mandatory: boolean, people: number, entries: number, coded: number, statements: number, validCodes: number, codes: number, validDates: number, dates: number, duplicates: number, items: Array<{ name?: string | null, mandatory: boolean, populated: number }> }> } | null };

export type SourceReportFactsFragment = { source: string, at?: string | null, tookMilliseconds: number, people: number, calls: number, p50Milliseconds?: number | null, p95Milliseconds?: number | null, slowestMilliseconds?: number | null, checks: Array<{ name?: string | null, verdict: CheckVerdict, text?: string | null, findings: Array<{ code?: string | null, verdict: CheckVerdict, text?: string | null, mend?: string | null, where: Array<{ section?: string | null, title?: string | null, count: number, of: number, at: Array<string> }> }> }>, scorecard: Array<{ section?: string | null, title?: string | null, mandatory: boolean, people: number, entries: number, coded: number, statements: number, validCodes: number, codes: number, validDates: number, dates: number, duplicates: number, items: Array<{ name?: string | null, mandatory: boolean, populated: number }> }> };

export type SystemStatusQueryVariables = Exact<{ [key: string]: never; }>;


export type SystemStatusQuery = { systemStatus: Array<{ source: string, name?: string | null, careSetting?: string | null, about?: string | null, sections: Array<string>, state: SystemState, since?: string | null, reason?: string | null, answeredPercent?: number | null, organisation?: { ods?: string | null, name?: string | null } | null }> };

export type PatientTimelineQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  wait: Scalars['Int']['input'];
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  skip?: InputMaybe<Scalars['Int']['input']>;
  sections?: InputMaybe<Array<Scalars['String']['input']> | Scalars['String']['input']>;
  from?: InputMaybe<Scalars['Date']['input']>;
  to?: InputMaybe<Scalars['Date']['input']>;
  sources?: InputMaybe<Array<Scalars['ID']['input']> | Scalars['ID']['input']>;
  organisations?: InputMaybe<Array<Scalars['String']['input']> | Scalars['String']['input']>;
  text?: InputMaybe<Scalars['String']['input']>;
  recordedSince?: InputMaybe<Scalars['Date']['input']>;
  without?: InputMaybe<Array<TimelineMark> | TimelineMark>;
  undated: Scalars['Boolean']['input'];
  whole: Scalars['Boolean']['input'];
}>;


export type PatientTimelineQuery = { patient?: { id: string, timeline: { totalCount: number, undated: number, missing: Array<{ section: string, outcome: { status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null } }>, span?: { first: string, last: string } | null, axis?: { scale: TimelineScale, list: Array<{ date: string, count: number, sections: Array<{ section: string, count: number }> }> }, groups?: { scale: TimelineScale, list: Array<{ date: string, count: number, sections: Array<{ section: string, count: number }> }> }, facets?: { sections: Array<{ section: string, count: number }>, organisations: Array<{ count: number, organisation: { ods?: string | null, name?: string | null } }>, sources: Array<{ count: number, source: { id?: string | null, name?: string | null, careSetting?: string | null } }>, marks: Array<{ mark: TimelineMark, count: number }> }, edges: Array<{ cursor: string, section: string, mark?: TimelineMark | null, node?:
          | { __typename: 'AboutMe', id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null }
          | { __typename: 'Admission', status?: string | null, ward?: string | null, id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, specialty?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, consultant?: { name?: string | null, role?: string | null } | null, reason?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null }
          | { __typename: 'Alert', status?: string | null, id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, category?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null }
          | { __typename: 'Allergy', clinicalStatus?: string | null, criticality?: string | null, id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, reactions?: Array<{ manifestations?: Array<{ label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null }> | null }> | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null }
          | { __typename: 'Appointment', status?: string | null, location?: string | null, id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, service?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, practitioner?: { name?: string | null, role?: string | null } | null, reason?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null }
          | { __typename: 'CarePlan', id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null }
          | { __typename: 'Consent', id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null }
          | { __typename: 'Contact', status?: string | null, location?: string | null, id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, class?: { code?: string | null, display?: string | null } | null, service?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, practitioner?: { name?: string | null, role?: string | null } | null, reason?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null }
          | { __typename: 'Discharge', ward?: string | null, id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, specialty?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, consultant?: { name?: string | null, role?: string | null } | null, destination?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null }
          | { __typename: 'Document', status?: string | null, title?: string | null, id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, category?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, service?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null }
          | { __typename: 'EndOfLife', id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null }
          | { __typename: 'Medication', kind?: MedicationKind | null, status?: string | null, dosage?: string | null, id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, reason?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null }
          | { __typename: 'Observation', status?: string | null, id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, interpretation?: Array<{ label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null }> | null, absent?: { label?: string | null } | null, components?: Array<{ date?: string | null, status?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, interpretation?: Array<{ label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null }> | null, ranges?: Array<{ text?: string | null, low?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, high?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null }> | null, absent?: { label?: string | null } | null }> | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null }
          | { __typename: 'Person', id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null }
          | { __typename: 'PersonalContact', id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null }
          | { __typename: 'Practice', id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null }
          | { __typename: 'Problem', clinicalStatus?: string | null, id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null }
          | { __typename: 'Procedure', status?: string | null, location?: string | null, id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, outcome?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null }
          | { __typename: 'ProfessionalContact', id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null }
          | { __typename: 'Result', status?: string | null, conclusion?: string | null, id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, measurements?: Array<{ date?: string | null, status?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, interpretation?: Array<{ label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null }> | null, ranges?: Array<{ text?: string | null, low?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, high?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null }> | null, absent?: { label?: string | null } | null }> | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null }
          | { __typename: 'Vaccination', status?: string | null, dose?: string | null, id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, disease?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null }
         | null }> } } | null };

export type CountedFragment = { scale: TimelineScale, list: Array<{ date: string, count: number, sections: Array<{ section: string, count: number }> }> };

type TimelineNode_AboutMe_Fragment = { __typename: 'AboutMe', id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type TimelineNode_Admission_Fragment = { __typename: 'Admission', status?: string | null, ward?: string | null, id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, specialty?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, consultant?: { name?: string | null, role?: string | null } | null, reason?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type TimelineNode_Alert_Fragment = { __typename: 'Alert', status?: string | null, id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, category?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type TimelineNode_Allergy_Fragment = { __typename: 'Allergy', clinicalStatus?: string | null, criticality?: string | null, id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, reactions?: Array<{ manifestations?: Array<{ label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null }> | null }> | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type TimelineNode_Appointment_Fragment = { __typename: 'Appointment', status?: string | null, location?: string | null, id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, service?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, practitioner?: { name?: string | null, role?: string | null } | null, reason?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type TimelineNode_CarePlan_Fragment = { __typename: 'CarePlan', id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type TimelineNode_Consent_Fragment = { __typename: 'Consent', id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type TimelineNode_Contact_Fragment = { __typename: 'Contact', status?: string | null, location?: string | null, id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, class?: { code?: string | null, display?: string | null } | null, service?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, practitioner?: { name?: string | null, role?: string | null } | null, reason?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type TimelineNode_Discharge_Fragment = { __typename: 'Discharge', ward?: string | null, id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, specialty?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, consultant?: { name?: string | null, role?: string | null } | null, destination?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type TimelineNode_Document_Fragment = { __typename: 'Document', status?: string | null, title?: string | null, id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, category?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, service?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type TimelineNode_EndOfLife_Fragment = { __typename: 'EndOfLife', id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type TimelineNode_Medication_Fragment = { __typename: 'Medication', kind?: MedicationKind | null, status?: string | null, dosage?: string | null, id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, reason?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type TimelineNode_Observation_Fragment = { __typename: 'Observation', status?: string | null, id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, interpretation?: Array<{ label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null }> | null, absent?: { label?: string | null } | null, components?: Array<{ date?: string | null, status?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, interpretation?: Array<{ label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null }> | null, ranges?: Array<{ text?: string | null, low?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, high?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null }> | null, absent?: { label?: string | null } | null }> | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type TimelineNode_Person_Fragment = { __typename: 'Person', id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type TimelineNode_PersonalContact_Fragment = { __typename: 'PersonalContact', id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type TimelineNode_Practice_Fragment = { __typename: 'Practice', id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type TimelineNode_Problem_Fragment = { __typename: 'Problem', clinicalStatus?: string | null, id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type TimelineNode_Procedure_Fragment = { __typename: 'Procedure', status?: string | null, location?: string | null, id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, outcome?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type TimelineNode_ProfessionalContact_Fragment = { __typename: 'ProfessionalContact', id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type TimelineNode_Result_Fragment = { __typename: 'Result', status?: string | null, conclusion?: string | null, id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, measurements?: Array<{ date?: string | null, status?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, interpretation?: Array<{ label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null }> | null, ranges?: Array<{ text?: string | null, low?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, high?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null }> | null, absent?: { label?: string | null } | null }> | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

type TimelineNode_Vaccination_Fragment = { __typename: 'Vaccination', status?: string | null, dose?: string | null, id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, disease?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null };

export type TimelineNodeFragment =
  | TimelineNode_AboutMe_Fragment
  | TimelineNode_Admission_Fragment
  | TimelineNode_Alert_Fragment
  | TimelineNode_Allergy_Fragment
  | TimelineNode_Appointment_Fragment
  | TimelineNode_CarePlan_Fragment
  | TimelineNode_Consent_Fragment
  | TimelineNode_Contact_Fragment
  | TimelineNode_Discharge_Fragment
  | TimelineNode_Document_Fragment
  | TimelineNode_EndOfLife_Fragment
  | TimelineNode_Medication_Fragment
  | TimelineNode_Observation_Fragment
  | TimelineNode_Person_Fragment
  | TimelineNode_PersonalContact_Fragment
  | TimelineNode_Practice_Fragment
  | TimelineNode_Problem_Fragment
  | TimelineNode_Procedure_Fragment
  | TimelineNode_ProfessionalContact_Fragment
  | TimelineNode_Result_Fragment
  | TimelineNode_Vaccination_Fragment
;

export type UsageQueryVariables = Exact<{
  days?: InputMaybe<Scalars['Int']['input']>;
}>;


export type UsageQuery = { usage?: Array<{ day: string, organisation?: string | null, organisationName?: string | null, role: string, door: UsageDoor, users: number, opened: number, searches: number }> | null, firstPaints?: Array<{ organisation?: string | null, door?: UsageDoor | null, count: number, p50Milliseconds: number, p75Milliseconds: number, p95Milliseconds: number }> | null };

export type TellFirstPaintMutationVariables = Exact<{
  milliseconds: Scalars['Int']['input'];
}>;


export type TellFirstPaintMutation = { tellFirstPaint?: boolean | null };

export type LayoutFactsFragment = { own: boolean, version: number, sections: Array<{ name: string, folded: boolean }> };

export type LayoutQueryVariables = Exact<{ [key: string]: never; }>;


export type LayoutQuery = { viewerLayout: { own: boolean, version: number, sections: Array<{ name: string, folded: boolean }> } };

export type SetLayoutMutationVariables = Exact<{
  sections: Array<ViewerSectionInput> | ViewerSectionInput;
  version: Scalars['Int']['input'];
}>;


export type SetLayoutMutation = { setViewerLayout?: { own: boolean, version: number, sections: Array<{ name: string, folded: boolean }> } | null };

export type ResetLayoutMutationVariables = Exact<{
  version: Scalars['Int']['input'];
}>;


export type ResetLayoutMutation = { resetViewerLayout?: { own: boolean, version: number, sections: Array<{ name: string, folded: boolean }> } | null };

export type RecentPatientsQueryVariables = Exact<{
  first: Scalars['Int']['input'];
}>;


export type RecentPatientsQuery = { recentPatients: Array<{ opened: string, patient: { id: string, nhsNumber?: string | null, birthDate?: string | null, person?: { birthDate?: string | null, gender?: string | null, deceased?: boolean | null, name?: { text?: string | null } | null } | null } }> };

export type OpenedPatientMutationVariables = Exact<{
  patient: Scalars['ID']['input'];
}>;


export type OpenedPatientMutation = { openedPatient?: boolean | null };

export type ForgetPatientsMutationVariables = Exact<{
  patient?: InputMaybe<Scalars['ID']['input']>;
}>;


export type ForgetPatientsMutation = { forgetPatients?: boolean | null };

export type LookAtMutationVariables = Exact<{
  patient: Scalars['ID']['input'];
  parts: Array<LookedPart> | LookedPart;
}>;


export type LookAtMutation = { look?: { since?: string | null, fresh: Array<string>, unknown: Array<string> } | null };

export type ViewScheduleFactsFragment = { id: string, view: string, version: number, title: string, list: string, every: ViewEvery, hour?: number | null, day?: ViewDay | null, alert: ViewAlert, until?: string | null, state: ViewScheduleState, problem?: string | null, next?: string | null, created?: string | null, lastRun?: { id: string, view: string, version: number, title: string, purpose: string, secondary: boolean, list?: string | null, state: ViewRunState, problem?: string | null, lacking?: string | null, people: number, leftOut: number, rows: number, waiting: number, created?: string | null, ended?: string | null, expires?: string | null, schedule?: string | null, headings: Array<{ name: string, kind: string, description?: string | null, coverage: boolean }>, differences?: { since?: string | null, new: number, changed: number, gone: number, unknown: number, came: number, left: number } | null } | null };

export type ViewNoticesFactsFragment = { unread: number, notices: Array<{ id: string, schedule: string, view: string, title: string, run?: string | null, at?: string | null, problem?: string | null, new: number, changed: number, read: boolean }> };

export type ViewSchedulesQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewSchedulesQuery = { viewSchedules?: Array<{ id: string, view: string, version: number, title: string, list: string, every: ViewEvery, hour?: number | null, day?: ViewDay | null, alert: ViewAlert, until?: string | null, state: ViewScheduleState, problem?: string | null, next?: string | null, created?: string | null, lastRun?: { id: string, view: string, version: number, title: string, purpose: string, secondary: boolean, list?: string | null, state: ViewRunState, problem?: string | null, lacking?: string | null, people: number, leftOut: number, rows: number, waiting: number, created?: string | null, ended?: string | null, expires?: string | null, schedule?: string | null, headings: Array<{ name: string, kind: string, description?: string | null, coverage: boolean }>, differences?: { since?: string | null, new: number, changed: number, gone: number, unknown: number, came: number, left: number } | null } | null }> | null };

export type ViewNoticesQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewNoticesQuery = { viewNotices?: { unread: number, notices: Array<{ id: string, schedule: string, view: string, title: string, run?: string | null, at?: string | null, problem?: string | null, new: number, changed: number, read: boolean }> } | null };

export type ViewNoticesUnreadQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewNoticesUnreadQuery = { viewNotices?: { unread: number } | null };

export type SaveViewScheduleMutationVariables = Exact<{
  id?: InputMaybe<Scalars['ID']['input']>;
  schedule: ViewScheduleInput;
}>;


export type SaveViewScheduleMutation = { saveViewSchedule?: { id: string, view: string, version: number, title: string, list: string, every: ViewEvery, hour?: number | null, day?: ViewDay | null, alert: ViewAlert, until?: string | null, state: ViewScheduleState, problem?: string | null, next?: string | null, created?: string | null, lastRun?: { id: string, view: string, version: number, title: string, purpose: string, secondary: boolean, list?: string | null, state: ViewRunState, problem?: string | null, lacking?: string | null, people: number, leftOut: number, rows: number, waiting: number, created?: string | null, ended?: string | null, expires?: string | null, schedule?: string | null, headings: Array<{ name: string, kind: string, description?: string | null, coverage: boolean }>, differences?: { since?: string | null, new: number, changed: number, gone: number, unknown: number, came: number, left: number } | null } | null } | null };

export type EndViewScheduleMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type EndViewScheduleMutation = { endViewSchedule?: boolean | null };

export type RunViewScheduleNowMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  wait?: InputMaybe<Scalars['Int']['input']>;
}>;


export type RunViewScheduleNowMutation = { runViewScheduleNow?: { id: string, view: string, version: number, title: string, purpose: string, secondary: boolean, list?: string | null, state: ViewRunState, problem?: string | null, lacking?: string | null, people: number, leftOut: number, rows: number, waiting: number, created?: string | null, ended?: string | null, expires?: string | null, schedule?: string | null, headings: Array<{ name: string, kind: string, description?: string | null, coverage: boolean }>, differences?: { since?: string | null, new: number, changed: number, gone: number, unknown: number, came: number, left: number } | null } | null };

export type ReadViewNoticesMutationVariables = Exact<{
  run?: InputMaybe<Scalars['ID']['input']>;
}>;


export type ReadViewNoticesMutation = { readViewNotices?: { unread: number, notices: Array<{ id: string, schedule: string, view: string, title: string, run?: string | null, at?: string | null, problem?: string | null, new: number, changed: number, read: boolean }> } | null };

export type ViewFactsFragment = { id: string, version: number, title: string, description?: string | null, purpose: string, secondary: boolean, state: ViewState, owner: string, yours: boolean, organisation?: string | null, roles: Array<string>, organisations: Array<string>, definition?: string | null, selection?: string | null, chart?: string | null, saved?: string | null, decided?: string | null, approver?: string | null, reason?: string | null, until?: string | null, runnable: boolean, problems: Array<string>, columns?: Array<{ name: string, section: string, field?: string | null, take?: ViewTake | null }> | null };

export type ViewRunFactsFragment = { id: string, view: string, version: number, title: string, purpose: string, secondary: boolean, list?: string | null, state: ViewRunState, problem?: string | null, lacking?: string | null, people: number, leftOut: number, rows: number, waiting: number, created?: string | null, ended?: string | null, expires?: string | null, schedule?: string | null, headings: Array<{ name: string, kind: string, description?: string | null, coverage: boolean }>, differences?: { since?: string | null, new: number, changed: number, gone: number, unknown: number, came: number, left: number } | null };

export type ViewsQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewsQuery = { views?: Array<{ id: string, version: number, title: string, description?: string | null, purpose: string, secondary: boolean, state: ViewState, owner: string, yours: boolean, organisation?: string | null, roles: Array<string>, organisations: Array<string>, definition?: string | null, selection?: string | null, chart?: string | null, saved?: string | null, decided?: string | null, approver?: string | null, reason?: string | null, until?: string | null, runnable: boolean, problems: Array<string>, columns?: Array<{ name: string, section: string, field?: string | null, take?: ViewTake | null }> | null }> | null };

export type ViewsToApproveQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewsToApproveQuery = { viewsToApprove?: Array<{ id: string, version: number, title: string, description?: string | null, purpose: string, secondary: boolean, state: ViewState, owner: string, yours: boolean, organisation?: string | null, roles: Array<string>, organisations: Array<string>, definition?: string | null, selection?: string | null, chart?: string | null, saved?: string | null, decided?: string | null, approver?: string | null, reason?: string | null, until?: string | null, runnable: boolean, problems: Array<string>, columns?: Array<{ name: string, section: string, field?: string | null, take?: ViewTake | null }> | null }> | null };

export type ViewAsItIsQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  version?: InputMaybe<Scalars['Int']['input']>;
}>;


export type ViewAsItIsQuery = { view?: { id: string, version: number, title: string, description?: string | null, purpose: string, secondary: boolean, state: ViewState, owner: string, yours: boolean, organisation?: string | null, roles: Array<string>, organisations: Array<string>, definition?: string | null, selection?: string | null, chart?: string | null, saved?: string | null, decided?: string | null, approver?: string | null, reason?: string | null, until?: string | null, runnable: boolean, problems: Array<string>, columns?: Array<{ name: string, section: string, field?: string | null, take?: ViewTake | null }> | null } | null };

export type ViewFieldsQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewFieldsQuery = { viewFields?: Array<{ section: string, title: string, fields: Array<{ path: string, kind: string, many: boolean, description?: string | null, secondary: boolean }> }> | null };

export type ViewCohortsQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewCohortsQuery = { viewCohorts?: Array<{ list: string, title: string, owner: string, team: boolean }> | null };

export type ViewRunsQueryVariables = Exact<{
  view?: InputMaybe<Scalars['ID']['input']>;
}>;


export type ViewRunsQuery = { viewRuns?: Array<{ id: string, view: string, version: number, title: string, purpose: string, secondary: boolean, list?: string | null, state: ViewRunState, problem?: string | null, lacking?: string | null, people: number, leftOut: number, rows: number, waiting: number, created?: string | null, ended?: string | null, expires?: string | null, schedule?: string | null, headings: Array<{ name: string, kind: string, description?: string | null, coverage: boolean }>, differences?: { since?: string | null, new: number, changed: number, gone: number, unknown: number, came: number, left: number } | null }> | null };

export type ViewRunAsItIsQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ViewRunAsItIsQuery = { viewRun?: { id: string, view: string, version: number, title: string, purpose: string, secondary: boolean, list?: string | null, state: ViewRunState, problem?: string | null, lacking?: string | null, people: number, leftOut: number, rows: number, waiting: number, created?: string | null, ended?: string | null, expires?: string | null, schedule?: string | null, headings: Array<{ name: string, kind: string, description?: string | null, coverage: boolean }>, differences?: { since?: string | null, new: number, changed: number, gone: number, unknown: number, came: number, left: number } | null } | null };

export type ViewRowsQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  offset: Scalars['Int']['input'];
  first: Scalars['Int']['input'];
}>;


export type ViewRowsQuery = { viewRun?: { id: string, page?: Array<{ cells: Array<string | null> }> | null } | null };

export type ViewCountsQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  by: Array<Scalars['String']['input']> | Scalars['String']['input'];
}>;


export type ViewCountsQuery = { viewRun?: { id: string, counts?: Array<{ values: Array<string | null>, total: Array<string>, people?: number | null }> | null } | null };

export type SaveViewMutationVariables = Exact<{
  id?: InputMaybe<Scalars['ID']['input']>;
  version?: InputMaybe<Scalars['Int']['input']>;
  view: ViewInput;
}>;


export type SaveViewMutation = { saveView?: { id: string, version: number, title: string, description?: string | null, purpose: string, secondary: boolean, state: ViewState, owner: string, yours: boolean, organisation?: string | null, roles: Array<string>, organisations: Array<string>, definition?: string | null, selection?: string | null, chart?: string | null, saved?: string | null, decided?: string | null, approver?: string | null, reason?: string | null, until?: string | null, runnable: boolean, problems: Array<string>, columns?: Array<{ name: string, section: string, field?: string | null, take?: ViewTake | null }> | null } | null };

export type SubmitViewMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  version: Scalars['Int']['input'];
}>;


export type SubmitViewMutation = { submitView?: { id: string, version: number, title: string, description?: string | null, purpose: string, secondary: boolean, state: ViewState, owner: string, yours: boolean, organisation?: string | null, roles: Array<string>, organisations: Array<string>, definition?: string | null, selection?: string | null, chart?: string | null, saved?: string | null, decided?: string | null, approver?: string | null, reason?: string | null, until?: string | null, runnable: boolean, problems: Array<string>, columns?: Array<{ name: string, section: string, field?: string | null, take?: ViewTake | null }> | null } | null };

export type DecideViewMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  version: Scalars['Int']['input'];
  approved: Scalars['Boolean']['input'];
  until?: InputMaybe<Scalars['Date']['input']>;
  reason: Scalars['String']['input'];
}>;


export type DecideViewMutation = { decideView?: { id: string, version: number, title: string, description?: string | null, purpose: string, secondary: boolean, state: ViewState, owner: string, yours: boolean, organisation?: string | null, roles: Array<string>, organisations: Array<string>, definition?: string | null, selection?: string | null, chart?: string | null, saved?: string | null, decided?: string | null, approver?: string | null, reason?: string | null, until?: string | null, runnable: boolean, problems: Array<string>, columns?: Array<{ name: string, section: string, field?: string | null, take?: ViewTake | null }> | null } | null };

export type WithdrawViewMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  version: Scalars['Int']['input'];
  reason: Scalars['String']['input'];
}>;


export type WithdrawViewMutation = { withdrawView?: { id: string, version: number, title: string, description?: string | null, purpose: string, secondary: boolean, state: ViewState, owner: string, yours: boolean, organisation?: string | null, roles: Array<string>, organisations: Array<string>, definition?: string | null, selection?: string | null, chart?: string | null, saved?: string | null, decided?: string | null, approver?: string | null, reason?: string | null, until?: string | null, runnable: boolean, problems: Array<string>, columns?: Array<{ name: string, section: string, field?: string | null, take?: ViewTake | null }> | null } | null };

export type StopViewMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  version: Scalars['Int']['input'];
  reason: Scalars['String']['input'];
}>;


export type StopViewMutation = { stopView?: { id: string, version: number, title: string, description?: string | null, purpose: string, secondary: boolean, state: ViewState, owner: string, yours: boolean, organisation?: string | null, roles: Array<string>, organisations: Array<string>, definition?: string | null, selection?: string | null, chart?: string | null, saved?: string | null, decided?: string | null, approver?: string | null, reason?: string | null, until?: string | null, runnable: boolean, problems: Array<string>, columns?: Array<{ name: string, section: string, field?: string | null, take?: ViewTake | null }> | null } | null };

export type RunViewMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  version?: InputMaybe<Scalars['Int']['input']>;
  list?: InputMaybe<Scalars['ID']['input']>;
  search?: InputMaybe<ViewSearchInput>;
  wait?: InputMaybe<Scalars['Int']['input']>;
}>;


export type RunViewMutation = { runView?: { id: string, view: string, version: number, title: string, purpose: string, secondary: boolean, list?: string | null, state: ViewRunState, problem?: string | null, lacking?: string | null, people: number, leftOut: number, rows: number, waiting: number, created?: string | null, ended?: string | null, expires?: string | null, schedule?: string | null, headings: Array<{ name: string, kind: string, description?: string | null, coverage: boolean }>, differences?: { since?: string | null, new: number, changed: number, gone: number, unknown: number, came: number, left: number } | null } | null };

export type CancelViewRunMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type CancelViewRunMutation = { cancelViewRun?: { id: string, view: string, version: number, title: string, purpose: string, secondary: boolean, list?: string | null, state: ViewRunState, problem?: string | null, lacking?: string | null, people: number, leftOut: number, rows: number, waiting: number, created?: string | null, ended?: string | null, expires?: string | null, schedule?: string | null, headings: Array<{ name: string, kind: string, description?: string | null, coverage: boolean }>, differences?: { since?: string | null, new: number, changed: number, gone: number, unknown: number, came: number, left: number } | null } | null };

export type ExportViewRunMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  format: ViewFormat;
}>;


export type ExportViewRunMutation = { exportViewRun?: { url: string, filename: string } | null };

export type AboutMeCardFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, status?: string | null, title?: string | null, reviewDate?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, items?: Array<{ text?: string | null, topic?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null }> | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type AboutMeRowFragment = { status?: string | null, title?: string | null, reviewDate?: string | null, items?: Array<{ text?: string | null, topic?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null }> | null };

export type AdmissionsCardFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, status?: string | null, ward?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, period?: { start?: string | null, end?: string | null } | null, source?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, reason?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, specialty?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, consultant?: { name?: string | null, role?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type AdmissionsRowFragment = { status?: string | null, ward?: string | null, period?: { start?: string | null, end?: string | null } | null, source?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, reason?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, specialty?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, consultant?: { name?: string | null, role?: string | null } | null };

export type AlertsCardFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, status?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, category?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, period?: { start?: string | null, end?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type AlertsRowFragment = { status?: string | null, category?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, period?: { start?: string | null, end?: string | null } | null };

export type AllergiesCardFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, clinicalStatus?: string | null, verification?: string | null, kind?: string | null, categories?: Array<string> | null, criticality?: string | null, lastOccurrence?: string | null, ended?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, reactions?: Array<{ severity?: string | null, description?: string | null, onset?: string | null, manifestations?: Array<{ label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null }> | null }> | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type AllergiesRowFragment = { clinicalStatus?: string | null, verification?: string | null, kind?: string | null, categories?: Array<string> | null, criticality?: string | null, lastOccurrence?: string | null, ended?: string | null, reactions?: Array<{ severity?: string | null, description?: string | null, onset?: string | null, manifestations?: Array<{ label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null }> | null }> | null };

export type AppointmentsCardFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, status?: string | null, start?: string | null, end?: string | null, location?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, service?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, practitioner?: { name?: string | null, role?: string | null } | null, reason?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type AppointmentsRowFragment = { status?: string | null, start?: string | null, end?: string | null, location?: string | null, service?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, practitioner?: { name?: string | null, role?: string | null } | null, reason?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null };

export type CarePlansCardFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, status?: string | null, title?: string | null, reviewDate?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, period?: { start?: string | null, end?: string | null } | null, concerns?: Array<{ label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null }> | null, goals?: Array<{ status?: string | null, due?: string | null, description?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null }> | null, activities?: Array<{ detail?: string | null, status?: string | null, doNotPerform: boolean, what?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, who?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null }> | null, careTeam?: Array<{ name?: string | null, role?: string | null, organisation?: { name?: string | null } | null }> | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type CarePlansRowFragment = { status?: string | null, title?: string | null, reviewDate?: string | null, period?: { start?: string | null, end?: string | null } | null, concerns?: Array<{ label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null }> | null, goals?: Array<{ status?: string | null, due?: string | null, description?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null }> | null, activities?: Array<{ detail?: string | null, status?: string | null, doNotPerform: boolean, what?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, who?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null }> | null, careTeam?: Array<{ name?: string | null, role?: string | null, organisation?: { name?: string | null } | null }> | null };

export type SomebodyFragment = { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null };

export type ConsentsCardFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, status?: string | null, decision?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, scope?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, period?: { start?: string | null, end?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type ConsentsRowFragment = { status?: string | null, decision?: string | null, scope?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, period?: { start?: string | null, end?: string | null } | null };

export type ContactsCardFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, status?: string | null, location?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, class?: { code?: string | null, display?: string | null } | null, period?: { start?: string | null, end?: string | null } | null, reason?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, service?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, practitioner?: { name?: string | null, role?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type ContactsRowFragment = { status?: string | null, location?: string | null, class?: { code?: string | null, display?: string | null } | null, period?: { start?: string | null, end?: string | null } | null, reason?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, service?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, practitioner?: { name?: string | null, role?: string | null } | null };

export type DemographicsCardFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, nhsNumber?: string | null, nhsNumberStatus?: NumberStatus | null, formerNHSNumbers?: Array<string> | null, birthDate?: string | null, deceased?: boolean | null, deceasedDate?: string | null, gender?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, name?: { text?: string | null } | null, otherNames?: Array<{ text?: string | null, use?: string | null }> | null, addresses?: Array<{ lines?: Array<string> | null, postcode?: string | null, use?: string | null }> | null, telecoms?: Array<{ system?: string | null, value?: string | null, use?: string | null }> | null, ethnicity?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, language?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, maritalStatus?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, identifiers?: Array<{ system?: string | null, value?: string | null }> | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type DemographicsRowFragment = { nhsNumber?: string | null, nhsNumberStatus?: NumberStatus | null, formerNHSNumbers?: Array<string> | null, birthDate?: string | null, deceased?: boolean | null, deceasedDate?: string | null, gender?: string | null, name?: { text?: string | null } | null, otherNames?: Array<{ text?: string | null, use?: string | null }> | null, addresses?: Array<{ lines?: Array<string> | null, postcode?: string | null, use?: string | null }> | null, telecoms?: Array<{ system?: string | null, value?: string | null, use?: string | null }> | null, ethnicity?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, language?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, maritalStatus?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, identifiers?: Array<{ system?: string | null, value?: string | null }> | null };

export type DischargesCardFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, admitted?: string | null, ward?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, destination?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, diagnoses?: Array<{ label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null }> | null, specialty?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, consultant?: { name?: string | null, role?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type DischargesRowFragment = { admitted?: string | null, ward?: string | null, destination?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, diagnoses?: Array<{ label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null }> | null, specialty?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, consultant?: { name?: string | null, role?: string | null } | null };

export type DocumentsCardFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, status?: string | null, title?: string | null, contentType?: string | null, size?: number | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, category?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, content?: { opens: boolean, reason?: string | null } | null, custodian?: { ods?: string | null, name?: string | null } | null, service?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type DocumentsRowFragment = { status?: string | null, title?: string | null, contentType?: string | null, size?: number | null, category?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, content?: { opens: boolean, reason?: string | null } | null, custodian?: { ods?: string | null, name?: string | null } | null, service?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null };

export type EndOfLifeCardFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, kind?: string | null, status?: string | null, cpr?: string | null, decision?: string | null, reviewDate?: string | null, original?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type EndOfLifeRowFragment = { kind?: string | null, status?: string | null, cpr?: string | null, decision?: string | null, reviewDate?: string | null, original?: string | null };

export type MedicationsCardFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, kind?: MedicationKind | null, status?: string | null, dosage?: string | null, lastIssued?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, route?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, form?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, period?: { start?: string | null, end?: string | null } | null, reason?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, statusReason?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type MedicationsRowFragment = { kind?: MedicationKind | null, status?: string | null, dosage?: string | null, lastIssued?: string | null, route?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, form?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, period?: { start?: string | null, end?: string | null } | null, reason?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, statusReason?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null };

export type ObservationsCardFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, status?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, category?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, interpretation?: Array<{ label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null }> | null, ranges?: Array<{ text?: string | null, low?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, high?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null }> | null, absent?: { label?: string | null } | null, components?: Array<{ date?: string | null, status?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, interpretation?: Array<{ label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null }> | null, ranges?: Array<{ text?: string | null, low?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, high?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null }> | null, absent?: { label?: string | null } | null }> | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type ObservationsRowFragment = { status?: string | null, category?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, interpretation?: Array<{ label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null }> | null, ranges?: Array<{ text?: string | null, low?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, high?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null }> | null, absent?: { label?: string | null } | null, components?: Array<{ date?: string | null, status?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, interpretation?: Array<{ label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null }> | null, ranges?: Array<{ text?: string | null, low?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, high?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null }> | null, absent?: { label?: string | null } | null }> | null };

export type PersonalContactsCardFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, name?: { text?: string | null } | null, telecoms?: Array<{ system?: string | null, value?: string | null, use?: string | null }> | null, address?: { lines?: Array<string> | null, postcode?: string | null, use?: string | null } | null, period?: { start?: string | null, end?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type PersonalContactsRowFragment = { name?: { text?: string | null } | null, telecoms?: Array<{ system?: string | null, value?: string | null, use?: string | null }> | null, address?: { lines?: Array<string> | null, postcode?: string | null, use?: string | null } | null, period?: { start?: string | null, end?: string | null } | null };

export type PracticeCardFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, gp?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, organisation?: { ods?: string | null, name?: string | null } | null, telecoms?: Array<{ system?: string | null, value?: string | null, use?: string | null }> | null, address?: { lines?: Array<string> | null, postcode?: string | null, use?: string | null } | null, period?: { start?: string | null, end?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type PracticeRowFragment = { gp?: string | null, organisation?: { ods?: string | null, name?: string | null } | null, telecoms?: Array<{ system?: string | null, value?: string | null, use?: string | null }> | null, address?: { lines?: Array<string> | null, postcode?: string | null, use?: string | null } | null, period?: { start?: string | null, end?: string | null } | null };

export type ProblemsCardFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, clinicalStatus?: string | null, verification?: string | null, significance?: string | null, ended?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, severity?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, category?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, bodySite?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type ProblemsRowFragment = { clinicalStatus?: string | null, verification?: string | null, significance?: string | null, ended?: string | null, severity?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, category?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, bodySite?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null };

export type ProceduresCardFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, status?: string | null, location?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, performed?: { start?: string | null, end?: string | null } | null, bodySite?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, reason?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, outcome?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type ProceduresRowFragment = { status?: string | null, location?: string | null, performed?: { start?: string | null, end?: string | null } | null, bodySite?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, reason?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, outcome?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null };

export type ProfessionalContactsCardFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, name?: string | null, team?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, organisation?: { ods?: string | null, name?: string | null } | null, telecoms?: Array<{ system?: string | null, value?: string | null, use?: string | null }> | null, period?: { start?: string | null, end?: string | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type ProfessionalContactsRowFragment = { name?: string | null, team?: string | null, organisation?: { ods?: string | null, name?: string | null } | null, telecoms?: Array<{ system?: string | null, value?: string | null, use?: string | null }> | null, period?: { start?: string | null, end?: string | null } | null };

export type ResultsCardFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, status?: string | null, issued?: string | null, conclusion?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, category?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, specimen?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, measurements?: Array<{ date?: string | null, status?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, interpretation?: Array<{ label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null }> | null, ranges?: Array<{ text?: string | null, low?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, high?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null }> | null, absent?: { label?: string | null } | null }> | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type ResultsRowFragment = { status?: string | null, issued?: string | null, conclusion?: string | null, category?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, specimen?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, measurements?: Array<{ date?: string | null, status?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, value?: { text?: string | null, quantity?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, concept?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null } | null, interpretation?: Array<{ label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null }> | null, ranges?: Array<{ text?: string | null, low?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null, high?: { value?: string | null, comparator?: string | null, unit?: string | null, code?: string | null } | null }> | null, absent?: { label?: string | null } | null }> | null };

export type VaccinationsCardFragment = { heading: string, title: string, total: number, verdict: Verdict, withheldFields: Array<string>, entries?: Array<{ id?: string | null, date?: string | null, recorded?: string | null, note?: string | null, status?: string | null, dose?: string | null, batch?: string | null, code?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, author?: { name?: string | null, role?: string | null, organisation?: { name?: string | null } | null } | null, labels?: Array<{ code?: string | null, display?: string | null }> | null, provenance?: { localId?: string | null, retrieved?: string | null, asOf?: string | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, organisation?: { ods?: string | null, name?: string | null } | null } | null, disease?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, site?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, route?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, reason?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null }> | null, outcomes: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }>, missing: Array<{ status: Status, reason?: string | null, code?: string | null, since?: string | null, count: number, asOf?: string | null, ageSeconds?: number | null, source?: { id?: string | null, name?: string | null, careSetting?: string | null } | null, asserted?: Array<{ date?: string | null, code?: { label?: string | null } | null, by?: { name?: string | null } | null }> | null }> };

export type VaccinationsRowFragment = { status?: string | null, dose?: string | null, batch?: string | null, disease?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, site?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, route?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null, reason?: { label?: string | null, text?: string | null, codings?: Array<{ system?: string | null, code?: string | null, display?: string | null }> | null } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const AccessFactsFragmentDoc = new TypedDocumentString(`
    fragment AccessFacts on Access {
  relationships {
    kind
    from
    until
    evidence
  }
  breakGlass {
    id
    reason
    started
    until
  }
  objections
  mayClaim
  mayBreakGlass
}
    `, {"fragmentName":"AccessFacts"}) as unknown as TypedDocumentString<AccessFactsFragment, unknown>;
export const SwitchedOffFactsFragmentDoc = new TypedDocumentString(`
    fragment SwitchedOffFacts on SwitchedOff {
  kind
  what
  name
  at
  by
  reason
}
    `, {"fragmentName":"SwitchedOffFacts"}) as unknown as TypedDocumentString<SwitchedOffFactsFragment, unknown>;
export const AccountFactsFragmentDoc = new TypedDocumentString(`
    fragment AccountFacts on UserAccount {
  id
  issuer
  subject
  login
  name
  created
  signedIn
  disabled
  identifiers {
    kind
    value
  }
  positions {
    role
    organisation {
      ods
      name
    }
    careSetting
  }
  off {
    ...SwitchedOffFacts
  }
}
    fragment SwitchedOffFacts on SwitchedOff {
  kind
  what
  name
  at
  by
  reason
}`, {"fragmentName":"AccountFacts"}) as unknown as TypedDocumentString<AccountFactsFragment, unknown>;
export const OpenSessionFactsFragmentDoc = new TypedDocumentString(`
    fragment OpenSessionFacts on OpenSession {
  id
  name
  role
  organisation {
    ods
    name
  }
  login
  device
  address
  created
  lastSeen
  locked
  current
}
    `, {"fragmentName":"OpenSessionFacts"}) as unknown as TypedDocumentString<OpenSessionFactsFragment, unknown>;
export const ClientLineFragmentDoc = new TypedDocumentString(`
    fragment ClientLine on SmartClient {
  id
  name
  method
  redirectUris
  launchUrl
  launching {
    apps {
      id
    }
  }
  state
  builtIn
  proposed
  proposedBy
  proposedByYou
  off {
    ...SwitchedOffFacts
  }
}
    fragment SwitchedOffFacts on SwitchedOff {
  kind
  what
  name
  at
  by
  reason
}`, {"fragmentName":"ClientLine"}) as unknown as TypedDocumentString<ClientLineFragment, unknown>;
export const ClientFactsFragmentDoc = new TypedDocumentString(`
    fragment ClientFacts on SmartClient {
  id
  name
  method
  redirectUris
  launchUrl
  scopes {
    scope
    words
  }
  trusted
  position {
    role
    organisation {
      ods
      name
    }
    careSetting
  }
  launching {
    apps {
      id
      name
    }
    organisations {
      ods
      name
    }
    logins {
      id
      name
    }
    trust
    prefill
    origins
  }
  jwksUrl
  keys {
    kid
    kty
    alg
    thumbprint
  }
  state
  edition
  builtIn
  proposed
  proposedBy
  proposedByYou
  approved
  approvedBy
  off {
    ...SwitchedOffFacts
  }
}
    fragment SwitchedOffFacts on SwitchedOff {
  kind
  what
  name
  at
  by
  reason
}`, {"fragmentName":"ClientFacts"}) as unknown as TypedDocumentString<ClientFactsFragment, unknown>;
export const ExplanationFactsFragmentDoc = new TypedDocumentString(`
    fragment ExplanationFacts on Explanation {
  shown
  sentence
  remedy
  resource
  policyVersion
  policies {
    id
    description
    effect
    applies
    unmet
  }
  attributes {
    key
    values
  }
}
    `, {"fragmentName":"ExplanationFacts"}) as unknown as TypedDocumentString<ExplanationFactsFragment, unknown>;
export const LookFactsFragmentDoc = new TypedDocumentString(`
    fragment LookFacts on Look {
  sentence
  name
  role
  organisation {
    ods
    name
  }
  from
  until
  events
  actions
  sections
  purpose
  relationship
  reason
  flags
  firstSeq
  lastSeq
}
    `, {"fragmentName":"LookFacts"}) as unknown as TypedDocumentString<LookFactsFragment, unknown>;
export const ReviewFactsFragmentDoc = new TypedDocumentString(`
    fragment ReviewFacts on Review {
  id
  kind
  sentence
  state
  name
  role
  organisation {
    ods
    name
  }
  patient
  reason
  opened
  reviewer
  outcome
  note
  closed
  seq
}
    `, {"fragmentName":"ReviewFacts"}) as unknown as TypedDocumentString<ReviewFactsFragment, unknown>;
export const PlaceFragmentDoc = new TypedDocumentString(`
    fragment Place on Address {
  lines
  postcode
  use
}
    `, {"fragmentName":"Place"}) as unknown as TypedDocumentString<PlaceFragment, unknown>;
export const ReachFragmentDoc = new TypedDocumentString(`
    fragment Reach on Telecom {
  system
  value
  use
}
    `, {"fragmentName":"Reach"}) as unknown as TypedDocumentString<ReachFragment, unknown>;
export const ComparedFragmentDoc = new TypedDocumentString(`
    fragment Compared on ComparedPerson {
  source {
    id
    name
  }
  localId
  nhsNumber
  nhsNumberStatus
  name {
    text
  }
  otherNames {
    text
    use
  }
  birthDate
  gender
  addresses {
    ...Place
  }
  telecoms {
    ...Reach
  }
  deceased
}
    fragment Reach on Telecom {
  system
  value
  use
}
fragment Place on Address {
  lines
  postcode
  use
}`, {"fragmentName":"Compared"}) as unknown as TypedDocumentString<ComparedFragment, unknown>;
export const OutcomeFactsFragmentDoc = new TypedDocumentString(`
    fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}
    `, {"fragmentName":"OutcomeFacts"}) as unknown as TypedDocumentString<OutcomeFactsFragment, unknown>;
export const ProposalFactsFragmentDoc = new TypedDocumentString(`
    fragment ProposalFacts on LinkProposal {
  id
  state
  patient
  source {
    id
    name
  }
  localId
  score
  agreements {
    field
    level
    weight
  }
  rules
  proposed
  proposedBy
  decided
  decidedBy
  reason
  candidate {
    ...Compared
  }
  candidateOutcome {
    ...OutcomeFacts
  }
  known {
    ...Compared
  }
  knownOutcomes {
    ...OutcomeFacts
  }
}
    fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}
fragment Reach on Telecom {
  system
  value
  use
}
fragment Place on Address {
  lines
  postcode
  use
}
fragment Compared on ComparedPerson {
  source {
    id
    name
  }
  localId
  nhsNumber
  nhsNumberStatus
  name {
    text
  }
  otherNames {
    text
    use
  }
  birthDate
  gender
  addresses {
    ...Place
  }
  telecoms {
    ...Reach
  }
  deceased
}`, {"fragmentName":"ProposalFacts"}) as unknown as TypedDocumentString<ProposalFactsFragment, unknown>;
export const LinkEventFactsFragmentDoc = new TypedDocumentString(`
    fragment LinkEventFacts on LinkEvent {
  at
  kind
  source
  localId
  status
  evidence
  by
  reason
}
    `, {"fragmentName":"LinkEventFacts"}) as unknown as TypedDocumentString<LinkEventFactsFragment, unknown>;
export const ListUserFactsFragmentDoc = new TypedDocumentString(`
    fragment ListUserFacts on ListUser {
  id
  name
  organisation {
    ods
    name
  }
  role
}
    `, {"fragmentName":"ListUserFacts"}) as unknown as TypedDocumentString<ListUserFactsFragment, unknown>;
export const ListFactsFragmentDoc = new TypedDocumentString(`
    fragment ListFacts on PatientList {
  id
  version
  title
  description
  owner {
    ...ListUserFacts
  }
  may
  changed
  changedBy
  archived
  size
  news
  columns {
    section
    show
    code
    title
  }
  roster {
    source {
      id
      name
    }
    kind
    id
    name
  }
}
    fragment ListUserFacts on ListUser {
  id
  name
  organisation {
    ods
    name
  }
  role
}`, {"fragmentName":"ListFacts"}) as unknown as TypedDocumentString<ListFactsFragment, unknown>;
export const TargetFactsFragmentDoc = new TypedDocumentString(`
    fragment TargetFacts on ShareTarget {
  kind
  id
  name
  organisation {
    ods
    name
  }
}
    `, {"fragmentName":"TargetFacts"}) as unknown as TypedDocumentString<TargetFactsFragment, unknown>;
export const ShareFactsFragmentDoc = new TypedDocumentString(`
    fragment ShareFacts on ListShare {
  id
  with {
    ...TargetFacts
  }
  may
  until
  by
  since
}
    fragment TargetFacts on ShareTarget {
  kind
  id
  name
  organisation {
    ods
    name
  }
}`, {"fragmentName":"ShareFacts"}) as unknown as TypedDocumentString<ShareFactsFragment, unknown>;
export const TeamFactsFragmentDoc = new TypedDocumentString(`
    fragment TeamFacts on Team {
  id
  name
  organisation {
    ods
    name
  }
  members {
    ...ListUserFacts
  }
  leads
}
    fragment ListUserFacts on ListUser {
  id
  name
  organisation {
    ods
    name
  }
  role
}`, {"fragmentName":"TeamFacts"}) as unknown as TypedDocumentString<TeamFactsFragment, unknown>;
export const RosterFactsFragmentDoc = new TypedDocumentString(`
    fragment RosterFacts on Roster {
  source {
    id
    name
    careSetting
  }
  kind
  id
  name
}
    `, {"fragmentName":"RosterFacts"}) as unknown as TypedDocumentString<RosterFactsFragment, unknown>;
export const CompletenessFragmentDoc = new TypedDocumentString(`
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
    fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}`, {"fragmentName":"Completeness"}) as unknown as TypedDocumentString<CompletenessFragment, unknown>;
export const DemographicsCellFragmentDoc = new TypedDocumentString(`
    fragment DemographicsCell on DemographicsSection {
  ...Completeness
  entries {
    id
    code {
      label
    }
    date
    provenance {
      retrieved
      asOf
    }
    name {
      text
    }
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}`, {"fragmentName":"DemographicsCell"}) as unknown as TypedDocumentString<DemographicsCellFragment, unknown>;
export const PracticeCellFragmentDoc = new TypedDocumentString(`
    fragment PracticeCell on PracticeSection {
  ...Completeness
  entries {
    id
    code {
      label
    }
    date
    provenance {
      retrieved
      asOf
    }
    organisation {
      name
    }
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}`, {"fragmentName":"PracticeCell"}) as unknown as TypedDocumentString<PracticeCellFragment, unknown>;
export const AllergiesCellFragmentDoc = new TypedDocumentString(`
    fragment AllergiesCell on AllergySection {
  ...Completeness
  entries {
    id
    code {
      label
    }
    date
    provenance {
      retrieved
      asOf
    }
    clinicalStatus
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}`, {"fragmentName":"AllergiesCell"}) as unknown as TypedDocumentString<AllergiesCellFragment, unknown>;
export const AlertsCellFragmentDoc = new TypedDocumentString(`
    fragment AlertsCell on AlertSection {
  ...Completeness
  entries {
    id
    code {
      label
    }
    date
    provenance {
      retrieved
      asOf
    }
    status
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}`, {"fragmentName":"AlertsCell"}) as unknown as TypedDocumentString<AlertsCellFragment, unknown>;
export const MedicationsCellFragmentDoc = new TypedDocumentString(`
    fragment MedicationsCell on MedicationSection {
  ...Completeness
  entries {
    id
    code {
      label
    }
    date
    provenance {
      retrieved
      asOf
    }
    status
    period {
      start
    }
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}`, {"fragmentName":"MedicationsCell"}) as unknown as TypedDocumentString<MedicationsCellFragment, unknown>;
export const ProblemsCellFragmentDoc = new TypedDocumentString(`
    fragment ProblemsCell on ProblemSection {
  ...Completeness
  entries {
    id
    code {
      label
    }
    date
    provenance {
      retrieved
      asOf
    }
    clinicalStatus
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}`, {"fragmentName":"ProblemsCell"}) as unknown as TypedDocumentString<ProblemsCellFragment, unknown>;
export const AppointmentsCellFragmentDoc = new TypedDocumentString(`
    fragment AppointmentsCell on AppointmentSection {
  ...Completeness
  entries {
    id
    code {
      label
    }
    date
    provenance {
      retrieved
      asOf
    }
    status
    start
    service {
      label
    }
    location
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}`, {"fragmentName":"AppointmentsCell"}) as unknown as TypedDocumentString<AppointmentsCellFragment, unknown>;
export const ContactsCellFragmentDoc = new TypedDocumentString(`
    fragment ContactsCell on ContactSection {
  ...Completeness
  entries {
    id
    code {
      label
    }
    date
    provenance {
      retrieved
      asOf
    }
    status
    class {
      display
    }
    period {
      start
    }
    reason {
      label
    }
    service {
      label
    }
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}`, {"fragmentName":"ContactsCell"}) as unknown as TypedDocumentString<ContactsCellFragment, unknown>;
export const AdmissionsCellFragmentDoc = new TypedDocumentString(`
    fragment AdmissionsCell on AdmissionSection {
  ...Completeness
  entries {
    id
    code {
      label
    }
    date
    provenance {
      retrieved
      asOf
    }
    status
    period {
      start
    }
    reason {
      label
    }
    ward
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}`, {"fragmentName":"AdmissionsCell"}) as unknown as TypedDocumentString<AdmissionsCellFragment, unknown>;
export const DischargesCellFragmentDoc = new TypedDocumentString(`
    fragment DischargesCell on DischargeSection {
  ...Completeness
  entries {
    id
    code {
      label
    }
    date
    provenance {
      retrieved
      asOf
    }
    diagnoses {
      label
    }
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}`, {"fragmentName":"DischargesCell"}) as unknown as TypedDocumentString<DischargesCellFragment, unknown>;
export const PersonalContactsCellFragmentDoc = new TypedDocumentString(`
    fragment PersonalContactsCell on PersonalContactSection {
  ...Completeness
  entries {
    id
    code {
      label
    }
    date
    provenance {
      retrieved
      asOf
    }
    name {
      text
    }
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}`, {"fragmentName":"PersonalContactsCell"}) as unknown as TypedDocumentString<PersonalContactsCellFragment, unknown>;
export const ProfessionalContactsCellFragmentDoc = new TypedDocumentString(`
    fragment ProfessionalContactsCell on ProfessionalContactSection {
  ...Completeness
  entries {
    id
    code {
      label
    }
    date
    provenance {
      retrieved
      asOf
    }
    professional: name
    team
    organisation {
      name
    }
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}`, {"fragmentName":"ProfessionalContactsCell"}) as unknown as TypedDocumentString<ProfessionalContactsCellFragment, unknown>;
export const ConsentsCellFragmentDoc = new TypedDocumentString(`
    fragment ConsentsCell on ConsentSection {
  ...Completeness
  entries {
    id
    code {
      label
    }
    date
    provenance {
      retrieved
      asOf
    }
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}`, {"fragmentName":"ConsentsCell"}) as unknown as TypedDocumentString<ConsentsCellFragment, unknown>;
export const AmountFragmentDoc = new TypedDocumentString(`
    fragment Amount on Quantity {
  value
  comparator
  unit
  code
}
    `, {"fragmentName":"Amount"}) as unknown as TypedDocumentString<AmountFragment, unknown>;
export const CodedFragmentDoc = new TypedDocumentString(`
    fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
    `, {"fragmentName":"Coded"}) as unknown as TypedDocumentString<CodedFragment, unknown>;
export const FoundFragmentDoc = new TypedDocumentString(`
    fragment Found on Value {
  quantity {
    ...Amount
  }
  concept {
    ...Coded
  }
  text
}
    fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment Amount on Quantity {
  value
  comparator
  unit
  code
}`, {"fragmentName":"Found"}) as unknown as TypedDocumentString<FoundFragment, unknown>;
export const ResultsCellFragmentDoc = new TypedDocumentString(`
    fragment ResultsCell on ResultSection {
  ...Completeness
  entries {
    id
    code {
      label
    }
    date
    provenance {
      retrieved
      asOf
    }
    status
    conclusion
    measurements {
      code {
        label
      }
      value {
        ...Found
      }
      absent {
        label
      }
      date
    }
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}
fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment Amount on Quantity {
  value
  comparator
  unit
  code
}
fragment Found on Value {
  quantity {
    ...Amount
  }
  concept {
    ...Coded
  }
  text
}`, {"fragmentName":"ResultsCell"}) as unknown as TypedDocumentString<ResultsCellFragment, unknown>;
export const ObservationsCellFragmentDoc = new TypedDocumentString(`
    fragment ObservationsCell on ObservationSection {
  ...Completeness
  entries {
    id
    code {
      label
    }
    date
    provenance {
      retrieved
      asOf
    }
    status
    value {
      ...Found
    }
    interpretation {
      label
    }
    absent {
      label
    }
    components {
      code {
        label
        codings {
          system
          code
        }
      }
      value {
        ...Found
      }
      absent {
        label
      }
    }
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}
fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment Amount on Quantity {
  value
  comparator
  unit
  code
}
fragment Found on Value {
  quantity {
    ...Amount
  }
  concept {
    ...Coded
  }
  text
}`, {"fragmentName":"ObservationsCell"}) as unknown as TypedDocumentString<ObservationsCellFragment, unknown>;
export const VaccinationsCellFragmentDoc = new TypedDocumentString(`
    fragment VaccinationsCell on VaccinationSection {
  ...Completeness
  entries {
    id
    code {
      label
    }
    date
    provenance {
      retrieved
      asOf
    }
    status
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}`, {"fragmentName":"VaccinationsCell"}) as unknown as TypedDocumentString<VaccinationsCellFragment, unknown>;
export const ProceduresCellFragmentDoc = new TypedDocumentString(`
    fragment ProceduresCell on ProcedureSection {
  ...Completeness
  entries {
    id
    code {
      label
    }
    date
    provenance {
      retrieved
      asOf
    }
    status
    performed {
      start
    }
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}`, {"fragmentName":"ProceduresCell"}) as unknown as TypedDocumentString<ProceduresCellFragment, unknown>;
export const DocumentsCellFragmentDoc = new TypedDocumentString(`
    fragment DocumentsCell on DocumentSection {
  ...Completeness
  entries {
    id
    code {
      label
    }
    date
    provenance {
      retrieved
      asOf
    }
    title
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}`, {"fragmentName":"DocumentsCell"}) as unknown as TypedDocumentString<DocumentsCellFragment, unknown>;
export const NextCellFragmentDoc = new TypedDocumentString(`
    fragment NextCell on AppointmentSection {
  ...Completeness
  entries {
    id
    code {
      label
    }
    date
    provenance {
      retrieved
      asOf
    }
    status
    start
    service {
      label
    }
    location
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}`, {"fragmentName":"NextCell"}) as unknown as TypedDocumentString<NextCellFragment, unknown>;
export const EndOfLifeCellFragmentDoc = new TypedDocumentString(`
    fragment EndOfLifeCell on EndOfLifeSection {
  ...Completeness
  entries {
    id
    code {
      label
    }
    date
    provenance {
      retrieved
      asOf
    }
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}`, {"fragmentName":"EndOfLifeCell"}) as unknown as TypedDocumentString<EndOfLifeCellFragment, unknown>;
export const AboutMeCellFragmentDoc = new TypedDocumentString(`
    fragment AboutMeCell on AboutMeSection {
  ...Completeness
  entries {
    id
    code {
      label
    }
    date
    provenance {
      retrieved
      asOf
    }
    title
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}`, {"fragmentName":"AboutMeCell"}) as unknown as TypedDocumentString<AboutMeCellFragment, unknown>;
export const CarePlansCellFragmentDoc = new TypedDocumentString(`
    fragment CarePlansCell on CarePlanSection {
  ...Completeness
  entries {
    id
    code {
      label
    }
    date
    provenance {
      retrieved
      asOf
    }
    title
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}`, {"fragmentName":"CarePlansCell"}) as unknown as TypedDocumentString<CarePlansCellFragment, unknown>;
export const PolicyFactsFragmentDoc = new TypedDocumentString(`
    fragment PolicyFacts on Policy {
  id
  description
  effect
  mode
  roles
  organisations
  actions
  resources
  when {
    key
    in
    notIn
  }
}
    `, {"fragmentName":"PolicyFacts"}) as unknown as TypedDocumentString<PolicyFactsFragment, unknown>;
export const PolicySetFactsFragmentDoc = new TypedDocumentString(`
    fragment PolicySetFacts on PolicySet {
  version
  at
  by
  reason
  policies {
    ...PolicyFacts
  }
}
    fragment PolicyFacts on Policy {
  id
  description
  effect
  mode
  roles
  organisations
  actions
  resources
  when {
    key
    in
    notIn
  }
}`, {"fragmentName":"PolicySetFacts"}) as unknown as TypedDocumentString<PolicySetFactsFragment, unknown>;
export const RegistrationFactsFragmentDoc = new TypedDocumentString(`
    fragment RegistrationFacts on Registration {
  source {
    id
    name
    careSetting
    organisation {
      name
    }
  }
  state
  reason
  checked
  links {
    localId
    status
    since
    evidence
  }
}
    `, {"fragmentName":"RegistrationFacts"}) as unknown as TypedDocumentString<RegistrationFactsFragment, unknown>;
export const SourceSwitchFactsFragmentDoc = new TypedDocumentString(`
    fragment SourceSwitchFacts on SourceSwitch {
  source
  off
  at
  by
  reason
}
    `, {"fragmentName":"SourceSwitchFacts"}) as unknown as TypedDocumentString<SourceSwitchFactsFragment, unknown>;
export const SourceReportFactsFragmentDoc = new TypedDocumentString(`
    fragment SourceReportFacts on SourceReport {
  source
  at
  tookMilliseconds
  people
  calls
  p50Milliseconds
  p95Milliseconds
  slowestMilliseconds
  checks {
    name
    verdict
    text
    findings {
      code
      verdict
      text
      mend
      where {
        section
        title
        count
        of
        at
      }
    }
  }
  scorecard {
    section
    title
    mandatory
    people
    entries
    items {
      name
      mandatory
      populated
    }
    coded
    statements
    validCodes
    codes
    validDates
    dates
    duplicates
  }
}
    `, {"fragmentName":"SourceReportFacts"}) as unknown as TypedDocumentString<SourceReportFactsFragment, unknown>;
export const CountedFragmentDoc = new TypedDocumentString(`
    fragment Counted on TimelineBuckets {
  scale
  list {
    date
    count
    sections {
      section
      count
    }
  }
}
    `, {"fragmentName":"Counted"}) as unknown as TypedDocumentString<CountedFragment, unknown>;
export const StatementFragmentDoc = new TypedDocumentString(`
    fragment Statement on Entry {
  id
  code {
    ...Coded
  }
  date
  recorded
  author {
    name
    role
    organisation {
      name
    }
  }
  labels {
    code
    display
  }
  note
  provenance {
    source {
      id
      name
      careSetting
    }
    organisation {
      ods
      name
    }
    localId
    retrieved
    asOf
  }
}
    fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}`, {"fragmentName":"Statement"}) as unknown as TypedDocumentString<StatementFragment, unknown>;
export const UsualFragmentDoc = new TypedDocumentString(`
    fragment Usual on ReferenceRange {
  low {
    ...Amount
  }
  high {
    ...Amount
  }
  text
}
    fragment Amount on Quantity {
  value
  comparator
  unit
  code
}`, {"fragmentName":"Usual"}) as unknown as TypedDocumentString<UsualFragment, unknown>;
export const MeasuredFragmentDoc = new TypedDocumentString(`
    fragment Measured on Measurement {
  code {
    ...Coded
  }
  value {
    ...Found
  }
  interpretation {
    ...Coded
  }
  ranges {
    ...Usual
  }
  absent {
    label
  }
  date
  status
}
    fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment Amount on Quantity {
  value
  comparator
  unit
  code
}
fragment Found on Value {
  quantity {
    ...Amount
  }
  concept {
    ...Coded
  }
  text
}
fragment Usual on ReferenceRange {
  low {
    ...Amount
  }
  high {
    ...Amount
  }
  text
}`, {"fragmentName":"Measured"}) as unknown as TypedDocumentString<MeasuredFragment, unknown>;
export const TimelineNodeFragmentDoc = new TypedDocumentString(`
    fragment TimelineNode on Entry {
  __typename
  ...Statement
  ... on Allergy {
    clinicalStatus
    criticality
    reactions {
      manifestations {
        ...Coded
      }
    }
  }
  ... on Alert {
    status
    category {
      ...Coded
    }
  }
  ... on Medication {
    kind
    status
    dosage
    reason {
      ...Coded
    }
  }
  ... on Problem {
    clinicalStatus
  }
  ... on Appointment {
    status
    service {
      ...Coded
    }
    practitioner {
      name
      role
    }
    location
    reason {
      ...Coded
    }
  }
  ... on Contact {
    status
    class {
      code
      display
    }
    service {
      ...Coded
    }
    practitioner {
      name
      role
    }
    location
    reason {
      ...Coded
    }
  }
  ... on Admission {
    status
    ward
    specialty {
      ...Coded
    }
    consultant {
      name
      role
    }
    reason {
      ...Coded
    }
  }
  ... on Discharge {
    ward
    specialty {
      ...Coded
    }
    consultant {
      name
      role
    }
    destination {
      ...Coded
    }
  }
  ... on Result {
    status
    conclusion
    measurements {
      ...Measured
    }
  }
  ... on Observation {
    status
    value {
      ...Found
    }
    interpretation {
      ...Coded
    }
    absent {
      label
    }
    components {
      ...Measured
    }
  }
  ... on Vaccination {
    status
    dose
    disease {
      ...Coded
    }
  }
  ... on Procedure {
    status
    location
    outcome {
      ...Coded
    }
  }
  ... on Document {
    status
    title
    category {
      ...Coded
    }
    service {
      ...Coded
    }
  }
}
    fragment Statement on Entry {
  id
  code {
    ...Coded
  }
  date
  recorded
  author {
    name
    role
    organisation {
      name
    }
  }
  labels {
    code
    display
  }
  note
  provenance {
    source {
      id
      name
      careSetting
    }
    organisation {
      ods
      name
    }
    localId
    retrieved
    asOf
  }
}
fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment Amount on Quantity {
  value
  comparator
  unit
  code
}
fragment Found on Value {
  quantity {
    ...Amount
  }
  concept {
    ...Coded
  }
  text
}
fragment Usual on ReferenceRange {
  low {
    ...Amount
  }
  high {
    ...Amount
  }
  text
}
fragment Measured on Measurement {
  code {
    ...Coded
  }
  value {
    ...Found
  }
  interpretation {
    ...Coded
  }
  ranges {
    ...Usual
  }
  absent {
    label
  }
  date
  status
}`, {"fragmentName":"TimelineNode"}) as unknown as TypedDocumentString<TimelineNodeFragment, unknown>;
export const LayoutFactsFragmentDoc = new TypedDocumentString(`
    fragment LayoutFacts on ViewerLayout {
  own
  version
  sections {
    name
    folded
  }
}
    `, {"fragmentName":"LayoutFacts"}) as unknown as TypedDocumentString<LayoutFactsFragment, unknown>;
export const ViewRunFactsFragmentDoc = new TypedDocumentString(`
    fragment ViewRunFacts on ViewRun {
  id
  view
  version
  title
  purpose
  secondary
  list
  state
  problem
  lacking
  people
  leftOut
  rows
  waiting
  created
  ended
  expires
  headings {
    name
    kind
    description
    coverage
  }
  schedule
  differences {
    since
    new
    changed
    gone
    unknown
    came
    left
  }
}
    `, {"fragmentName":"ViewRunFacts"}) as unknown as TypedDocumentString<ViewRunFactsFragment, unknown>;
export const ViewScheduleFactsFragmentDoc = new TypedDocumentString(`
    fragment ViewScheduleFacts on ViewSchedule {
  id
  view
  version
  title
  list
  every
  hour
  day
  alert
  until
  state
  problem
  next
  created
  lastRun {
    ...ViewRunFacts
  }
}
    fragment ViewRunFacts on ViewRun {
  id
  view
  version
  title
  purpose
  secondary
  list
  state
  problem
  lacking
  people
  leftOut
  rows
  waiting
  created
  ended
  expires
  headings {
    name
    kind
    description
    coverage
  }
  schedule
  differences {
    since
    new
    changed
    gone
    unknown
    came
    left
  }
}`, {"fragmentName":"ViewScheduleFacts"}) as unknown as TypedDocumentString<ViewScheduleFactsFragment, unknown>;
export const ViewNoticesFactsFragmentDoc = new TypedDocumentString(`
    fragment ViewNoticesFacts on ViewNotices {
  unread
  notices {
    id
    schedule
    view
    title
    run
    at
    problem
    new
    changed
    read
  }
}
    `, {"fragmentName":"ViewNoticesFacts"}) as unknown as TypedDocumentString<ViewNoticesFactsFragment, unknown>;
export const ViewFactsFragmentDoc = new TypedDocumentString(`
    fragment ViewFacts on View {
  id
  version
  title
  description
  purpose
  secondary
  state
  owner
  yours
  organisation
  roles
  organisations
  columns {
    name
    section
    field
    take
  }
  definition
  selection
  chart
  saved
  decided
  approver
  reason
  until
  runnable
  problems
}
    `, {"fragmentName":"ViewFacts"}) as unknown as TypedDocumentString<ViewFactsFragment, unknown>;
export const AboutMeRowFragmentDoc = new TypedDocumentString(`
    fragment AboutMeRow on AboutMe {
  status
  title
  reviewDate
  items {
    topic {
      ...Coded
    }
    text
  }
}
    fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}`, {"fragmentName":"AboutMeRow"}) as unknown as TypedDocumentString<AboutMeRowFragment, unknown>;
export const AboutMeCardFragmentDoc = new TypedDocumentString(`
    fragment AboutMeCard on AboutMeSection {
  ...Completeness
  entries {
    ...Statement
    ...AboutMeRow
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}
fragment Statement on Entry {
  id
  code {
    ...Coded
  }
  date
  recorded
  author {
    name
    role
    organisation {
      name
    }
  }
  labels {
    code
    display
  }
  note
  provenance {
    source {
      id
      name
      careSetting
    }
    organisation {
      ods
      name
    }
    localId
    retrieved
    asOf
  }
}
fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment AboutMeRow on AboutMe {
  status
  title
  reviewDate
  items {
    topic {
      ...Coded
    }
    text
  }
}`, {"fragmentName":"AboutMeCard"}) as unknown as TypedDocumentString<AboutMeCardFragment, unknown>;
export const AdmissionsRowFragmentDoc = new TypedDocumentString(`
    fragment AdmissionsRow on Admission {
  status
  period {
    start
    end
  }
  source {
    ...Coded
  }
  reason {
    ...Coded
  }
  ward
  specialty {
    ...Coded
  }
  consultant {
    name
    role
  }
}
    fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}`, {"fragmentName":"AdmissionsRow"}) as unknown as TypedDocumentString<AdmissionsRowFragment, unknown>;
export const AdmissionsCardFragmentDoc = new TypedDocumentString(`
    fragment AdmissionsCard on AdmissionSection {
  ...Completeness
  entries {
    ...Statement
    ...AdmissionsRow
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}
fragment Statement on Entry {
  id
  code {
    ...Coded
  }
  date
  recorded
  author {
    name
    role
    organisation {
      name
    }
  }
  labels {
    code
    display
  }
  note
  provenance {
    source {
      id
      name
      careSetting
    }
    organisation {
      ods
      name
    }
    localId
    retrieved
    asOf
  }
}
fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment AdmissionsRow on Admission {
  status
  period {
    start
    end
  }
  source {
    ...Coded
  }
  reason {
    ...Coded
  }
  ward
  specialty {
    ...Coded
  }
  consultant {
    name
    role
  }
}`, {"fragmentName":"AdmissionsCard"}) as unknown as TypedDocumentString<AdmissionsCardFragment, unknown>;
export const AlertsRowFragmentDoc = new TypedDocumentString(`
    fragment AlertsRow on Alert {
  status
  category {
    ...Coded
  }
  period {
    start
    end
  }
}
    fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}`, {"fragmentName":"AlertsRow"}) as unknown as TypedDocumentString<AlertsRowFragment, unknown>;
export const AlertsCardFragmentDoc = new TypedDocumentString(`
    fragment AlertsCard on AlertSection {
  ...Completeness
  entries {
    ...Statement
    ...AlertsRow
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}
fragment Statement on Entry {
  id
  code {
    ...Coded
  }
  date
  recorded
  author {
    name
    role
    organisation {
      name
    }
  }
  labels {
    code
    display
  }
  note
  provenance {
    source {
      id
      name
      careSetting
    }
    organisation {
      ods
      name
    }
    localId
    retrieved
    asOf
  }
}
fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment AlertsRow on Alert {
  status
  category {
    ...Coded
  }
  period {
    start
    end
  }
}`, {"fragmentName":"AlertsCard"}) as unknown as TypedDocumentString<AlertsCardFragment, unknown>;
export const AllergiesRowFragmentDoc = new TypedDocumentString(`
    fragment AllergiesRow on Allergy {
  clinicalStatus
  verification
  kind
  categories
  criticality
  reactions {
    manifestations {
      ...Coded
    }
    severity
    description
    onset
  }
  lastOccurrence
  ended
}
    fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}`, {"fragmentName":"AllergiesRow"}) as unknown as TypedDocumentString<AllergiesRowFragment, unknown>;
export const AllergiesCardFragmentDoc = new TypedDocumentString(`
    fragment AllergiesCard on AllergySection {
  ...Completeness
  entries {
    ...Statement
    ...AllergiesRow
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}
fragment Statement on Entry {
  id
  code {
    ...Coded
  }
  date
  recorded
  author {
    name
    role
    organisation {
      name
    }
  }
  labels {
    code
    display
  }
  note
  provenance {
    source {
      id
      name
      careSetting
    }
    organisation {
      ods
      name
    }
    localId
    retrieved
    asOf
  }
}
fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment AllergiesRow on Allergy {
  clinicalStatus
  verification
  kind
  categories
  criticality
  reactions {
    manifestations {
      ...Coded
    }
    severity
    description
    onset
  }
  lastOccurrence
  ended
}`, {"fragmentName":"AllergiesCard"}) as unknown as TypedDocumentString<AllergiesCardFragment, unknown>;
export const AppointmentsRowFragmentDoc = new TypedDocumentString(`
    fragment AppointmentsRow on Appointment {
  status
  start
  end
  service {
    ...Coded
  }
  practitioner {
    name
    role
  }
  location
  reason {
    ...Coded
  }
}
    fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}`, {"fragmentName":"AppointmentsRow"}) as unknown as TypedDocumentString<AppointmentsRowFragment, unknown>;
export const AppointmentsCardFragmentDoc = new TypedDocumentString(`
    fragment AppointmentsCard on AppointmentSection {
  ...Completeness
  entries {
    ...Statement
    ...AppointmentsRow
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}
fragment Statement on Entry {
  id
  code {
    ...Coded
  }
  date
  recorded
  author {
    name
    role
    organisation {
      name
    }
  }
  labels {
    code
    display
  }
  note
  provenance {
    source {
      id
      name
      careSetting
    }
    organisation {
      ods
      name
    }
    localId
    retrieved
    asOf
  }
}
fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment AppointmentsRow on Appointment {
  status
  start
  end
  service {
    ...Coded
  }
  practitioner {
    name
    role
  }
  location
  reason {
    ...Coded
  }
}`, {"fragmentName":"AppointmentsCard"}) as unknown as TypedDocumentString<AppointmentsCardFragment, unknown>;
export const SomebodyFragmentDoc = new TypedDocumentString(`
    fragment Somebody on Actor {
  name
  role
  organisation {
    name
  }
}
    `, {"fragmentName":"Somebody"}) as unknown as TypedDocumentString<SomebodyFragment, unknown>;
export const CarePlansRowFragmentDoc = new TypedDocumentString(`
    fragment CarePlansRow on CarePlan {
  status
  title
  period {
    start
    end
  }
  reviewDate
  concerns {
    ...Coded
  }
  goals {
    description {
      ...Coded
    }
    status
    due
  }
  activities {
    what {
      ...Coded
    }
    detail
    status
    doNotPerform
    who {
      ...Somebody
    }
  }
  careTeam {
    ...Somebody
  }
}
    fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment Somebody on Actor {
  name
  role
  organisation {
    name
  }
}`, {"fragmentName":"CarePlansRow"}) as unknown as TypedDocumentString<CarePlansRowFragment, unknown>;
export const CarePlansCardFragmentDoc = new TypedDocumentString(`
    fragment CarePlansCard on CarePlanSection {
  ...Completeness
  entries {
    ...Statement
    ...CarePlansRow
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}
fragment Statement on Entry {
  id
  code {
    ...Coded
  }
  date
  recorded
  author {
    name
    role
    organisation {
      name
    }
  }
  labels {
    code
    display
  }
  note
  provenance {
    source {
      id
      name
      careSetting
    }
    organisation {
      ods
      name
    }
    localId
    retrieved
    asOf
  }
}
fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment CarePlansRow on CarePlan {
  status
  title
  period {
    start
    end
  }
  reviewDate
  concerns {
    ...Coded
  }
  goals {
    description {
      ...Coded
    }
    status
    due
  }
  activities {
    what {
      ...Coded
    }
    detail
    status
    doNotPerform
    who {
      ...Somebody
    }
  }
  careTeam {
    ...Somebody
  }
}
fragment Somebody on Actor {
  name
  role
  organisation {
    name
  }
}`, {"fragmentName":"CarePlansCard"}) as unknown as TypedDocumentString<CarePlansCardFragment, unknown>;
export const ConsentsRowFragmentDoc = new TypedDocumentString(`
    fragment ConsentsRow on Consent {
  status
  decision
  scope {
    ...Coded
  }
  period {
    start
    end
  }
}
    fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}`, {"fragmentName":"ConsentsRow"}) as unknown as TypedDocumentString<ConsentsRowFragment, unknown>;
export const ConsentsCardFragmentDoc = new TypedDocumentString(`
    fragment ConsentsCard on ConsentSection {
  ...Completeness
  entries {
    ...Statement
    ...ConsentsRow
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}
fragment Statement on Entry {
  id
  code {
    ...Coded
  }
  date
  recorded
  author {
    name
    role
    organisation {
      name
    }
  }
  labels {
    code
    display
  }
  note
  provenance {
    source {
      id
      name
      careSetting
    }
    organisation {
      ods
      name
    }
    localId
    retrieved
    asOf
  }
}
fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment ConsentsRow on Consent {
  status
  decision
  scope {
    ...Coded
  }
  period {
    start
    end
  }
}`, {"fragmentName":"ConsentsCard"}) as unknown as TypedDocumentString<ConsentsCardFragment, unknown>;
export const ContactsRowFragmentDoc = new TypedDocumentString(`
    fragment ContactsRow on Contact {
  status
  class {
    code
    display
  }
  period {
    start
    end
  }
  reason {
    ...Coded
  }
  service {
    ...Coded
  }
  practitioner {
    name
    role
  }
  location
}
    fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}`, {"fragmentName":"ContactsRow"}) as unknown as TypedDocumentString<ContactsRowFragment, unknown>;
export const ContactsCardFragmentDoc = new TypedDocumentString(`
    fragment ContactsCard on ContactSection {
  ...Completeness
  entries {
    ...Statement
    ...ContactsRow
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}
fragment Statement on Entry {
  id
  code {
    ...Coded
  }
  date
  recorded
  author {
    name
    role
    organisation {
      name
    }
  }
  labels {
    code
    display
  }
  note
  provenance {
    source {
      id
      name
      careSetting
    }
    organisation {
      ods
      name
    }
    localId
    retrieved
    asOf
  }
}
fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment ContactsRow on Contact {
  status
  class {
    code
    display
  }
  period {
    start
    end
  }
  reason {
    ...Coded
  }
  service {
    ...Coded
  }
  practitioner {
    name
    role
  }
  location
}`, {"fragmentName":"ContactsCard"}) as unknown as TypedDocumentString<ContactsCardFragment, unknown>;
export const IdentityFragmentDoc = new TypedDocumentString(`
    fragment Identity on Person {
  nhsNumber
  nhsNumberStatus
  formerNHSNumbers
  name {
    text
  }
  otherNames {
    text
    use
  }
  birthDate
  deceased
  deceasedDate
  gender
  addresses {
    ...Place
  }
  telecoms {
    ...Reach
  }
  ethnicity {
    ...Coded
  }
  language {
    ...Coded
  }
  maritalStatus {
    ...Coded
  }
  identifiers {
    system
    value
  }
}
    fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment Reach on Telecom {
  system
  value
  use
}
fragment Place on Address {
  lines
  postcode
  use
}`, {"fragmentName":"Identity"}) as unknown as TypedDocumentString<IdentityFragment, unknown>;
export const DemographicsRowFragmentDoc = new TypedDocumentString(`
    fragment DemographicsRow on Person {
  ...Identity
}
    fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment Reach on Telecom {
  system
  value
  use
}
fragment Place on Address {
  lines
  postcode
  use
}
fragment Identity on Person {
  nhsNumber
  nhsNumberStatus
  formerNHSNumbers
  name {
    text
  }
  otherNames {
    text
    use
  }
  birthDate
  deceased
  deceasedDate
  gender
  addresses {
    ...Place
  }
  telecoms {
    ...Reach
  }
  ethnicity {
    ...Coded
  }
  language {
    ...Coded
  }
  maritalStatus {
    ...Coded
  }
  identifiers {
    system
    value
  }
}`, {"fragmentName":"DemographicsRow"}) as unknown as TypedDocumentString<DemographicsRowFragment, unknown>;
export const DemographicsCardFragmentDoc = new TypedDocumentString(`
    fragment DemographicsCard on DemographicsSection {
  ...Completeness
  entries {
    ...Statement
    ...DemographicsRow
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}
fragment Statement on Entry {
  id
  code {
    ...Coded
  }
  date
  recorded
  author {
    name
    role
    organisation {
      name
    }
  }
  labels {
    code
    display
  }
  note
  provenance {
    source {
      id
      name
      careSetting
    }
    organisation {
      ods
      name
    }
    localId
    retrieved
    asOf
  }
}
fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment Reach on Telecom {
  system
  value
  use
}
fragment Place on Address {
  lines
  postcode
  use
}
fragment Identity on Person {
  nhsNumber
  nhsNumberStatus
  formerNHSNumbers
  name {
    text
  }
  otherNames {
    text
    use
  }
  birthDate
  deceased
  deceasedDate
  gender
  addresses {
    ...Place
  }
  telecoms {
    ...Reach
  }
  ethnicity {
    ...Coded
  }
  language {
    ...Coded
  }
  maritalStatus {
    ...Coded
  }
  identifiers {
    system
    value
  }
}
fragment DemographicsRow on Person {
  ...Identity
}`, {"fragmentName":"DemographicsCard"}) as unknown as TypedDocumentString<DemographicsCardFragment, unknown>;
export const DischargesRowFragmentDoc = new TypedDocumentString(`
    fragment DischargesRow on Discharge {
  admitted
  destination {
    ...Coded
  }
  diagnoses {
    ...Coded
  }
  ward
  specialty {
    ...Coded
  }
  consultant {
    name
    role
  }
}
    fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}`, {"fragmentName":"DischargesRow"}) as unknown as TypedDocumentString<DischargesRowFragment, unknown>;
export const DischargesCardFragmentDoc = new TypedDocumentString(`
    fragment DischargesCard on DischargeSection {
  ...Completeness
  entries {
    ...Statement
    ...DischargesRow
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}
fragment Statement on Entry {
  id
  code {
    ...Coded
  }
  date
  recorded
  author {
    name
    role
    organisation {
      name
    }
  }
  labels {
    code
    display
  }
  note
  provenance {
    source {
      id
      name
      careSetting
    }
    organisation {
      ods
      name
    }
    localId
    retrieved
    asOf
  }
}
fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment DischargesRow on Discharge {
  admitted
  destination {
    ...Coded
  }
  diagnoses {
    ...Coded
  }
  ward
  specialty {
    ...Coded
  }
  consultant {
    name
    role
  }
}`, {"fragmentName":"DischargesCard"}) as unknown as TypedDocumentString<DischargesCardFragment, unknown>;
export const DocumentsRowFragmentDoc = new TypedDocumentString(`
    fragment DocumentsRow on Document {
  status
  title
  category {
    ...Coded
  }
  contentType
  content {
    opens
    reason
  }
  size
  custodian {
    ods
    name
  }
  service {
    ...Coded
  }
}
    fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}`, {"fragmentName":"DocumentsRow"}) as unknown as TypedDocumentString<DocumentsRowFragment, unknown>;
export const DocumentsCardFragmentDoc = new TypedDocumentString(`
    fragment DocumentsCard on DocumentSection {
  ...Completeness
  entries {
    ...Statement
    ...DocumentsRow
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}
fragment Statement on Entry {
  id
  code {
    ...Coded
  }
  date
  recorded
  author {
    name
    role
    organisation {
      name
    }
  }
  labels {
    code
    display
  }
  note
  provenance {
    source {
      id
      name
      careSetting
    }
    organisation {
      ods
      name
    }
    localId
    retrieved
    asOf
  }
}
fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment DocumentsRow on Document {
  status
  title
  category {
    ...Coded
  }
  contentType
  content {
    opens
    reason
  }
  size
  custodian {
    ods
    name
  }
  service {
    ...Coded
  }
}`, {"fragmentName":"DocumentsCard"}) as unknown as TypedDocumentString<DocumentsCardFragment, unknown>;
export const EndOfLifeRowFragmentDoc = new TypedDocumentString(`
    fragment EndOfLifeRow on EndOfLife {
  kind
  status
  cpr
  decision
  reviewDate
  original
}
    `, {"fragmentName":"EndOfLifeRow"}) as unknown as TypedDocumentString<EndOfLifeRowFragment, unknown>;
export const EndOfLifeCardFragmentDoc = new TypedDocumentString(`
    fragment EndOfLifeCard on EndOfLifeSection {
  ...Completeness
  entries {
    ...Statement
    ...EndOfLifeRow
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}
fragment Statement on Entry {
  id
  code {
    ...Coded
  }
  date
  recorded
  author {
    name
    role
    organisation {
      name
    }
  }
  labels {
    code
    display
  }
  note
  provenance {
    source {
      id
      name
      careSetting
    }
    organisation {
      ods
      name
    }
    localId
    retrieved
    asOf
  }
}
fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment EndOfLifeRow on EndOfLife {
  kind
  status
  cpr
  decision
  reviewDate
  original
}`, {"fragmentName":"EndOfLifeCard"}) as unknown as TypedDocumentString<EndOfLifeCardFragment, unknown>;
export const MedicationsRowFragmentDoc = new TypedDocumentString(`
    fragment MedicationsRow on Medication {
  kind
  status
  dosage
  route {
    ...Coded
  }
  form {
    ...Coded
  }
  quantity {
    ...Amount
  }
  period {
    start
    end
  }
  reason {
    ...Coded
  }
  statusReason {
    ...Coded
  }
  lastIssued
}
    fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment Amount on Quantity {
  value
  comparator
  unit
  code
}`, {"fragmentName":"MedicationsRow"}) as unknown as TypedDocumentString<MedicationsRowFragment, unknown>;
export const MedicationsCardFragmentDoc = new TypedDocumentString(`
    fragment MedicationsCard on MedicationSection {
  ...Completeness
  entries {
    ...Statement
    ...MedicationsRow
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}
fragment Statement on Entry {
  id
  code {
    ...Coded
  }
  date
  recorded
  author {
    name
    role
    organisation {
      name
    }
  }
  labels {
    code
    display
  }
  note
  provenance {
    source {
      id
      name
      careSetting
    }
    organisation {
      ods
      name
    }
    localId
    retrieved
    asOf
  }
}
fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment Amount on Quantity {
  value
  comparator
  unit
  code
}
fragment MedicationsRow on Medication {
  kind
  status
  dosage
  route {
    ...Coded
  }
  form {
    ...Coded
  }
  quantity {
    ...Amount
  }
  period {
    start
    end
  }
  reason {
    ...Coded
  }
  statusReason {
    ...Coded
  }
  lastIssued
}`, {"fragmentName":"MedicationsCard"}) as unknown as TypedDocumentString<MedicationsCardFragment, unknown>;
export const ObservationsRowFragmentDoc = new TypedDocumentString(`
    fragment ObservationsRow on Observation {
  status
  category {
    ...Coded
  }
  value {
    ...Found
  }
  interpretation {
    ...Coded
  }
  ranges {
    ...Usual
  }
  absent {
    label
  }
  components {
    ...Measured
  }
}
    fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment Amount on Quantity {
  value
  comparator
  unit
  code
}
fragment Found on Value {
  quantity {
    ...Amount
  }
  concept {
    ...Coded
  }
  text
}
fragment Usual on ReferenceRange {
  low {
    ...Amount
  }
  high {
    ...Amount
  }
  text
}
fragment Measured on Measurement {
  code {
    ...Coded
  }
  value {
    ...Found
  }
  interpretation {
    ...Coded
  }
  ranges {
    ...Usual
  }
  absent {
    label
  }
  date
  status
}`, {"fragmentName":"ObservationsRow"}) as unknown as TypedDocumentString<ObservationsRowFragment, unknown>;
export const ObservationsCardFragmentDoc = new TypedDocumentString(`
    fragment ObservationsCard on ObservationSection {
  ...Completeness
  entries {
    ...Statement
    ...ObservationsRow
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}
fragment Statement on Entry {
  id
  code {
    ...Coded
  }
  date
  recorded
  author {
    name
    role
    organisation {
      name
    }
  }
  labels {
    code
    display
  }
  note
  provenance {
    source {
      id
      name
      careSetting
    }
    organisation {
      ods
      name
    }
    localId
    retrieved
    asOf
  }
}
fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment Amount on Quantity {
  value
  comparator
  unit
  code
}
fragment Found on Value {
  quantity {
    ...Amount
  }
  concept {
    ...Coded
  }
  text
}
fragment Usual on ReferenceRange {
  low {
    ...Amount
  }
  high {
    ...Amount
  }
  text
}
fragment Measured on Measurement {
  code {
    ...Coded
  }
  value {
    ...Found
  }
  interpretation {
    ...Coded
  }
  ranges {
    ...Usual
  }
  absent {
    label
  }
  date
  status
}
fragment ObservationsRow on Observation {
  status
  category {
    ...Coded
  }
  value {
    ...Found
  }
  interpretation {
    ...Coded
  }
  ranges {
    ...Usual
  }
  absent {
    label
  }
  components {
    ...Measured
  }
}`, {"fragmentName":"ObservationsCard"}) as unknown as TypedDocumentString<ObservationsCardFragment, unknown>;
export const PersonalContactsRowFragmentDoc = new TypedDocumentString(`
    fragment PersonalContactsRow on PersonalContact {
  name {
    text
  }
  telecoms {
    ...Reach
  }
  address {
    ...Place
  }
  period {
    start
    end
  }
}
    fragment Reach on Telecom {
  system
  value
  use
}
fragment Place on Address {
  lines
  postcode
  use
}`, {"fragmentName":"PersonalContactsRow"}) as unknown as TypedDocumentString<PersonalContactsRowFragment, unknown>;
export const PersonalContactsCardFragmentDoc = new TypedDocumentString(`
    fragment PersonalContactsCard on PersonalContactSection {
  ...Completeness
  entries {
    ...Statement
    ...PersonalContactsRow
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}
fragment Statement on Entry {
  id
  code {
    ...Coded
  }
  date
  recorded
  author {
    name
    role
    organisation {
      name
    }
  }
  labels {
    code
    display
  }
  note
  provenance {
    source {
      id
      name
      careSetting
    }
    organisation {
      ods
      name
    }
    localId
    retrieved
    asOf
  }
}
fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment Reach on Telecom {
  system
  value
  use
}
fragment Place on Address {
  lines
  postcode
  use
}
fragment PersonalContactsRow on PersonalContact {
  name {
    text
  }
  telecoms {
    ...Reach
  }
  address {
    ...Place
  }
  period {
    start
    end
  }
}`, {"fragmentName":"PersonalContactsCard"}) as unknown as TypedDocumentString<PersonalContactsCardFragment, unknown>;
export const PracticeRowFragmentDoc = new TypedDocumentString(`
    fragment PracticeRow on Practice {
  organisation {
    ods
    name
  }
  gp
  telecoms {
    ...Reach
  }
  address {
    ...Place
  }
  period {
    start
    end
  }
}
    fragment Reach on Telecom {
  system
  value
  use
}
fragment Place on Address {
  lines
  postcode
  use
}`, {"fragmentName":"PracticeRow"}) as unknown as TypedDocumentString<PracticeRowFragment, unknown>;
export const PracticeCardFragmentDoc = new TypedDocumentString(`
    fragment PracticeCard on PracticeSection {
  ...Completeness
  entries {
    ...Statement
    ...PracticeRow
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}
fragment Statement on Entry {
  id
  code {
    ...Coded
  }
  date
  recorded
  author {
    name
    role
    organisation {
      name
    }
  }
  labels {
    code
    display
  }
  note
  provenance {
    source {
      id
      name
      careSetting
    }
    organisation {
      ods
      name
    }
    localId
    retrieved
    asOf
  }
}
fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment Reach on Telecom {
  system
  value
  use
}
fragment Place on Address {
  lines
  postcode
  use
}
fragment PracticeRow on Practice {
  organisation {
    ods
    name
  }
  gp
  telecoms {
    ...Reach
  }
  address {
    ...Place
  }
  period {
    start
    end
  }
}`, {"fragmentName":"PracticeCard"}) as unknown as TypedDocumentString<PracticeCardFragment, unknown>;
export const ProblemsRowFragmentDoc = new TypedDocumentString(`
    fragment ProblemsRow on Problem {
  clinicalStatus
  verification
  significance
  severity {
    ...Coded
  }
  category {
    ...Coded
  }
  bodySite {
    ...Coded
  }
  ended
}
    fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}`, {"fragmentName":"ProblemsRow"}) as unknown as TypedDocumentString<ProblemsRowFragment, unknown>;
export const ProblemsCardFragmentDoc = new TypedDocumentString(`
    fragment ProblemsCard on ProblemSection {
  ...Completeness
  entries {
    ...Statement
    ...ProblemsRow
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}
fragment Statement on Entry {
  id
  code {
    ...Coded
  }
  date
  recorded
  author {
    name
    role
    organisation {
      name
    }
  }
  labels {
    code
    display
  }
  note
  provenance {
    source {
      id
      name
      careSetting
    }
    organisation {
      ods
      name
    }
    localId
    retrieved
    asOf
  }
}
fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment ProblemsRow on Problem {
  clinicalStatus
  verification
  significance
  severity {
    ...Coded
  }
  category {
    ...Coded
  }
  bodySite {
    ...Coded
  }
  ended
}`, {"fragmentName":"ProblemsCard"}) as unknown as TypedDocumentString<ProblemsCardFragment, unknown>;
export const ProceduresRowFragmentDoc = new TypedDocumentString(`
    fragment ProceduresRow on Procedure {
  status
  performed {
    start
    end
  }
  bodySite {
    ...Coded
  }
  reason {
    ...Coded
  }
  outcome {
    ...Coded
  }
  location
}
    fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}`, {"fragmentName":"ProceduresRow"}) as unknown as TypedDocumentString<ProceduresRowFragment, unknown>;
export const ProceduresCardFragmentDoc = new TypedDocumentString(`
    fragment ProceduresCard on ProcedureSection {
  ...Completeness
  entries {
    ...Statement
    ...ProceduresRow
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}
fragment Statement on Entry {
  id
  code {
    ...Coded
  }
  date
  recorded
  author {
    name
    role
    organisation {
      name
    }
  }
  labels {
    code
    display
  }
  note
  provenance {
    source {
      id
      name
      careSetting
    }
    organisation {
      ods
      name
    }
    localId
    retrieved
    asOf
  }
}
fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment ProceduresRow on Procedure {
  status
  performed {
    start
    end
  }
  bodySite {
    ...Coded
  }
  reason {
    ...Coded
  }
  outcome {
    ...Coded
  }
  location
}`, {"fragmentName":"ProceduresCard"}) as unknown as TypedDocumentString<ProceduresCardFragment, unknown>;
export const ProfessionalContactsRowFragmentDoc = new TypedDocumentString(`
    fragment ProfessionalContactsRow on ProfessionalContact {
  name
  organisation {
    ods
    name
  }
  team
  telecoms {
    ...Reach
  }
  period {
    start
    end
  }
}
    fragment Reach on Telecom {
  system
  value
  use
}`, {"fragmentName":"ProfessionalContactsRow"}) as unknown as TypedDocumentString<ProfessionalContactsRowFragment, unknown>;
export const ProfessionalContactsCardFragmentDoc = new TypedDocumentString(`
    fragment ProfessionalContactsCard on ProfessionalContactSection {
  ...Completeness
  entries {
    ...Statement
    ...ProfessionalContactsRow
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}
fragment Statement on Entry {
  id
  code {
    ...Coded
  }
  date
  recorded
  author {
    name
    role
    organisation {
      name
    }
  }
  labels {
    code
    display
  }
  note
  provenance {
    source {
      id
      name
      careSetting
    }
    organisation {
      ods
      name
    }
    localId
    retrieved
    asOf
  }
}
fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment Reach on Telecom {
  system
  value
  use
}
fragment ProfessionalContactsRow on ProfessionalContact {
  name
  organisation {
    ods
    name
  }
  team
  telecoms {
    ...Reach
  }
  period {
    start
    end
  }
}`, {"fragmentName":"ProfessionalContactsCard"}) as unknown as TypedDocumentString<ProfessionalContactsCardFragment, unknown>;
export const ResultsRowFragmentDoc = new TypedDocumentString(`
    fragment ResultsRow on Result {
  status
  category {
    ...Coded
  }
  issued
  conclusion
  specimen {
    ...Coded
  }
  measurements {
    ...Measured
  }
}
    fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment Amount on Quantity {
  value
  comparator
  unit
  code
}
fragment Found on Value {
  quantity {
    ...Amount
  }
  concept {
    ...Coded
  }
  text
}
fragment Usual on ReferenceRange {
  low {
    ...Amount
  }
  high {
    ...Amount
  }
  text
}
fragment Measured on Measurement {
  code {
    ...Coded
  }
  value {
    ...Found
  }
  interpretation {
    ...Coded
  }
  ranges {
    ...Usual
  }
  absent {
    label
  }
  date
  status
}`, {"fragmentName":"ResultsRow"}) as unknown as TypedDocumentString<ResultsRowFragment, unknown>;
export const ResultsCardFragmentDoc = new TypedDocumentString(`
    fragment ResultsCard on ResultSection {
  ...Completeness
  entries {
    ...Statement
    ...ResultsRow
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}
fragment Statement on Entry {
  id
  code {
    ...Coded
  }
  date
  recorded
  author {
    name
    role
    organisation {
      name
    }
  }
  labels {
    code
    display
  }
  note
  provenance {
    source {
      id
      name
      careSetting
    }
    organisation {
      ods
      name
    }
    localId
    retrieved
    asOf
  }
}
fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment Amount on Quantity {
  value
  comparator
  unit
  code
}
fragment Found on Value {
  quantity {
    ...Amount
  }
  concept {
    ...Coded
  }
  text
}
fragment Usual on ReferenceRange {
  low {
    ...Amount
  }
  high {
    ...Amount
  }
  text
}
fragment Measured on Measurement {
  code {
    ...Coded
  }
  value {
    ...Found
  }
  interpretation {
    ...Coded
  }
  ranges {
    ...Usual
  }
  absent {
    label
  }
  date
  status
}
fragment ResultsRow on Result {
  status
  category {
    ...Coded
  }
  issued
  conclusion
  specimen {
    ...Coded
  }
  measurements {
    ...Measured
  }
}`, {"fragmentName":"ResultsCard"}) as unknown as TypedDocumentString<ResultsCardFragment, unknown>;
export const VaccinationsRowFragmentDoc = new TypedDocumentString(`
    fragment VaccinationsRow on Vaccination {
  status
  disease {
    ...Coded
  }
  dose
  batch
  site {
    ...Coded
  }
  route {
    ...Coded
  }
  reason {
    ...Coded
  }
}
    fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}`, {"fragmentName":"VaccinationsRow"}) as unknown as TypedDocumentString<VaccinationsRowFragment, unknown>;
export const VaccinationsCardFragmentDoc = new TypedDocumentString(`
    fragment VaccinationsCard on VaccinationSection {
  ...Completeness
  entries {
    ...Statement
    ...VaccinationsRow
  }
}
    fragment Completeness on Section {
  heading
  title
  total
  verdict
  withheldFields
  outcomes {
    ...OutcomeFacts
  }
  missing {
    ...OutcomeFacts
  }
}
fragment OutcomeFacts on Outcome {
  source {
    id
    name
    careSetting
  }
  status
  reason
  code
  since
  count
  asserted {
    code {
      label
    }
    by {
      name
    }
    date
  }
  asOf
  ageSeconds
}
fragment Statement on Entry {
  id
  code {
    ...Coded
  }
  date
  recorded
  author {
    name
    role
    organisation {
      name
    }
  }
  labels {
    code
    display
  }
  note
  provenance {
    source {
      id
      name
      careSetting
    }
    organisation {
      ods
      name
    }
    localId
    retrieved
    asOf
  }
}
fragment Coded on Concept {
  label
  text
  codings {
    system
    code
    display
  }
}
fragment VaccinationsRow on Vaccination {
  status
  disease {
    ...Coded
  }
  dose
  batch
  site {
    ...Coded
  }
  route {
    ...Coded
  }
  reason {
    ...Coded
  }
}`, {"fragmentName":"VaccinationsCard"}) as unknown as TypedDocumentString<VaccinationsCardFragment, unknown>;
export const ReasonsDocument = {"__meta__":{"id":"c5ac3a051936fb0247388b90c8a24246d51dabda4b4c8894565d9eb714520276"}} as unknown as TypedDocumentString<ReasonsQuery, ReasonsQueryVariables>;
export const ClaimDocument = {"__meta__":{"id":"df52de5a5d4972efdc8987ae9de7c3151b8a28683411df2b3980190da638899d"}} as unknown as TypedDocumentString<ClaimMutation, ClaimMutationVariables>;
export const BreakGlassDocument = {"__meta__":{"id":"3eb2c6e50cd9d318c11bc9ffb94a99f6a1543447084e098b475be5db2595c4c2"}} as unknown as TypedDocumentString<BreakGlassMutation, BreakGlassMutationVariables>;
export const EndBreakGlassDocument = {"__meta__":{"id":"3e679b4a36a9b0afc3e0639af84c7c3941bd1472b6a8597b4652c9e140285bcc"}} as unknown as TypedDocumentString<EndBreakGlassMutation, EndBreakGlassMutationVariables>;
export const OrganisationsDocument = {"__meta__":{"id":"1d6843c0d49dfaffbed8a4fa42effe64ba72d5b99d176ebc17a66cb94b9ee5a1"}} as unknown as TypedDocumentString<OrganisationsQuery, OrganisationsQueryVariables>;
export const LoginsDocument = {"__meta__":{"id":"0508c6fc405675b0a1585f80ed54784faa0be0b481581979a5083d02fe136655"}} as unknown as TypedDocumentString<LoginsQuery, LoginsQueryVariables>;
export const RolesDocument = {"__meta__":{"id":"2503fc3f655a4a53c0f6ac2d24049ca4912d61ea0de1fe27db408730fe6c79da"}} as unknown as TypedDocumentString<RolesQuery, RolesQueryVariables>;
export const SwitchedOffDocument = {"__meta__":{"id":"9688f21188698454cc7fc630d4bc6caea012b63091a1a8be7c03a0d00f37d99d"}} as unknown as TypedDocumentString<SwitchedOffQuery, SwitchedOffQueryVariables>;
export const AdministrationChoicesDocument = {"__meta__":{"id":"a012406b1a22099c5831a3f51601457809ac8fed21d664af64ae1ca88e341f83"}} as unknown as TypedDocumentString<AdministrationChoicesQuery, AdministrationChoicesQueryVariables>;
export const AccountsDocument = {"__meta__":{"id":"12f75f1e1c4f100f66accea2f615643d940d79317429519f28a41d0727817a5a"}} as unknown as TypedDocumentString<AccountsQuery, AccountsQueryVariables>;
export const OpenSessionsDocument = {"__meta__":{"id":"5d63bc9b6267f75396d2b33ef9d1ae87edeb5b7eace3a8f91d76f0ba75909c4b"}} as unknown as TypedDocumentString<OpenSessionsQuery, OpenSessionsQueryVariables>;
export const TestLoginDocument = {"__meta__":{"id":"d41b1a561042484883daaa6fa21fc32e5faa6363197817cde636c5ffc2bcbe83"}} as unknown as TypedDocumentString<TestLoginMutation, TestLoginMutationVariables>;
export const SwitchOffDocument = {"__meta__":{"id":"aca893529e11b3ffbc065a8c7ed4c27741c2c69a17923bac05e83d2cc4c1816c"}} as unknown as TypedDocumentString<SwitchOffMutation, SwitchOffMutationVariables>;
export const SwitchOnDocument = {"__meta__":{"id":"7f7ab75463b8e7261126743d2ef6250c8585a2b1d1158ad3ad91bca2409826fb"}} as unknown as TypedDocumentString<SwitchOnMutation, SwitchOnMutationVariables>;
export const EndSessionDocument = {"__meta__":{"id":"6d361e4cc53e4fe9d76c07606cc6d5004c6a8c46aa5a52ccfdd5fa2940aae565"}} as unknown as TypedDocumentString<EndSessionMutation, EndSessionMutationVariables>;
export const EndAllSessionsDocument = {"__meta__":{"id":"53071674e6e121b7f2e217154527e309ddeeb9734f5b38d5904819f87664a2f3"}} as unknown as TypedDocumentString<EndAllSessionsMutation, EndAllSessionsMutationVariables>;
export const ClientsDocument = {"__meta__":{"id":"eb3ece9a5d64fa2a58a8a68d7861286d194a9b669a9e186a669e61bfcdf46518"}} as unknown as TypedDocumentString<ClientsQuery, ClientsQueryVariables>;
export const ClientDocument = {"__meta__":{"id":"caddea55bee9bd2fc2458092d4c0001b31648ea19ff6d5d80840cab4d4925672"}} as unknown as TypedDocumentString<ClientQuery, ClientQueryVariables>;
export const ScopeWordsDocument = {"__meta__":{"id":"08646928d69ee5483fbe9097cb2e878a66a044c44ad978a94e16a8a21766acac"}} as unknown as TypedDocumentString<ScopeWordsQuery, ScopeWordsQueryVariables>;
export const ProposeClientDocument = {"__meta__":{"id":"af3e7c2f5100f3ad6dab4087a51c9d9881a622ba39d3e9770b6702b1a3000779"}} as unknown as TypedDocumentString<ProposeClientMutation, ProposeClientMutationVariables>;
export const ApproveClientDocument = {"__meta__":{"id":"d80d7b157bab168e0c3ce18c4a242f64eb3d3a431d7f7e8763035bf8d38bdb24"}} as unknown as TypedDocumentString<ApproveClientMutation, ApproveClientMutationVariables>;
export const ReplaceClientSecretDocument = {"__meta__":{"id":"9affdc415dd8a420d1ce5fd0cc1df9219dd2180af62cdaa548779b480804a1b5"}} as unknown as TypedDocumentString<ReplaceClientSecretMutation, ReplaceClientSecretMutationVariables>;
export const ReplaceClientKeysDocument = {"__meta__":{"id":"e7bce70944b867f7af992b96260edafafd4a63197086f3707599802fc3cdcc8c"}} as unknown as TypedDocumentString<ReplaceClientKeysMutation, ReplaceClientKeysMutationVariables>;
export const TestLaunchDocument = {"__meta__":{"id":"0a9c82cbc3c0f527eab30ee2e14d47cc7f3101c7c67cbc9fd3905863352927b8"}} as unknown as TypedDocumentString<TestLaunchMutation, TestLaunchMutationVariables>;
export const ExplainDocument = {"__meta__":{"id":"acb503a952737816b8c41c5f436941bc1ad78a86a387bd29508fcdf338993a59"}} as unknown as TypedDocumentString<ExplainQuery, ExplainQueryVariables>;
export const LookupDocument = {"__meta__":{"id":"ec68b5cecabeb1b7b7bbab096f15e99397065406c524f8082279083407fe5fd8"}} as unknown as TypedDocumentString<LookupQuery, LookupQueryVariables>;
export const SearchDocument = {"__meta__":{"id":"06d6feb651e2ef74fdd8a16f5aa5f9ddc027856f3cb90875a34a3977928a0cfd"}} as unknown as TypedDocumentString<SearchQuery, SearchQueryVariables>;
export const SearchedSystemsDocument = {"__meta__":{"id":"88df775125dbbeadf63b735687209ad7e361e186d7e1e0299585d3d1880502d4"}} as unknown as TypedDocumentString<SearchedSystemsQuery, SearchedSystemsQueryVariables>;
export const LooksDocument = {"__meta__":{"id":"3933fad67f5b8958ba5b6810ec1c55b2192bbaf0f2db487044af6b3aac4c513a"}} as unknown as TypedDocumentString<LooksQuery, LooksQueryVariables>;
export const ReviewQueueDocument = {"__meta__":{"id":"be7c5c99899aed27c54821b0b867a16a24c6716e8d34a11b91dac47122aa42ea"}} as unknown as TypedDocumentString<ReviewQueueQuery, ReviewQueueQueryVariables>;
export const ReviewsWaitingDocument = {"__meta__":{"id":"4f73128317f9daa8c6b08f4b50eb50e7994aed7203bffd81224d54b233b3be73"}} as unknown as TypedDocumentString<ReviewsWaitingQuery, ReviewsWaitingQueryVariables>;
export const BeginReviewDocument = {"__meta__":{"id":"e36deb219e9f243978d758688411de14fa583c179f0a953acb4eae6db8dafe0f"}} as unknown as TypedDocumentString<BeginReviewMutation, BeginReviewMutationVariables>;
export const CloseReviewDocument = {"__meta__":{"id":"bc50685365996ae805d3d5e826188248cee663acef9a630280bbf5e64462210f"}} as unknown as TypedDocumentString<CloseReviewMutation, CloseReviewMutationVariables>;
export const LinkProposalsDocument = {"__meta__":{"id":"1296f1ceea93b5b50bb8029b91bbf5bbde6b9a9d4e8aa73a52d7c90c6c23ec01"}} as unknown as TypedDocumentString<LinkProposalsQuery, LinkProposalsQueryVariables>;
export const DecideLinkDocument = {"__meta__":{"id":"3e2d019d966159a2af92a76139fa4c95b2fbf4e0b2aebd31e3fe5f3bf2c99a90"}} as unknown as TypedDocumentString<DecideLinkMutation, DecideLinkMutationVariables>;
export const LinksDocument = {"__meta__":{"id":"07e5465249b6f144e599e179c1784e39fffd2d37ab4904c8e83d7266e5f3c12e"}} as unknown as TypedDocumentString<LinksQuery, LinksQueryVariables>;
export const UnlinkDocument = {"__meta__":{"id":"c8d981bb24a944f132848df4a7abffa7dc58b1f55a0833188b715233d727b8b8"}} as unknown as TypedDocumentString<UnlinkMutation, UnlinkMutationVariables>;
export const ProposeLinkDocument = {"__meta__":{"id":"b20c5e8d2ada78e74200b93090f657432c8822d977f49c8077026ab0d6b74e8e"}} as unknown as TypedDocumentString<ProposeLinkMutation, ProposeLinkMutationVariables>;
export const AcceptBirthDateDocument = {"__meta__":{"id":"82204b93bb85dc9946fd36a3079310da2cddbbd26dec01f78b513c0a52f95d22"}} as unknown as TypedDocumentString<AcceptBirthDateMutation, AcceptBirthDateMutationVariables>;
export const ListsDocument = {"__meta__":{"id":"eb99851549f1cc4e1817c94ffaeb0f54d0c1a61460cbc4fd6cdca904053f1df6"}} as unknown as TypedDocumentString<ListsQuery, ListsQueryVariables>;
export const ListAsItIsDocument = {"__meta__":{"id":"80fb9d734b9df44afd3896afebaea3d98f116901685735b659a8e1e0344b46e3"}} as unknown as TypedDocumentString<ListAsItIsQuery, ListAsItIsQueryVariables>;
export const ListSharesDocument = {"__meta__":{"id":"d722b28364a48f319f6c988a00ee11875a1b01408f71d5b62e120b53965d453e"}} as unknown as TypedDocumentString<ListSharesQuery, ListSharesQueryVariables>;
export const ListHistoryDocument = {"__meta__":{"id":"ef0aabb22d355cb4ffaf86160aefad878f45a1ccad9ace2c418041b86de5f2cf"}} as unknown as TypedDocumentString<ListHistoryQuery, ListHistoryQueryVariables>;
export const ListsChangedDocument = {"__meta__":{"id":"b20dd23d260205753e790f3609a221c6613463b33aa4df39663384b2f82d7640"}} as unknown as TypedDocumentString<ListsChangedSubscription, ListsChangedSubscriptionVariables>;
export const ListChangedDocument = {"__meta__":{"id":"f1e60e59e26c264b3d06868446ca7cf819d27b42338d2d513a8b3688c9902882"}} as unknown as TypedDocumentString<ListChangedSubscription, ListChangedSubscriptionVariables>;
export const RostersDocument = {"__meta__":{"id":"36995b3621d4ceb6112482f83d7e60c1326024106bfb577201b2203e3d4d9f4a"}} as unknown as TypedDocumentString<RostersQuery, RostersQueryVariables>;
export const ShareTargetsDocument = {"__meta__":{"id":"2fbba77a981ff997a6fb60331a3ad9e69a70c64bf761e1e6a8d1788afc7d4fdc"}} as unknown as TypedDocumentString<ShareTargetsQuery, ShareTargetsQueryVariables>;
export const TeamsDocument = {"__meta__":{"id":"251daefaa6d500eede21c4cc5330e23d8280ef70257b86935f8aca63beeb7639"}} as unknown as TypedDocumentString<TeamsQuery, TeamsQueryVariables>;
export const UnderstandNumbersDocument = {"__meta__":{"id":"9a1244dac665d7b5efd84722f195f0f2f9f72be6b7b5bf717741a5173be11700"}} as unknown as TypedDocumentString<UnderstandNumbersQuery, UnderstandNumbersQueryVariables>;
export const CreateListDocument = {"__meta__":{"id":"88e887d7dd3f13a914f9013f0cf84d6b08a5b916c09213ae290f2d78c95c8d64"}} as unknown as TypedDocumentString<CreateListMutation, CreateListMutationVariables>;
export const EditListDocument = {"__meta__":{"id":"f7dcbda679b18c5c1c4b5ca536ea298be867f696f8d5829fc474426595b4a370"}} as unknown as TypedDocumentString<EditListMutation, EditListMutationVariables>;
export const AddToListDocument = {"__meta__":{"id":"94d4646b4361e9a8d878da5e0ad9113304d1cb5181af3a683fd29e8499481b00"}} as unknown as TypedDocumentString<AddToListMutation, AddToListMutationVariables>;
export const RemoveFromListDocument = {"__meta__":{"id":"e8cc8ad150df0099d5dd3953f739f4271a73f1c6d40352f458457ca62bbfead4"}} as unknown as TypedDocumentString<RemoveFromListMutation, RemoveFromListMutationVariables>;
export const MoveOnListDocument = {"__meta__":{"id":"5d8d0c33ff8aa79ea5e31deeb6f06535a9026fe17415f465f91fa3d013b8e335"}} as unknown as TypedDocumentString<MoveOnListMutation, MoveOnListMutationVariables>;
export const ShareListDocument = {"__meta__":{"id":"7755dad88d54480d977d2c17717b3192248119fcec465c8b2671db02260f576d"}} as unknown as TypedDocumentString<ShareListMutation, ShareListMutationVariables>;
export const UnshareListDocument = {"__meta__":{"id":"60505b213c35e4bdb3d5350773b9ff0d15f9009170c32eae94d12b7b4eeb6a30"}} as unknown as TypedDocumentString<UnshareListMutation, UnshareListMutationVariables>;
export const TransferListDocument = {"__meta__":{"id":"5129ec9cf89b8fd3b27da06eb6bae79e097f3d334c2ca18fd019e56295ff562b"}} as unknown as TypedDocumentString<TransferListMutation, TransferListMutationVariables>;
export const LeaveListDocument = {"__meta__":{"id":"0223f7645a8e5524b7cf2e5dd7e7a2479243d1d9c1cb97dc0f79312420183ade"}} as unknown as TypedDocumentString<LeaveListMutation, LeaveListMutationVariables>;
export const ArchiveListDocument = {"__meta__":{"id":"b11e5c4d0ec3cb8b3a6d2996d6aea9d205c16c5cfaecc7c139b0a43ffb31af92"}} as unknown as TypedDocumentString<ArchiveListMutation, ArchiveListMutationVariables>;
export const SawListDocument = {"__meta__":{"id":"a60a07f00d7e4fa7239ccedc546bb4fd2a105f356a6ee5a7c1a46db722343297"}} as unknown as TypedDocumentString<SawListMutation, SawListMutationVariables>;
export const CreateTeamDocument = {"__meta__":{"id":"a8a2962c10c988b800fabcbd018c899fac799affeb08937fd3386e54bcda254d"}} as unknown as TypedDocumentString<CreateTeamMutation, CreateTeamMutationVariables>;
export const EditTeamDocument = {"__meta__":{"id":"bd99e45b8e12287fd1be3e746902732d4353ca9ce79bb567aa88e5e911859a2b"}} as unknown as TypedDocumentString<EditTeamMutation, EditTeamMutationVariables>;
export const PeopleDocument = {"__meta__":{"id":"72c72c5f74f3dbbb2dd16ba14a828fb951ebe58c93aa24c63df82415d9e84f9e"}} as unknown as TypedDocumentString<PeopleQuery, PeopleQueryVariables>;
export const NeighboursDocument = {"__meta__":{"id":"be3454a7b105cc2b7a4fb496490d5d31d7dad8eb00baa7d60d554dd5f8cb8d6b"}} as unknown as TypedDocumentString<NeighboursQuery, NeighboursQueryVariables>;
export const PoliciesDocument = {"__meta__":{"id":"333e42c152834bc737dc02b374211d335ef731dbc19201b59e063c8eb642723c"}} as unknown as TypedDocumentString<PoliciesQuery, PoliciesQueryVariables>;
export const PolicyVersionsDocument = {"__meta__":{"id":"b5a637be1da47e44694a06836f687f7ca87c2304f7b292ba300451dd0522a236"}} as unknown as TypedDocumentString<PolicyVersionsQuery, PolicyVersionsQueryVariables>;
export const PutPolicyDocument = {"__meta__":{"id":"93d83765ff7a0521b6ca2415dc7dc7c93658134dac8d910a2c9712fe6e4a594a"}} as unknown as TypedDocumentString<PutPolicyMutation, PutPolicyMutationVariables>;
export const RemovePolicyDocument = {"__meta__":{"id":"3a87b5ebd8f193bc07ed4aecab8162ec094fe8fda8ff1d1397d7c15d3f8a8519"}} as unknown as TypedDocumentString<RemovePolicyMutation, RemovePolicyMutationVariables>;
export const RestorePoliciesDocument = {"__meta__":{"id":"4ab6304a849160b4f531df5710a141b4a9d2122d74c44940a7f798fbb2888db8"}} as unknown as TypedDocumentString<RestorePoliciesMutation, RestorePoliciesMutationVariables>;
export const RecordDocument = {"__meta__":{"id":"40dc0bc0c95691b5196b2436095f80346ad8c71deaec338aef2268affcc4d3e7"}} as unknown as TypedDocumentString<RecordQuery, RecordQueryVariables>;
export const RegionDocument = {"__meta__":{"id":"2bf7dfbc559e0163539098b18efaac31c4c7ccbbe972156f7f19b0490590ae41"}} as unknown as TypedDocumentString<RegionQuery, RegionQueryVariables>;
export const SourceSwitchesDocument = {"__meta__":{"id":"31ebb43ada8c0283955103895788fbda20b5dbe7fb5506d3a6b1318eff5e41f4"}} as unknown as TypedDocumentString<SourceSwitchesQuery, SourceSwitchesQueryVariables>;
export const SwitchSourceOffDocument = {"__meta__":{"id":"5da02066519ea672ce293bbb5bea432a448181d7f83e5bf65a12aa8047b0b89e"}} as unknown as TypedDocumentString<SwitchSourceOffMutation, SwitchSourceOffMutationVariables>;
export const SwitchSourceOnDocument = {"__meta__":{"id":"b5a835b6e52724d9626b879890cc98f073aad3d2ef32b78e7ea2c557918299cf"}} as unknown as TypedDocumentString<SwitchSourceOnMutation, SwitchSourceOnMutationVariables>;
export const CheckSourceDocument = {"__meta__":{"id":"6fe3a8cd1cb0c7c39f02c843da72861fcc1da86a618c7af0f8546e5280026ce8"}} as unknown as TypedDocumentString<CheckSourceMutation, CheckSourceMutationVariables>;
export const SystemStatusDocument = {"__meta__":{"id":"5650607d4b86c1e24a1f1d4199602a4b24b85527caa33da040f95f884d55584b"}} as unknown as TypedDocumentString<SystemStatusQuery, SystemStatusQueryVariables>;
export const PatientTimelineDocument = {"__meta__":{"id":"fd5d07dcb36eb5fb4878ee69e9be3cdac7143f3e1f90fb6c44d8d569261be05b"}} as unknown as TypedDocumentString<PatientTimelineQuery, PatientTimelineQueryVariables>;
export const UsageDocument = {"__meta__":{"id":"2ac3e430949fdadd7427eb94935b49de3ad582a68b7765d0980ff5e1bff23076"}} as unknown as TypedDocumentString<UsageQuery, UsageQueryVariables>;
export const TellFirstPaintDocument = {"__meta__":{"id":"b2207ba1be8acd7e7484a8691040a109af3f8c7dff3a9a104a93f9172e1eefc4"}} as unknown as TypedDocumentString<TellFirstPaintMutation, TellFirstPaintMutationVariables>;
export const LayoutDocument = {"__meta__":{"id":"ae70ab6f025e808a95d59c9043e7c4bb904ac70e7f2dbbeb442dd9fd3310aec5"}} as unknown as TypedDocumentString<LayoutQuery, LayoutQueryVariables>;
export const SetLayoutDocument = {"__meta__":{"id":"6d2fd8027aa39e43c7e8e9e446feb4e83938624a15b30f0320803c2fc2514905"}} as unknown as TypedDocumentString<SetLayoutMutation, SetLayoutMutationVariables>;
export const ResetLayoutDocument = {"__meta__":{"id":"02949b5fda25fb43938996968a70b45bcac22fdb4c2aa149a32ca778a08c2e86"}} as unknown as TypedDocumentString<ResetLayoutMutation, ResetLayoutMutationVariables>;
export const RecentPatientsDocument = {"__meta__":{"id":"a0bfd6a562eda181a7e6e0133a62a10e9479ba41f7cc05f3acb8d2108fe24ef9"}} as unknown as TypedDocumentString<RecentPatientsQuery, RecentPatientsQueryVariables>;
export const OpenedPatientDocument = {"__meta__":{"id":"a79e74c98b44f0a94f01f378d55d9bc585fd58c66e832d6fb7081df373ab630c"}} as unknown as TypedDocumentString<OpenedPatientMutation, OpenedPatientMutationVariables>;
export const ForgetPatientsDocument = {"__meta__":{"id":"daaf3c6cd5ad8f9388198a629e115fccd61fc8435d41c97481e85bb0553619dd"}} as unknown as TypedDocumentString<ForgetPatientsMutation, ForgetPatientsMutationVariables>;
export const LookAtDocument = {"__meta__":{"id":"5a9c48540b6cf06a4b90850c086a816108c13354db118ef9ee26fac03b0f0567"}} as unknown as TypedDocumentString<LookAtMutation, LookAtMutationVariables>;
export const ViewSchedulesDocument = {"__meta__":{"id":"eaac6552400ca07a93c9099a2fcf6ddb0847314b6b419fd79eb255a84647fe34"}} as unknown as TypedDocumentString<ViewSchedulesQuery, ViewSchedulesQueryVariables>;
export const ViewNoticesDocument = {"__meta__":{"id":"02d141f1a33ac6c73236a0697ea00c9102ec65c61823bd82823a4d9eee5bb3a5"}} as unknown as TypedDocumentString<ViewNoticesQuery, ViewNoticesQueryVariables>;
export const ViewNoticesUnreadDocument = {"__meta__":{"id":"6238c57b2ace58759428a18608540c062724775159c5bad1a0cd6f7cd2c2deff"}} as unknown as TypedDocumentString<ViewNoticesUnreadQuery, ViewNoticesUnreadQueryVariables>;
export const SaveViewScheduleDocument = {"__meta__":{"id":"5594bb2e2e1d6dd85c0619a1ca871304551273567ace61047cb0c57075420f53"}} as unknown as TypedDocumentString<SaveViewScheduleMutation, SaveViewScheduleMutationVariables>;
export const EndViewScheduleDocument = {"__meta__":{"id":"35f2fbd6883e21e934665ecd9e3bdcda907dca5d49c2e234a2e90ff664bbf377"}} as unknown as TypedDocumentString<EndViewScheduleMutation, EndViewScheduleMutationVariables>;
export const RunViewScheduleNowDocument = {"__meta__":{"id":"2336d76ddf4f7ddeec96c3c613fc1c417f4b5fe03cdeb42feb8f0f660ec620ac"}} as unknown as TypedDocumentString<RunViewScheduleNowMutation, RunViewScheduleNowMutationVariables>;
export const ReadViewNoticesDocument = {"__meta__":{"id":"26a0e1b3519c620e63a3e37e64a63b1745b96f7ff8c73eb5a53ddb61a24be62f"}} as unknown as TypedDocumentString<ReadViewNoticesMutation, ReadViewNoticesMutationVariables>;
export const ViewsDocument = {"__meta__":{"id":"eb9e09411dd8c2d6ee31205e02a1df442b73b8acd89138d157df3c6b82c94d4a"}} as unknown as TypedDocumentString<ViewsQuery, ViewsQueryVariables>;
export const ViewsToApproveDocument = {"__meta__":{"id":"de3ff67c5c7648e63c6a2392597c5cd38688a6e11a294d7d2582eeb09b1229bd"}} as unknown as TypedDocumentString<ViewsToApproveQuery, ViewsToApproveQueryVariables>;
export const ViewAsItIsDocument = {"__meta__":{"id":"d63eb3199f17dfefd6c21b84674e8fc22ab0479b7e23297a686c23ae79bdab39"}} as unknown as TypedDocumentString<ViewAsItIsQuery, ViewAsItIsQueryVariables>;
export const ViewFieldsDocument = {"__meta__":{"id":"b746fff9a573d287d2cb219400983aac64c9cec92c1b82ac684f5a22398b0340"}} as unknown as TypedDocumentString<ViewFieldsQuery, ViewFieldsQueryVariables>;
export const ViewCohortsDocument = {"__meta__":{"id":"25af363a62c5643675d81653ab1c7e4449700c785bfaa214d03981019477c0e5"}} as unknown as TypedDocumentString<ViewCohortsQuery, ViewCohortsQueryVariables>;
export const ViewRunsDocument = {"__meta__":{"id":"f79e10e3087534013af027b5956cbc44c5a6a9c280ed3f27b36d3d6b37c1de82"}} as unknown as TypedDocumentString<ViewRunsQuery, ViewRunsQueryVariables>;
export const ViewRunAsItIsDocument = {"__meta__":{"id":"cf6580b2343cb50ed6429439545f14da0d5d542b10c04f980f12d0d42ecf20ca"}} as unknown as TypedDocumentString<ViewRunAsItIsQuery, ViewRunAsItIsQueryVariables>;
export const ViewRowsDocument = {"__meta__":{"id":"1f1c25c24396cb7e9d77852630d27060f54b0a117406d97ba5799e8e905fd296"}} as unknown as TypedDocumentString<ViewRowsQuery, ViewRowsQueryVariables>;
export const ViewCountsDocument = {"__meta__":{"id":"ad4ecd5d218c96fca02c8e7fea097da0ddace83684aea4edab204369dcb150b4"}} as unknown as TypedDocumentString<ViewCountsQuery, ViewCountsQueryVariables>;
export const SaveViewDocument = {"__meta__":{"id":"abbdf26eaf7fb731a91cdb2e4216ca313746dc8d83fd3aad83403b39d19fe17f"}} as unknown as TypedDocumentString<SaveViewMutation, SaveViewMutationVariables>;
export const SubmitViewDocument = {"__meta__":{"id":"d62635b6ef7bda8e3b4801e67252288f35246c54ad4995c07297483c655679cc"}} as unknown as TypedDocumentString<SubmitViewMutation, SubmitViewMutationVariables>;
export const DecideViewDocument = {"__meta__":{"id":"379bc3a4d75c31cafd437d25a76bf44556b6b5f34884f3d494b28737f8cbde84"}} as unknown as TypedDocumentString<DecideViewMutation, DecideViewMutationVariables>;
export const WithdrawViewDocument = {"__meta__":{"id":"e7620d7c85b5d85999c687132200aefb07a1ac71ccc9fe4188cd5fd32f359132"}} as unknown as TypedDocumentString<WithdrawViewMutation, WithdrawViewMutationVariables>;
export const StopViewDocument = {"__meta__":{"id":"8806603898d10bc63428a4e9e53070be16a21c7bdb1481314a168703e67cb0ac"}} as unknown as TypedDocumentString<StopViewMutation, StopViewMutationVariables>;
export const RunViewDocument = {"__meta__":{"id":"26d6084e127b83a948fbd7c8174231b168be543b3ca56545c4428255172a5ba1"}} as unknown as TypedDocumentString<RunViewMutation, RunViewMutationVariables>;
export const CancelViewRunDocument = {"__meta__":{"id":"e5c7143c6a0b96922aecde7436322d4ae87aa7b5a077510211bf8928bd9f2df2"}} as unknown as TypedDocumentString<CancelViewRunMutation, CancelViewRunMutationVariables>;
export const ExportViewRunDocument = {"__meta__":{"id":"89ece18c57b51746b0862e0ade188720925519aff6bb00086eba5831085d0b90"}} as unknown as TypedDocumentString<ExportViewRunMutation, ExportViewRunMutationVariables>;