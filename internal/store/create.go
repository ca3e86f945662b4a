package store

import (
	"errors"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
)

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

// Write makes a file for others to use, such as an export. It is Create, except that with force it replaces a plain file
// atomically, keeping its permission bits; through a link, the file the link leads to. It refuses folders, devices and
// other special files with ErrNotRegular and read-only files with ErrReadOnly.
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

// WriteFolder makes files in a folder, which it makes too where it is missing; each as Write does. Without force it looks at all
// of them first, and writes none where one is there already. With ErrUnsynced all of them stand.
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
