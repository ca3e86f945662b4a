// Package store keeps a learner's files safe: it finds their places, reads them whole, replaces them atomically, keeps
// backups, locks them against a second ksbcoach, notices changes made elsewhere, and holds small private state.
//
// What it promises: after a crash, a kill, a full disk or a power cut a file is the version before or the version after,
// never a mix; a save that reported success survives a power cut; a change made elsewhere is never overwritten unseen;
// when nothing changed nothing is written; links and permission bits stay.
//
// What it cannot promise: between the last look at the file and the rename lie a few microseconds in which another
// program's save is not seen (the lock keeps a second ksbcoach out, not an editor). A file with several hard links loses
// the others, access control lists go back to the folder's, and an owner that may not be kept is said in File.Warning.
//
// It deals in bytes and is not responsible for what they mean: it knows nothing of TOML, profiles, merging or screens.
package store
