// Package switches keeps which systems of the region an administrator has switched off, and
// holds the running sources to it: on every server of one database within a second.
//
// It owns the table source_switch and the audit of every switch. It does not decide who may
// switch (policy does, before), and it does not know what a switched-off source answers
// (package sources does).
package switches
