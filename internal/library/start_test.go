package library

import (
	"bytes"
	"io/fs"
	"reflect"
	"testing"
	"testing/fstest"

	"github.com/ksbcoach/ksbcoach/seeds"
)

// The packed files say what the TOML files say, and are what go generate ./seeds would make from them now.
func TestPackedFilesAreUpToDate(t *testing.T) {
	written, err := ReadStart(seedsFolder)
	if err != nil {
		t.Fatal(err)
	}
	packed, err := fs.ReadFile(seeds.FS, StartFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(packed, written.Pack()) {
		t.Error("it is stale: run go generate ./seeds")
	}
	at, slow := New(), From(seedsFolder)
	if !reflect.DeepEqual(at.Standard(Default), slow.Standard(Default)) || !reflect.DeepEqual(at.Scale(), slow.Scale()) {
		t.Error("the standard or the scale differ")
	}
	for _, id := range at.Standard(Default).Walk() {
		if at.Title(Default, id) != slow.Title(Default, id) {
			t.Errorf("%s is called %q and %q", id, at.Title(Default, id), slow.Title(Default, id))
		}
	}
}

// A packed file that is cut short stops the program at once, instead of showing half the content.
func TestATruncatedPackedFileIsRefused(t *testing.T) {
	packed, err := fs.ReadFile(seeds.FS, StartFile)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{0, 1, len(packed) / 2, len(packed) - 1} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%d of %d bytes are taken for the whole", n, len(packed))
				}
			}()
			From(fstest.MapFS{StartFile: {Data: packed[:n]}}).Standard(Default)
		}()
	}
}
