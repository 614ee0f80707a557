// Package hl7feed is a hospital's integration engine: it writes HL7 v2 messages about
// admissions, results, appointments and letters, and sends them by MLLP to whoever
// listens. It sends each message until it is acknowledged, and is a writer of its own:
// it shares no code with whoever reads what it sends.
package hl7feed
