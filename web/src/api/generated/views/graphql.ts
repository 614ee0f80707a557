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

/** A condition to write. */
export type ConditionInput = {
  /** It must be one of these. */
  in?: InputMaybe<Array<Scalars['String']['input']>>;
  /** The attribute. */
  key: Scalars['String']['input'];
  /** It must be none of these. */
  notIn?: InputMaybe<Array<Scalars['String']['input']>>;
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

/** What somebody may do with a list. */
export type ListPermission =
  /** Change its people, order, title and columns. */
  | 'EDIT'
  /** All of it: also share, transfer and put away. */
  | 'OWN'
  /** Read it. */
  | 'READ';

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

/** How far an NHS number was checked against the national register. */
export type NumberStatus =
  /** The source does not say. */
  | 'UNKNOWN'
  /** Present, and not verified. */
  | 'UNVERIFIED'
  /** Present and verified. */
  | 'VERIFIED';

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

/** What a service acts as. */
export type SmartPositionInput = {
  /** Where, such as gp or acute. */
  careSetting?: InputMaybe<Scalars['String']['input']>;
  /** An ODS code. */
  organisation: Scalars['String']['input'];
  /** A role, as policies name it. */
  role: Scalars['String']['input'];
};

/** The stages of a system's life. */
export type SourceStageName =
  /** A named group sees it, marked as not for care; for everybody else it is as in shadow. */
  | 'CLINICAL_SAFETY'
  /** It is part of the record. */
  | 'LIVE'
  /** It is asked and counted; nothing of it is shown to anybody. */
  | 'SHADOW';

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

/** A section of the summary. */
export type ViewerSectionInput = {
  /** Show its heading only. */
  folded?: Scalars['Boolean']['input'];
  /** Its field name of Patient. */
  name: Scalars['String']['input'];
};

export type ViewFactsFragment = { id: string, version: number, title: string, description?: string | null, purpose: string, secondary: boolean, state: ViewState, owner: string, yours: boolean, organisation?: string | null, roles: Array<string>, organisations: Array<string>, definition?: string | null, selection?: string | null, chart?: string | null, saved?: string | null, decided?: string | null, approver?: string | null, reason?: string | null, until?: string | null, runnable: boolean, problems: Array<string>, columns?: Array<{ name: string, section: string, field?: string | null, take?: ViewTake | null }> | null };

export type ViewRunFactsFragment = { id: string, view: string, version: number, title: string, purpose: string, secondary: boolean, list: string, state: ViewRunState, problem?: string | null, people: number, leftOut: number, rows: number, waiting: number, created?: string | null, ended?: string | null, expires?: string | null, headings: Array<{ name: string, kind: string, description?: string | null, coverage: boolean }> };

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


export type ViewRunsQuery = { viewRuns?: Array<{ id: string, view: string, version: number, title: string, purpose: string, secondary: boolean, list: string, state: ViewRunState, problem?: string | null, people: number, leftOut: number, rows: number, waiting: number, created?: string | null, ended?: string | null, expires?: string | null, headings: Array<{ name: string, kind: string, description?: string | null, coverage: boolean }> }> | null };

export type ViewRunAsItIsQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ViewRunAsItIsQuery = { viewRun?: { id: string, view: string, version: number, title: string, purpose: string, secondary: boolean, list: string, state: ViewRunState, problem?: string | null, people: number, leftOut: number, rows: number, waiting: number, created?: string | null, ended?: string | null, expires?: string | null, headings: Array<{ name: string, kind: string, description?: string | null, coverage: boolean }> } | null };

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
  list: Scalars['ID']['input'];
  wait?: InputMaybe<Scalars['Int']['input']>;
}>;


export type RunViewMutation = { runView?: { id: string, view: string, version: number, title: string, purpose: string, secondary: boolean, list: string, state: ViewRunState, problem?: string | null, people: number, leftOut: number, rows: number, waiting: number, created?: string | null, ended?: string | null, expires?: string | null, headings: Array<{ name: string, kind: string, description?: string | null, coverage: boolean }> } | null };

export type CancelViewRunMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type CancelViewRunMutation = { cancelViewRun?: { id: string, view: string, version: number, title: string, purpose: string, secondary: boolean, list: string, state: ViewRunState, problem?: string | null, people: number, leftOut: number, rows: number, waiting: number, created?: string | null, ended?: string | null, expires?: string | null, headings: Array<{ name: string, kind: string, description?: string | null, coverage: boolean }> } | null };

export type ExportViewRunMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  format: ViewFormat;
}>;


export type ExportViewRunMutation = { exportViewRun?: { url: string, filename: string } | null };

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
}
    `, {"fragmentName":"ViewRunFacts"}) as unknown as TypedDocumentString<ViewRunFactsFragment, unknown>;
export const ViewsDocument = new TypedDocumentString(`
    query Views {
  views {
    ...ViewFacts
  }
}
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
}`) as unknown as TypedDocumentString<ViewsQuery, ViewsQueryVariables>;
export const ViewsToApproveDocument = new TypedDocumentString(`
    query ViewsToApprove {
  viewsToApprove {
    ...ViewFacts
  }
}
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
}`) as unknown as TypedDocumentString<ViewsToApproveQuery, ViewsToApproveQueryVariables>;
export const ViewAsItIsDocument = new TypedDocumentString(`
    query ViewAsItIs($id: ID!, $version: Int) {
  view(id: $id, version: $version) {
    ...ViewFacts
  }
}
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
}`) as unknown as TypedDocumentString<ViewAsItIsQuery, ViewAsItIsQueryVariables>;
export const ViewFieldsDocument = new TypedDocumentString(`
    query ViewFields {
  viewFields {
    section
    title
    fields {
      path
      kind
      many
      description
      secondary
    }
  }
}
    `) as unknown as TypedDocumentString<ViewFieldsQuery, ViewFieldsQueryVariables>;
export const ViewCohortsDocument = new TypedDocumentString(`
    query ViewCohorts {
  viewCohorts {
    list
    title
    owner
    team
  }
}
    `) as unknown as TypedDocumentString<ViewCohortsQuery, ViewCohortsQueryVariables>;
export const ViewRunsDocument = new TypedDocumentString(`
    query ViewRuns($view: ID) {
  viewRuns(view: $view) {
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
}`) as unknown as TypedDocumentString<ViewRunsQuery, ViewRunsQueryVariables>;
export const ViewRunAsItIsDocument = new TypedDocumentString(`
    query ViewRunAsItIs($id: ID!) {
  viewRun(id: $id) {
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
}`) as unknown as TypedDocumentString<ViewRunAsItIsQuery, ViewRunAsItIsQueryVariables>;
export const ViewRowsDocument = new TypedDocumentString(`
    query ViewRows($id: ID!, $offset: Int!, $first: Int!) {
  viewRun(id: $id) {
    id
    page(offset: $offset, first: $first) {
      cells
    }
  }
}
    `) as unknown as TypedDocumentString<ViewRowsQuery, ViewRowsQueryVariables>;
export const ViewCountsDocument = new TypedDocumentString(`
    query ViewCounts($id: ID!, $by: [String!]!) {
  viewRun(id: $id) {
    id
    counts(by: $by) {
      values
      total
      people
    }
  }
}
    `) as unknown as TypedDocumentString<ViewCountsQuery, ViewCountsQueryVariables>;
export const SaveViewDocument = new TypedDocumentString(`
    mutation SaveView($id: ID, $version: Int, $view: ViewInput!) {
  saveView(id: $id, version: $version, view: $view) {
    ...ViewFacts
  }
}
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
}`) as unknown as TypedDocumentString<SaveViewMutation, SaveViewMutationVariables>;
export const SubmitViewDocument = new TypedDocumentString(`
    mutation SubmitView($id: ID!, $version: Int!) {
  submitView(id: $id, version: $version) {
    ...ViewFacts
  }
}
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
}`) as unknown as TypedDocumentString<SubmitViewMutation, SubmitViewMutationVariables>;
export const DecideViewDocument = new TypedDocumentString(`
    mutation DecideView($id: ID!, $version: Int!, $approved: Boolean!, $until: Date, $reason: String!) {
  decideView(
    id: $id
    version: $version
    approved: $approved
    until: $until
    reason: $reason
  ) {
    ...ViewFacts
  }
}
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
}`) as unknown as TypedDocumentString<DecideViewMutation, DecideViewMutationVariables>;
export const WithdrawViewDocument = new TypedDocumentString(`
    mutation WithdrawView($id: ID!, $version: Int!, $reason: String!) {
  withdrawView(id: $id, version: $version, reason: $reason) {
    ...ViewFacts
  }
}
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
}`) as unknown as TypedDocumentString<WithdrawViewMutation, WithdrawViewMutationVariables>;
export const StopViewDocument = new TypedDocumentString(`
    mutation StopView($id: ID!, $version: Int!, $reason: String!) {
  stopView(id: $id, version: $version, reason: $reason) {
    ...ViewFacts
  }
}
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
}`) as unknown as TypedDocumentString<StopViewMutation, StopViewMutationVariables>;
export const RunViewDocument = new TypedDocumentString(`
    mutation RunView($id: ID!, $version: Int, $list: ID!, $wait: Int) {
  runView(id: $id, version: $version, list: $list, wait: $wait) {
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
}`) as unknown as TypedDocumentString<RunViewMutation, RunViewMutationVariables>;
export const CancelViewRunDocument = new TypedDocumentString(`
    mutation CancelViewRun($id: ID!) {
  cancelViewRun(id: $id) {
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
}`) as unknown as TypedDocumentString<CancelViewRunMutation, CancelViewRunMutationVariables>;
export const ExportViewRunDocument = new TypedDocumentString(`
    mutation ExportViewRun($id: ID!, $format: ViewFormat!) {
  exportViewRun(id: $id, format: $format) {
    url
    filename
  }
}
    `) as unknown as TypedDocumentString<ExportViewRunMutation, ExportViewRunMutationVariables>;