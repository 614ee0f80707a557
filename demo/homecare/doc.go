// Package homecare is the system of an invented home-care provider, by the JSON API that
// such systems have: packages of care, visits, key workers and their caseloads. For the
// demo region and for tests.
//
// It owns the protocol (searches by POST, pages of four styles, letters, an API key) and
// nothing of who the people are, which it is given. It imports nothing of Patchwork, so
// that it cannot share Patchwork's bugs.
//
//	GET  /v1/health
//	POST /v1/clients/search    {"clientIds": [17]} or nhsNumbers, clientNumbers, bornOn (lists), or lastName with bornOn
//	POST /v1/packages/search   {"clientIds": [17], "cursor": null, "limit": 50}   → packages, nextCursor, total
//	POST /v1/visits/search     {"clientIds": [17], "page": 1, "pageSize": 50}     → visits, pages
//	GET  /v1/clients/17/team   → clientId, team; 404 {"error": "client_not_found"}
//	GET  /v1/clients/17/contacts?after=…                                          → clientId, contacts, next (a link)
//	GET  /v1/clients/17/risks?offset=0&limit=50                                   → clientId, risks, total
//	GET  /v1/clients/17/letters                                                   → clientId, letters
//	GET  /v1/letters/L-17-1    → the letter itself, with X-Client-Id
//	GET  /v1/caseloads, GET /v1/caseloads/W-02                                    → the workers; their clients
//
// Client ids are numbers. Times are local and have no offset.
package homecare
