package store

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// faults are what may befall a profile, by the letters that the tests name them by, and where each is tested. Where one is not, or
// not in the way that first comes to mind, it is said why.
var faults = []struct {
	id, fault string
	tests     []string
	why       string
}{
	{"F1", "the disk is full in the middle of a write", []string{"TestFullDisk", "TestEveryFault", "TestADiskThatIsFullForAWhile"}, ""},
	{
		"F2", "a disk without room, or without names",
		[]string{"TestEveryFault", "TestOutputThatCannotBeWritten", "TestScripts"},
		"no small disk is mounted, which takes an administrator: a limit on the size of files, /dev/full and refused system calls do the same",
	},
	{"F3", "any one operation fails, once or for ever", []string{"TestEveryFault", "TestScripts"}, ""},
	{"F4", "the disk says it wrote what it did not", []string{"TestLyingDisk"}, ""},
	{"K1", "the process ends at any operation", []string{"TestCrashEverywhere"}, "in a model, which meets more points than there are system calls"},
	{"K2", "the process is killed at any moment", []string{"TestKill"}, ""},
	{"D1", "the power goes at any operation", []string{"TestPowerCut", "TestPowerCutsInALearnersDay", "TestAForgetfulDiskIsNoticed"}, "in a model of a disk that forgets: a real one takes an administrator"},
	{"D2", "the order of write, sync and rename", []string{"TestOrder"}, ""},
	{"X1", "the file changes while it is open", []string{"TestChangedElsewhere", "TestChangedDuringSave"}, ""},
	{"X2", "the watcher is blind", []string{"TestChangedElsewhere"}, "nothing watches: content is compared before each save"},
	{"X3", "copies that a sync program leaves", []string{"TestConflictCopies", "TestCopiesAreNamedWithWhatTheyHold"}, ""},
	{"X5", "a new file meets one of its name", []string{"TestCreateNeverReplaces"}, ""},
	{"M1", "two versions are put together", []string{"TestReloadPutsTheSessionOnTop", "TestSavedRatingsSurviveAnOlderCopy"}, ""},
	{"C1", "two programs write at once", []string{"TestLockFight", "TestManyProcessesRatingAtOnce"}, ""},
	{"C2", "reading writes", []string{"TestReadingNeverWrites", "TestReadersChangeNothingAndNeedNoLock"}, ""},
	{"N1", "nothing changed and yet it is written", []string{"TestNoChangeNoWrite"}, ""},
	{"P1", "a file that does not read whole", []string{"TestOpenRefuses", "TestScripts"}, ""},
	{"P2", "comments, order, unknown keys, line ends", []string{"TestTheFileReadsAsTheSession", "TestSaveWritesOneLine"}, ""},
	{"L1", "links, pipes, devices, folders in its place", []string{"TestSpecialFiles", "TestLinksStay", "TestHardLink"}, ""},
	{"R1", "no right to write", []string{"TestNoRights", "TestReadOnly"}, "a drive mounted read-only takes an administrator: its error is one of TestEveryFault's"},
	{"R4", "a drive without rights, syncs, locks or replacing", []string{
		"TestPoorFileSystems", "TestAShareWithoutRenameOver", "TestAShareWithoutLocks", "TestCreateWithoutLinks", "TestScripts",
	}, ""},
	{"B1", "backups", []string{"TestBackups", "TestOldBackupGoesLast", "TestAClockThatIsSetBack"}, ""},
	{"W1", "Windows: a scanner or OneDrive holds the file", []string{"TestBusyFile", "TestSharingViolation", "TestSavingOverAFileThatIsOpen"}, ""},
	{"W2", "Windows: a file that is read-only, names that it does not take", []string{"TestReadOnly", "TestNamesThatWindowsDoesNotTake"}, "the attribute itself is not in wine"},
	{"Z1", "a fault while cleaning up after a crash", []string{"TestCompoundFaults"}, ""},
}

// TestEveryFaultHasATest: the table names tests that are there.
func TestEveryFaultHasATest(t *testing.T) {
	there := map[string]bool{}
	named := regexp.MustCompile(`(?m)^func (Test\w+)\(`)
	for _, folder := range []string{".", "../session", "../cli"} {
		files, err := fs.Glob(os.DirFS(folder), "*_test.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			src, err := os.ReadFile(filepath.Join(folder, name))
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range named.FindAllSubmatch(src, -1) {
				there[string(m[1])] = true
			}
		}
	}
	for _, f := range faults {
		if len(f.tests) == 0 && f.why == "" {
			t.Errorf("%s, %s: neither tested nor said why not", f.id, f.fault)
		}
		for _, name := range f.tests {
			if !there[name] {
				t.Errorf("%s, %s: there is no %s", f.id, f.fault, strings.TrimSpace(name))
			}
		}
	}
}
