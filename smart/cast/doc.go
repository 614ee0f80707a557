// Package cast is Patchwork's hub of FHIRcast STU3: an EPR that has launched an app says here
// which patient it has on its screen now, and the app follows or closes.
//
// It owns topics, their events and who hears of them. It finds no patient and gives no right:
// a token stays pinned to its patient, and whoever follows asks package smart for another
// launch. The server's processes share topics through the database.
package cast
