//go:build unix

package export_test

import (
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/testneed"
)

// database is a PostgreSQL server for one test, in its own folder and without a network.
type database struct {
	*testing.T
	bin, dir string
	as       *syscall.Credential // the server refuses to run as root
}

func newDatabase(t *testing.T) *database {
	t.Helper()
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb") // where Debian keeps it, outside the path
	if len(found) == 0 {
		found = []string{testneed.Program(t, "PostgreSQL", "initdb")}
	}
	dir, err := os.MkdirTemp("", "pg") // short, since the name of a socket is
	if err != nil {
		t.Fatal(err)
	}
	d := &database{T: t, bin: filepath.Dir(found[len(found)-1]), dir: dir}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if os.Getuid() == 0 {
		u, err := user.Lookup("postgres")
		if err != nil {
			testneed.Missing(t, "the user postgres, where root runs the tests")
		}
		uid, _ := strconv.ParseUint(u.Uid, 10, 32)
		gid, _ := strconv.ParseUint(u.Gid, 10, 32)
		d.as = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		if err := os.Chown(dir, int(uid), int(gid)); err != nil {
			t.Fatal(err)
		}
	}
	d.run("initdb", "-D", "db", "-E", "UTF8", "-A", "trust", "-U", "postgres")
	d.run("pg_ctl", "-D", "db", "-o", "-k "+dir+" -c listen_addresses=''", "-l", "log", "-w", "start")
	t.Cleanup(func() { d.run("pg_ctl", "-D", "db", "-m", "immediate", "stop") })
	return d
}

// run runs a program of PostgreSQL in the folder and returns its output.
func (d *database) run(name string, args ...string) string {
	d.Helper()
	c := exec.Command(filepath.Join(d.bin, name), args...)
	c.Dir = d.dir
	log, err := os.Create(filepath.Join(d.TempDir(), "out")) // and no pipe, which the server would keep open
	if err != nil {
		d.Fatal(err)
	}
	defer log.Close()
	c.Stdout, c.Stderr = log, log
	c.SysProcAttr = &syscall.SysProcAttr{Credential: d.as}
	err = c.Run()
	said, _ := os.ReadFile(log.Name())
	if err != nil {
		d.Fatalf("%s: %v\n%s", name, err, said)
	}
	return string(said)
}

// The query in docs/data.md runs in PostgreSQL over a report, and finds the same as the program.
func TestQueryInTheDocsRuns(t *testing.T) {
	t.Parallel()
	d := newDatabase(t)
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "data.md"))
	if err != nil {
		t.Fatal(err)
	}
	query := regexp.MustCompile("(?s)```sql\n(.*?)```").FindSubmatch(page)
	if query == nil {
		t.Fatal("docs/data.md has no query")
	}
	files := map[string][]byte{"query.sql": query[1]}
	for _, f := range report(t, "csv", lib.Demo(today), handout.Options{}) {
		files[f.Name] = f.Data
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(d.dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	said := d.run("psql", "-h", d.dir, "-U", "postgres", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-f", "query.sql")
	r := gap.Compute(lib.Standard(library.Default), lib.Scale(), lib.Demo(today), today)
	var found, want []string
	for line := range strings.Lines(said) {
		code, _, _ := strings.Cut(line, "|")
		found = append(found, code)
	}
	for _, x := range r.Rows {
		if x.Late() {
			want = append(want, x.KSB.ID)
		}
	}
	slices.Sort(want)
	if slices.Sort(found); len(want) == 0 || !slices.Equal(found, want) {
		t.Errorf("the query finds %q, and the program %q:\n%s", found, want, said)
	}
}
