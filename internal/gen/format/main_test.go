package main

import (
	"os"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/profile/file"
)

// The page in docs is up to date with the tables.
func TestThePageIsFresh(t *testing.T) {
	got, err := os.ReadFile(output)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != page(file.Keys()) {
		t.Error("docs/profile.md is stale: run go generate ./internal/gen/format")
	}
}
