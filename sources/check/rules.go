package check

// rule is one kind of defect: what it says and how it is mended.
type rule struct {
	check   string
	verdict Verdict
	// tolerated is up to which share a failure is only a warning.
	tolerated  float64
	text, mend string
}

// mostAll tolerates, as a warning, what is not so of everybody.
const mostAll = 0.9999

// rules are all defects by their code.
var rules = map[string]rule{
	"unreachable":     {reach, Fail, 0, "It cannot be reached", "Check the address and port in the stanza, the name in DNS, and that a firewall lets this machine through"},
	"path-unknown":    {reach, Fail, 0, "Something answers there, and says that what is asked for is not there (404)", "It was reached: the path of the address, or of the probe, may be wrong. Ask for it by hand (curl) and compare"},
	"no-answer":       {reach, Fail, 0, "It did not answer within its timeout", "Try it by hand from this machine; if it is only slow, raise timeout in the stanza"},
	"server-fault":    {reach, Fail, 0, "It answers with a fault of its own (a server error)", "Ask whoever runs it to look at its log at the time of this check"},
	"cannot-open":     {reach, Fail, 0, "The source cannot be opened with this stanza", "Read what is said beside it: a secret that is missing is named by its key and its file or variable. Set it for the account that runs this; a dsn is written in the driver's own form (the type's README)"},
	"not-understood":  {sections, Fail, 0, "What it answered could not be understood", "Check that the address leads to the right service and version, and that the mapping fits the columns or fields it has now: a column that is missing is named beside it"},
	"section-failed":  {sections, Fail, 0, "A section could not be read", "Read what is said beside it, and what of the system it names; switch the section off in the stanza if the system does not have it"},
	"type-missing":    {sections, Fail, 0, "The server does not have a type of resource that a section asks for", "Set resources for the section to the types that it has, as in endOfLife: {resources: [Flag]}; switch the section off only where it has none of them, for what is switched off is not shown"},
	"type-unlisted":   {sections, Warn, 0, "Sections ask for types of resource that its CapabilityStatement does not list", "Set resources for the section to the types that it has; switch the section off only where it has none of them. Nothing to mend if it answers them all the same"},
	"type-left-out":   {sections, Warn, 0, "It lists types of resource that a section could read and resources leaves out: what it keeps in them reads as not recorded", "Take them into resources again, unless whoever runs it says that nothing is kept in them"},
	"path-missing":    {sections, Fail, 0, "It answers that what a section asks for is not there (404): readers are told that it is unavailable", "Check the path of the section that is named. Only if this system answers so about people of whom it has nothing, say not_found: json in the section"},
	"section-unknown": {sections, Fail, 0, "Sample people who are known by their local id are all unknown to a section: it would read as nothing recorded", "Check the path of the section: one that is mistyped is answered so too. If it is right, give a sample person of whom it has something"},
	"section-silent":  {sections, Fail, 0, "A section did not answer within the source's timeout", "Ask whoever runs it why this one is slow; raise timeout in the stanza if it has to be"},

	"file-missing": {sections, Fail, 0, "The file of a section is not there", "Check the file's name in the stanza, and that the nightly job writes it into that folder"},

	"tls-expired":      {tlsCheck, Fail, 0, "Its certificate has expired, or is not valid yet", "Ask whoever runs it to renew the certificate, and check the clock of both machines"},
	"tls-name":         {tlsCheck, Fail, 0, "Its certificate is for another name than the one in the address", "Use the name that the certificate carries, or ask for a certificate of this name"},
	"tls-authority":    {tlsCheck, Fail, 0, "Its certificate is signed by an authority that is not trusted here", "Install the authority's certificate on this machine, or name it in the stanza where the type has a setting for it"},
	"tls-failed":       {tlsCheck, Fail, 0, "No encrypted connection could be made", "Check that the port speaks TLS 1.2 or later, and whether it wants a certificate of ours"},
	"tls-expires-soon": {tlsCheck, Warn, 0, "Its certificate expires within 30 days", "Ask whoever runs it to renew the certificate now"},
	"tls-none":         {tlsCheck, Warn, 0, "It is spoken to without encryption, over a network", "Use an https address: records must not travel in clear text"},

	"auth-refused":   {login, Fail, 0, "It does not accept our credentials (401)", "Check the credentials: that they are for this system and environment, not expired, and that the secret's file or variable holds them without a line too many"},
	"auth-forbidden": {login, Fail, 0, "It knows us and does not allow this (403)", "Ask whoever runs it to grant this account the right to read these sections; where a type of resource is named, that type. Do not leave it out instead: what it keeps there would read as not recorded"},
	"auth-other":     {login, Fail, 0, "It refuses to answer us", "Read what is said beside it: a password that was refused, a user or database that is not there, a right or an agreement that is missing"},

	"search-failed":   {search, Fail, 0, "Looking people up failed", "Check the path of the address (what answers 404 was reached), that the account may search people and that the people part of the stanza fits the system"},
	"search-anybody":  {search, Fail, 0, "A search that must find nobody found somebody", "It ignores what is asked for: check the names of the search parameters or of the body's members, the query or the mapping of the people"},
	"search-missing":  {search, Fail, 0, "A sample person is not found by their own local id", "Check that the ids given are this system's own ids of people, the field mapped as the person's id, and the address and path by which people are asked for by their id"},
	"search-several":  {search, Fail, 0, "One local id leads to several people", "A person's id must be unique: check which field is mapped as the person's id"},
	"search-other":    {search, Fail, 0, "Searching a sample person's own NHS number does not find them", "Check the identifier system or the column of NHS numbers, and how they are written"},
	"search-spaced":   {search, Fail, 0, "It keeps NHS numbers in groups of digits and does not find a sample person by the ten digits", "Set nhs_number_format: spaced in the stanza of a FHIR server; of another system, search without regard to spaces"},
	"roster-failed":   {search, Fail, 0, "Its wards, clinics or caseloads could not be read", "Check the rosters of the stanza"},
	"dead-letters":    {sections, Fail, 0, "Messages of the feed wait that could not be used", "patchwork feed dead-letters says why of each; mend the stanza or the sender, then patchwork feed replay"},
	"nobody-recorded": {sections, Warn, 0, "The sample people have no entry in a section that it offers", "Give people who have some, or check the section's mapping: an empty answer everywhere may be a wrong one"},

	"wrong-subject": {subjects, Fail, 0, "It answered about another person than the one asked for; such an answer is never shown", "The system, a query or a mapping mixes people up: do not join it before that is found. Check the parameter or column of the person's id"},

	"cut-off":         {paging, Fail, 0, "It does not send all it holds", "Check paging: a next link for every page, a total that fits, limits of the server and of the stanza (page_size, max_pages, max_entries, max_rows)"},
	"pages-unread":    {paging, Warn, 0, "Its answers have what looks like a next page, and the stanza says nothing of pages: what is beyond would not be read", "Say how its answers go on (pages) where it is named, or pages: {style: none} if they do not"},
	"next-never":      {paging, Warn, 0, "No answer had the member that leads to the next page", "Check pages.next where it is named, by an answer that has more pages; nothing to mend if the system leaves it out where there are none. Set total and items if it says how many there are"},
	"incomplete":      {paging, Fail, 0, "Something is missing from its answers, as the code beside it says", "Look the code up in the README of the connector's type; bad-value: translate the words of the field that is named (values: {field: {yours: the record's}})"},
	"source-warning":  {paging, Warn, 0, "It warns that some of a record is not there (yet), as the code beside it says", "Nothing to mend if it says so of single people; readers are told"},
	"held-back":       {paging, Warn, 0, "It says that it holds something back", "Nothing to mend if that is meant; ask whoever runs it whether this account should see more"},
	"stale":           {dates, Fail, 0, "Its extract is older than stale_after, or of unknown age", "Check that the nightly job runs and where the extract's time is taken from"},
	"date-unreadable": {dates, Fail, 0, "A date cannot be read and is left out", "Set date_format (or date_formats for one field) to how the field that is named is written, or write dates as YYYY-MM-DD and times with their offset"},
	"text-unreadable": {encoding, Fail, 0, "A text is not in the character set that was expected", "Set charset to the one the files are written in, or ask for UTF-8 in the field that is named"},

	"code-without-system": {codes, Fail, 0, "Codes stand without a code system: nobody can know what they mean", "Send the code system's URI with each code, or set it in the mapping (constants: {code_system: …})"},
	"code-system-form":    {codes, Fail, 0, "A code system is not named by a URI", "Use the URI, such as http://snomed.info/sct, https://dmd.nhs.uk or urn:oid:…, not a short name"},
	"code-system-local":   {codes, Warn, 0, "Codes are of a system that is not known here: they are shown as worded and not compared", "Nothing to mend if it is a local code system; otherwise use the system's usual URI"},
	"snomed-invalid":      {codes, Fail, 0, "SNOMED CT or dm+d codes are not valid: length, check digit (Verhoeff) or kind", "Numbers may have been rounded by a spreadsheet (18 digits do not fit) or lost digits: send codes as text; send concept ids, not description ids"},
	"code-form":           {codes, Fail, 0, "Codes do not have the form of their code system", "Check that code and code system belong together, and that codes are sent as text"},
	"code-without-text":   {codes, Fail, 0, "Codes stand without words: a reader would see a bare number", "Send the display or text with each code"},
	"says-nothing":        {codes, Fail, 0, "Entries do not say what they are about: neither code nor words", "Check the mapping of the code and its text"},

	"date-future":         {dates, Fail, 0, "Something that has happened has a date in the future", "Check day and month, the century of two-digit years, and the time zone"},
	"date-before-born":    {dates, Fail, 0, "Something is dated before the person was born", "Check day and month, the century of two-digit years, and whose row it is"},
	"date-swapped":        {dates, Fail, 0, "An end lies before its beginning", "Beginning and end may be exchanged: check which column is which, and day and month"},
	"date-after-death":    {dates, Warn, 0, "Something that only the living do is dated after the person's death", "Check whose row it is, the date of death, and day and month"},
	"day-month-exchanged": {dates, Warn, 0, "Day and month are perhaps exchanged: dates that cannot be can be the other way round, or no day is ever above the 12th", "Hold one entry against the system's own screen. Set date_format to how the column is written (DD/MM/YYYY or MM/DD/YYYY), or have the export or spreadsheet mended that exchanged them"},
	"date-placeholder":    {dates, Fail, 0, "A date is a placeholder (1899, 1900, 9999 …), not a date", "Send nothing where the date is not known"},
	"date-missing":        {dates, Fail, 0.1, "Entries have no date at all", "Map the date it is about, or at least when it was recorded"},

	"id-missing":          {duplicates, Fail, 0, "Entries have no id of their own", "Map the system's own id of the statement"},
	"duplicate-id":        {duplicates, Fail, 0, "Two entries of a person have one id", "Check for a join that multiplies rows; an id must name one statement"},
	"duplicate-statement": {duplicates, Fail, 0, "The same statement stands there twice under two ids", "Check for a join that multiplies rows, or an interface that filed a message twice"},

	"status-word":    {statuses, Warn, 0, "A status is a word that the standard does not have; it is shown as it stands", "Translate it (values: {status: {yours: the standard's}}) to a word of FHIR, if there is one that fits"},
	"status-unknown": {statuses, Fail, 0, "A status is none of the words of the standard", "Translate the system's own words (values: {status: {…}}) to those of FHIR"},
	"none-as-entry":  {statuses, Fail, 0, "A statement that there is none (no known allergies, nil known) is sent as an entry: a reader would see it as one", "Say when a row states that there is none (none_when), or send it as the standard's code of none"},
	"status-error":   {statuses, Fail, 0, "Entries that were entered in error are sent as if they held", "Leave them out, or give the status entered-in-error in the field that the connector reads"},

	"nhs-number-invalid":     {identifiers, Fail, 0, "NHS numbers are invalid or placeholders: they link nobody", "Correct them at the source; check that leading digits are kept and numbers are sent as text"},
	"nhs-numbers-unverified": {identifiers, Warn, 0, "Nobody's NHS number counts as verified, and the stanza does not say how far its numbers are trusted: all links will be presumed", "Say trust_nhs_numbers: verified in the stanza if this system's numbers were traced, or trust_nhs_numbers: unverified if they were not; before anybody looks people up"},
	"birth-date-missing":     {identifiers, Fail, mostAll, "People have no date of birth that can be read", "Map the date of birth of the people (birth_date): without one nobody is linked"},
	"nhs-number-missing":     {identifiers, Fail, mostAll, "People have no NHS number that can be used: none, or one that breaks the rules", "Trace the people, or check the mapping of NHS numbers; of a FHIR server nhs_number_system, the system of its identifiers. Without one they are linked only by details"},
	"local-id-spaced":        {identifiers, Warn, 0, "Ids of entries begin or end with spaces", "Trim them at the source: ids are compared as they stand"},

	"organisation-missing": {provenance, Fail, 0, "Nobody can tell which organisation an entry is from", "Set organisation: {ods: …, name: …} in the stanza, or map the organisation of each entry"},
	"organisation-code":    {provenance, Fail, 0, "The stanza does not say by its ODS code whose system it is", "Set organisation: {ods: …, name: …} in the stanza: by the code is decided who may see what"},
	"organisation-form":    {provenance, Fail, 0, "An organisation's ODS code does not have the form of one", "Use the code of the Organisation Data Service: 3 to 10 capital letters and digits"},
	"author-missing":       {provenance, Fail, 0.5, "Entries do not say who recorded or performed them", "Map the author or performer: the standard wants who, in which role, for which organisation"},

	"replacement-character": {encoding, Fail, 0, "Texts have replacement characters (U+FFFD): letters were lost", "Read the original in its own character set (often windows-1252) instead of UTF-8"},
	"mojibake":              {encoding, Fail, 0, "Texts were decoded in a wrong character set, so that é reads Ã©", "Set charset to utf-8, or mend the interface that decodes UTF-8 as windows-1252"},
	"html-entities":         {encoding, Fail, 0, "Texts hold HTML entities or mark-up, which readers see as they stand", "Unescape the texts where they are taken out of the system"},
	"control-characters":    {encoding, Fail, 0, "Texts hold control characters", "Strip them where the texts are taken out of the system"},

	"unit-not-ucum": {units, Fail, 0, "Units are given as UCUM codes and are none", "Send UCUM codes such as mmol/L, 10*9/L, mm[Hg]"},
	"unit-missing":  {units, Warn, 0, "Measured numbers have neither a unit nor a code for it", "Send the unit with each number; 1 where there is none"},
	"unit-uncoded":  {units, Warn, 0, "Units are words that are no UCUM: values cannot be charted together", "Send the unit's UCUM code beside its words"},

	"asked-to-wait": {rate, Fail, 0, "It said that it is asked too often (429, Retry-After)", "Lower concurrency in the stanza, or ask whoever runs it for a higher limit"},

	"out-of-turn": {rate, Warn, 0, "Calls of this check found no turn by the rate, the concurrency or the windows of the stanza", "Check it when it is used less and may be asked; raise them in the stanza if whoever runs it allows that"},
	"out-of-time": {latency, Warn, 0, "The check was not done in its time: what was not looked at is not in this report", "See which calls are slow, and check again; patchwork source check has no such limit"},

	"accepted-gone":    {agreed, Warn, 0, "What was accepted is not found any more", "Take it out of accepted in the stanza, so that it fails should it come back"},
	"accepted-expired": {agreed, Warn, 0, "What was accepted has run out, and counts again", "Ask the supplier how far it is mended; agree on another day and write it into the stanza, or mend it"},

	"slow":      {latency, Fail, 0, "One call in twenty takes longer than readers wait: what it holds comes late", "Ask whoever runs it for an index on the person's id; ask for fewer sections; until then its answers appear a moment after the page"},
	"slow-tail": {latency, Warn, 0, "Its slowest call took longer than readers wait", "Nothing to mend if it is the first call after a pause"},
}
