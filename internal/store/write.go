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

// replace puts data in the place of target, which has the properties like. The guard looks at target just before each
// try of the rename and can still refuse it.
func replace(ops Ops, target string, data []byte, like fs.FileInfo, guard func() error) (warning string, err error) {
	return install(ops, target, data, like, func(temp string) error {
		var refused error
		err := patiently(ops, func() error {
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

// publish makes the new file target with data, and fails with ErrExists where the name is taken.
func publish(ops Ops, target string, data []byte) (warning string, err error) {
	return install(ops, target, data, nil, func(temp string) error {
		err := patiently(ops, func() error { return ops.RenameNew(temp, target) })
		if errors.Is(err, errors.ErrUnsupported) {
			return renameReserved(ops, temp, target)
		}
		return err
	})
}

// install writes data beside target and has it put there.
func install(ops Ops, target string, data []byte, like fs.FileInfo, put func(temp string) error) (string, error) {
	folder := filepath.Dir(target)
	temp, warning, err := writeTemp(ops, folder, func(h Handle) (string, error) { return fill(h, data, like) })
	if err != nil {
		return "", err
	}
	if err := put(temp); err != nil {
		// What went wrong first is what the learner has to hear of; Sweep finds a file that cannot be removed.
		_ = ops.Remove(temp)
		return "", err
	}
	return syncFolder(ops, folder, warning)
}

// renameReserved is for file systems with neither a rename that refuses to replace nor hard links (FAT): the name is
// taken with an empty file, which is ours to replace, so that a crash leaves an empty file at worst and never a half
// one.
func renameReserved(ops Ops, temp, target string) error {
	h, err := ops.Create(target, filePerm)
	if err != nil {
		return err
	}
	if err = h.Close(); err == nil {
		err = patiently(ops, func() error { return ops.Rename(temp, target) })
	}
	if err != nil {
		_ = ops.Remove(target)
	}
	return err
}

// writeTemp makes a file of our own in folder, filled and closed. It lies beside the target because only a rename
// within one file system is atomic. On failure nothing is left.
func writeTemp(ops Ops, folder string, fill func(Handle) (string, error)) (temp, warning string, err error) {
	temp = filepath.Join(folder, tempName())
	h, err := ops.Create(temp, filePerm)
	if err != nil {
		return "", "", because("a file in its folder could not be made: "+reason(err), err)
	}
	warning, err = fill(h)
	if closing := h.Close(); err == nil {
		err = closing
	}
	if err != nil {
		_ = ops.Remove(temp)
		return "", "", err
	}
	return temp, warning, nil
}

// fill writes data so that it is known to be on the disk: written, synced, read back.
func fill(h Handle, data []byte, like fs.FileInfo) (warning string, err error) {
	if _, err := h.Write(data); err != nil {
		return "", err
	}
	warning, err = alike(h, like)
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

// alike gives the file the owner, group and permission bits of another (nil: those of a private file). What the file
// system or the system's rules do not allow is a warning only; the file is then more private than the other, never
// less.
func alike(h Handle, like fs.FileInfo) (warning string, err error) {
	perm := fs.FileMode(filePerm)
	if like != nil {
		perm = like.Mode().Perm()
		groupKept, err := h.ChownLike(like)
		if err != nil {
			warning = warnOwner
		}
		if !groupKept {
			perm &^= 0o070
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

// verify catches a disk that reports success for what it did not write.
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

// syncFolder is the last step: without it a power cut can take back the new name of a file that was synced itself.
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

// makeFolders makes folder and those above it that are missing, private to this user. With durable, a power cut does
// not take them back.
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
		// A second ksbcoach may have been faster.
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

// tempAge is how old a temporary file must be before it is litter: a save takes seconds at most, even on a slow network
// drive, so an older one belongs to a process that was killed.
const tempAge = time.Hour

// sweepBeside removes the temporary files that killed saves left beside the file path leads to, once they are older
// than an hour, and says how many it removed. It touches nothing but plain files of our own name pattern.
func sweepBeside(ops Ops, path string, now time.Time) int {
	return sweepFolder(ops, filepath.Dir(behindLinks(ops, path)), now)
}

// Sweep is sweepBeside of the profile at resolved, and of the folders where its small private files and the locks are.
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

// Create makes a new file with data, readable for this user only, and the folders above it that are missing. It never
// replaces anything: where the name is taken, by a dangling link too, it fails with ErrExists or ErrDangling. A crash
// leaves no half file. With ErrUnsynced the file stands and is returned too.
func Create(ops Ops, path string, data []byte) (*File, error) {
	f, err := create(ops, path, data)
	return f, fail("create", path, err)
}

func create(ops Ops, path string, data []byte) (*File, error) {
	abs, err := absolute(path)
	if err != nil {
		return nil, err
	}
	if err := free(ops, abs); err != nil {
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
	f.hold(data)
	return f, err
}

// free fails when something lies at path; the last word has the rename that refuses to replace.
func free(ops Ops, path string) error {
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
	if err := plain(info); err != nil {
		return because(reason(err), ErrExists, err)
	}
	return ErrExists
}

// Write makes a file for others to use, such as an export. It is Create, except that with force it replaces a plain
// file atomically, keeping its permission bits; through a link, the file the link leads to. It refuses folders, devices
// and other special files with ErrNotRegular and read-only files with ErrReadOnly.
func Write(ops Ops, path string, data []byte, force bool) error {
	if !force {
		_, err := create(ops, path, data)
		if errors.Is(err, ErrExists) && !errors.Is(err, ErrNotRegular) {
			return &Error{"write", path, err, "choose another name, or use --force to replace it"}
		}
		return fail("write", path, err)
	}
	err := overwrite(ops, path, data)
	if errors.Is(err, fs.ErrNotExist) {
		_, err = create(ops, path, data)
	}
	return fail("write", path, err)
}

func overwrite(ops Ops, path string, data []byte) error {
	_, resolved, err := locate(ops, path)
	if err != nil {
		return err
	}
	info, err := statPlain(ops, resolved)
	if err == nil {
		err = mayWrite(ops, resolved, info)
	}
	if err != nil {
		return err
	}
	_, err = replace(ops, resolved, data, info, func() error { return nil })
	return err
}

// WriteFolder makes files in a folder, which it makes too where it is missing; each as Write does. Without force it
// looks at all of them first, and writes none where one is there already. With ErrUnsynced all of them stand.
func WriteFolder(ops Ops, folder string, files map[string][]byte, force bool) error {
	names := slices.Sorted(maps.Keys(files))
	if !force {
		for _, name := range names {
			path := filepath.Join(folder, name)
			if err := free(ops, path); errors.Is(err, ErrExists) {
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
