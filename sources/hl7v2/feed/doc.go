// Package feed keeps what one system was so good to send: each message as it came, an
// index of whom it is about, who was merged into whom, and the messages that could not
// be used, with the reason.
//
// It owns one SQLite file of one source. It is the only copy of a record that Patchwork
// keeps, because a message is sent once and cannot be asked for again; how long it is
// kept is configured. It does not know what a message means: whoever puts one in says
// whom it is about. What Put has reported as kept survives the death of the process and
// of the machine (WAL, synchronous=FULL).
//
// Several processes may have the file open: the server, and a command that looks after
// dead letters.
package feed
