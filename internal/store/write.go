package store

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

const (
	filePerm   = 0o600
	folderPerm = 0o700
)

// Warnings of a save that succeeded with something missing.
const (
	warnSync  = "this disk cannot promise that a save survives a power cut"
	warnOwner = "the file's owner or group could not be kept"
	warnPerm  = "the file's permissions could not be kept: only you can open it"
)

// replace makes data the content of target, and keeps the owner and permissions in like. Just before each attempt to
// rename it calls guard, which can still refuse.
func replace(ops Ops, target string, data []byte, like fs.FileInfo, guard func() error) (warning string, err error) {
	return install(ops, target, data, like, func(temp string) error {
		var refused error
		err := retryBusy(ops, func() error {
			if refused = guard(); refused != nil {
				return nil
			}
			return ops.Rename(temp, target)
		})
		switch {
		case refused != nil:
			return refused
		case cannotReplace(err):
			return because(fmt.Sprintf("%v: %s", ErrNoReplace, reason(err)), ErrNoReplace, err)
		}
		return err
	})
}

// publish makes the new file target with data, and fails with ErrExists if the name is taken.
func publish(ops Ops, target string, data []byte) (warning string, err error) {
	return install(ops, target, data, nil, func(temp string) error {
		err := retryBusy(ops, func() error { return ops.RenameNew(temp, target) })
		if errors.Is(err, errors.ErrUnsupported) {
			return renameReserved(ops, temp, target)
		}
		return err
	})
}

// install writes data to a temporary file in the folder of target, and calls rename to give it the name target.
func install(ops Ops, target string, data []byte, like fs.FileInfo, rename func(temp string) error) (string, error) {
	folder := filepath.Dir(target)
	temp, warning, err := writeTemp(ops, folder, func(h Handle) (string, error) { return writeSynced(h, data, like) })
	if err != nil {
		return "", err
	}
	if err := rename(temp); err != nil {
		// If this fails too, the learner needs to hear the first error; Sweep removes the file later.
		_ = ops.Remove(temp)
		return "", err
	}
	return syncFolder(ops, folder, warning)
}

// renameReserved is for file systems with neither hard links nor a rename that refuses to replace (FAT). It reserves
// the name with an empty file and then replaces that, so that a crash leaves an empty file at worst, never half a file.
func renameReserved(ops Ops, temp, target string) error {
	h, err := ops.Create(target, filePerm)
	if err != nil {
		return err
	}
	if err = h.Close(); err == nil {
		err = retryBusy(ops, func() error { return ops.Rename(temp, target) })
	}
	if err != nil {
		_ = ops.Remove(target)
	}
	return err
}

// writeTemp makes a temporary file in folder, has it filled and closes it. The folder must be that of the target,
// because a rename is atomic only within one file system. On failure nothing is left.
func writeTemp(ops Ops, folder string, fill func(Handle) (string, error)) (temp, warning string, err error) {
	temp = filepath.Join(folder, tempName())
	h, err := ops.Create(temp, filePerm)
	if err != nil {
		return "", "", because("a file in its folder could not be made: "+reason(err), err)
	}
	warning, err = fill(h)
	if closeErr := h.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		_ = ops.Remove(temp)
		return "", "", err
	}
	return temp, warning, nil
}

// writeSynced writes data, syncs it and reads it back, so that it is known to be on the disk.
func writeSynced(h Handle, data []byte, like fs.FileInfo) (warning string, err error) {
	if _, err := h.Write(data); err != nil {
		return "", err
	}
	warning, err = copyAttributes(h, like)
	if err != nil {
		return "", err
	}
	if err := h.Sync(); cannotSync(err) {
		warning = warnSync
	} else if err != nil {
		return "", err
	}
	return warning, verify(h, data)
}

// copyAttributes gives the file the owner, group and permission bits of another (nil: those of a private file).
// Whatever the file system or the system's rules do not allow is only a warning; the file is then more private than the
// other, never less.
func copyAttributes(h Handle, like fs.FileInfo) (warning string, err error) {
	perm := fs.FileMode(filePerm)
	if like != nil {
		perm = like.Mode().Perm()
		groupKept, err := h.ChownLike(like)
		if err != nil {
			warning = warnOwner
		}
		if !groupKept {
			perm &^= 0o070 // it is another group now, which must not get in
		}
	}
	info, err := h.Stat()
	if err != nil {
		return "", err
	}
	if info.Mode().Perm() != perm && h.Chmod(perm) != nil {
		warning = warnPerm
	}
	return warning, nil
}

// verify reads the file back, to catch a disk that reports success for what it did not write.
func verify(h Handle, data []byte) error {
	back := io.NewSectionReader(h, 0, int64(len(data))+1)
	part := make([]byte, min(len(data)+1, 1<<14))
	for {
		n, err := io.ReadFull(back, part)
		if !bytes.HasPrefix(data, part[:n]) {
			return ErrNotKept
		}
		data = data[n:]
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			if len(data) > 0 {
				return ErrNotKept
			}
			return nil
		case err != nil:
			return err
		}
	}
}

// syncFolder is the last step of a save: without it a power cut can undo the rename, even though the file was synced.
func syncFolder(ops Ops, folder, warning string) (string, error) {
	err := ops.SyncDir(folder)
	if cannotSync(err) {
		return warnSync, nil
	}
	if err != nil {
		return warning, because(fmt.Sprintf("%v: %s", ErrUnsynced, reason(err)), ErrUnsynced, err)
	}
	return warning, nil
}

// makeFolders makes folder and any missing parents, private to this user. With durable they survive a power cut.
func makeFolders(ops Ops, folder string, durable bool) error {
	info, err := ops.Stat(folder)
	if err == nil && !info.IsDir() {
		return because(safetext.Quote(folder)+" is not a folder", ErrNotRegular)
	}
	parent := filepath.Dir(folder)
	if err == nil || !errors.Is(err, fs.ErrNotExist) || parent == folder {
		return err
	}
	if err := makeFolders(ops, parent, durable); err != nil {
		return err
	}
	if err := ops.Mkdir(folder, folderPerm); err != nil {
		// A second ksbcoach may have made it first.
		if info, again := ops.Stat(folder); again == nil && info.IsDir() {
			return nil
		}
		if errors.Is(err, fs.ErrExist) {
			return because(safetext.Quote(folder)+" is a link to a folder that is not there", ErrDangling)
		}
		return because("the folder "+safetext.Quote(folder)+" could not be made: "+reason(err), err)
	}
	if durable {
		if err := ops.SyncDir(parent); !cannotSync(err) {
			return err
		}
	}
	return nil
}

// tempAge is how old a temporary file must be before it counts as litter. A save takes seconds at most, even on a slow
// network drive, so an older one was left by a process that was killed.
const tempAge = time.Hour

// sweepBeside sweeps the folder of the file that path leads to.
func sweepBeside(ops Ops, path string, now time.Time) int {
	return sweepFolder(ops, filepath.Dir(followLinks(ops, path)), now)
}

// Sweep removes temporary files that killed saves left in the folder of the profile, in that of its small private files
// and in that of the locks, once they are an hour old. It says how many it removed. It touches only plain files whose
// names are of our own pattern.
func (p Places) Sweep(ops Ops, resolved string, now time.Time) int {
	return sweepBeside(ops, resolved, now) + sweepFolder(ops, filepath.Dir(p.StateFile(resolved, "state")), now) +
		sweepFolder(ops, lockFolder(p.State), now)
}

func sweepFolder(ops Ops, folder string, now time.Time) int {
	entries, err := ops.ReadDir(folder)
	if err != nil {
		return 0
	}
	removed := 0
	for _, e := range entries {
		if !isTemp(e.Name()) || !e.Type().IsRegular() {
			continue
		}
		info, err := e.Info()
		if err != nil || now.Sub(info.ModTime()) <= tempAge {
			continue
		}
		if ops.Remove(filepath.Join(folder, e.Name())) == nil {
			removed++
		}
	}
	return removed
}

func isTemp(name string) bool {
	digits, ok := strings.CutPrefix(name, tempPrefix)
	if ok {
		digits, ok = strings.CutSuffix(digits, tempSuffix)
	}
	return ok && len(digits) == tempDigits && strings.Trim(digits, "0123456789abcdef") == ""
}

// Create makes a new file with data, readable for this user only, and any missing folders. It never replaces anything:
// if the name is taken, even by a dangling link, it fails with ErrExists or ErrDangling. A crash leaves no half file.
// After ErrUnsynced the file exists, and is returned with the error.
func Create(ops Ops, path string, data []byte) (*File, error) {
	f, err := create(ops, path, data)
	return f, opError("create", path, err)
}

func create(ops Ops, path string, data []byte) (*File, error) {
	abs, err := absolute(path)
	if err != nil {
		return nil, err
	}
	if err := checkFree(ops, abs); err != nil {
		return nil, err
	}
	folder := filepath.Dir(abs)
	if err := makeFolders(ops, folder, true); err != nil {
		return nil, err
	}
	f := &File{ops: ops, path: path, abs: abs, resolved: inRealFolder(ops, abs), limit: noLimit}
	f.warning, err = publish(ops, f.resolved, data)
	f.unsynced = errors.Is(err, ErrUnsynced)
	if err != nil && !f.unsynced {
		return nil, err
	}
	f.setContent(data)
	return f, err
}

// checkFree fails if there is anything at path. It is only an early check: the rename itself refuses to replace a file.
func checkFree(ops Ops, path string) error {
	resolved, err := resolve(ops, path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	info, err := ops.Stat(resolved)
	if err != nil {
		return err
	}
	if err := checkPlain(info); err != nil {
		return because(reason(err), ErrExists, err)
	}
	return ErrExists
}

// Write makes a file for others to use, such as an export. It is Create, except that with force it atomically replaces
// a plain file (or the one that a link leads to), keeping its permission bits. It refuses folders, devices and other
// special files with ErrNotRegular, and read-only files with ErrReadOnly.
func Write(ops Ops, path string, data []byte, force bool) error {
	if !force {
		_, err := create(ops, path, data)
		if errors.Is(err, ErrExists) && !errors.Is(err, ErrNotRegular) {
			return &Error{"write", path, err, "choose another name, or use --force to replace it"}
		}
		return opError("write", path, err)
	}
	err := overwrite(ops, path, data)
	if errors.Is(err, fs.ErrNotExist) {
		_, err = create(ops, path, data)
	}
	return opError("write", path, err)
}

func overwrite(ops Ops, path string, data []byte) error {
	_, resolved, err := locate(ops, path)
	if err != nil {
		return err
	}
	info, err := statPlain(ops, resolved)
	if err == nil {
		err = checkWritable(ops, resolved, info)
	}
	if err != nil {
		return err
	}
	_, err = replace(ops, resolved, data, info, func() error { return nil })
	return err
}

// WriteFolder writes files into a folder, each as Write does, and makes the folder if it is missing. Without force it
// checks all names first and writes nothing if one is taken. After ErrUnsynced all of the files exist.
func WriteFolder(ops Ops, folder string, files map[string][]byte, force bool) error {
	names := slices.Sorted(maps.Keys(files))
	if !force {
		for _, name := range names {
			path := filepath.Join(folder, name)
			if err := checkFree(ops, path); errors.Is(err, ErrExists) {
				return &Error{"write", path, err, "choose another folder, or use --force to replace what is there"}
			}
		}
	}
	var unsynced error
	for _, name := range names {
		err := Write(ops, filepath.Join(folder, name), files[name], force)
		if errors.Is(err, ErrUnsynced) {
			unsynced = err
			continue
		}
		if err != nil {
			return err
		}
	}
	return unsynced
}
