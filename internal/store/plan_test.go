package store

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// faults are the things that may happen to a profile, and what hostile text and files may do (S), with the tests for
// each, in whatever package; comments in the tests refer to the ids. Where something is not tested, or not in the
// obvious way, why gives the reason.
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
	{
		"X1", "the file changes while it is open",
		[]string{"TestChangedElsewhere", "TestChangedDuringSave", "TestDifferentChangesAreMergedUnasked", "TestClashingChangesAreAskedAbout", "TestAConflictIsAskedAbout"},
		"",
	},
	{"X2", "the watcher is blind", []string{"TestChangedElsewhere", "TestComingBackLooksAtTheFile"}, "nothing watches: content is compared before each save, on focus and on resume"},
	{"X3", "copies that a sync program leaves", []string{"TestConflictCopies", "TestCopiesAreNamedWithWhatTheyHold", "TestACopyIsTakenInFromHome", "TestAYearOnTwoComputersLosesNothing"}, ""},
	{"X4", "what is saved over what a sync client brought", []string{"TestChangedElsewhere"}, "as X1: it is a row of the losses, not of the plan"},
	{"X5", "a new file meets one of its name", []string{"TestCreateNeverReplaces"}, ""},
	{"M1", "two versions are put together", []string{"TestReloadPutsTheSessionOnTop", "TestSavedRatingsSurviveAnOlderCopy", "TestMergeProperties", "TestGitMergesProfiles"}, ""},
	{"C1", "two programs write at once", []string{"TestLockFight", "TestManyProcessesRatingAtOnce"}, ""},
	{"C2", "reading writes", []string{"TestReadingNeverWrites", "TestReadersChangeNothingAndNeedNoLock"}, ""},
	{"N1", "nothing changed and yet it is written", []string{"TestNoChangeNoWrite"}, ""},
	{"P1", "a file that does not read whole", []string{"TestOpenRefuses", "TestDecodeCutAnywhere", "TestDecodeWithAnyByteChanged", "TestProfileCutAtEveryByte", "TestScripts"}, ""},
	{"P2", "comments, order, unknown keys, line ends", []string{"TestTheFileReadsAsTheSession", "TestSaveWritesOneLine", "TestEditsDoWhatTheySay", "TestWriteKeepsLineEnds"}, ""},
	{"L1", "links, pipes, devices, folders in its place", []string{"TestSpecialFiles", "TestLinksStay", "TestHardLink"}, ""},
	{"R1", "no right to write", []string{"TestNoRights", "TestReadOnly"}, "a drive mounted read-only takes an administrator: its error is one of TestEveryFault's"},
	{"R4", "a drive without rights, syncs, locks or replacing", []string{
		"TestPoorFileSystems", "TestAShareWithoutRenameOver", "TestAShareWithoutLocks", "TestCreateWithoutLinks", "TestScripts",
	}, ""},
	{"B1", "backups: the newest ten, and the last of each of 30 days", []string{"TestBackups", "TestBackupsOfAYear", "TestQuickChangesPushNothingOut", "TestOldBackupGoesLast", "TestAClockThatIsSetBack"}, ""},
	{"W1", "Windows: a scanner or OneDrive holds the file", []string{"TestBusyFile", "TestSharingViolation", "TestSavingOverAFileThatIsOpen"}, ""},
	{"W2", "Windows: a file that is read-only, names that it does not take", []string{"TestReadOnly", "TestNamesThatWindowsDoesNotTake"}, "the attribute itself is not in wine"},
	{"Z1", "a fault while cleaning up after a crash", []string{"TestCompoundFaults"}, ""},

	{"S1", "escapes of terminals in every text", []string{"TestHostileTextNeverReachesTheTerminal", "TestEveryScreenStandsNaughtyTexts", "TestNaughtyRecords", "TestCleanLetsNothingThrough"}, ""},
	{"S2", "the same as names of files and folders, ids and keys", []string{"TestHostileErrors", "TestNaughtyArguments", "TestHostileInputIsKeptAndShownClean"}, "there is no folder of many learners yet"},
	{"S3", "broken UTF-8 before an escape", []string{"TestCleanLetsNothingThrough", "TestNaughtyFiles"}, ""},
	{"S4", "faults of TOML in hostile bytes", []string{"TestNoMessageCarriesHostileText", "TestHostileErrors"}, ""},
	{"S5", "bombs of TOML", []string{"TestCheckRefusesBombs", "TestDecodeRefusesBombs"}, "one bomb among 1,000 profiles waits for a folder of many learners"},
	{"S6", "formulas in tables", []string{"TestHostileTextsInTables", "TestABookKeepsTheRulesOfSpreadsheets", "TestTheWorkbookGoesThroughLibreOffice"}, ""},
	{"S7", "line breaks, quotes and brackets in each field", []string{"TestStringsReadBack", "TestHostileTextsInACalendar", "TestNoFormatLetsHostileTextThrough", "TestWrittenBooksAreRead"}, ""},
	{"S8", "scripts in a page", []string{"TestPolicyOfAPage", "TestThePageKeepsItsPolicy", "TestReportInABrowser"}, ""},
	{"S9", "links and pictures in Markdown", []string{"TestMarkdownIsEscaped"}, ""},
	{"S10", "workbooks that unpack to gigabytes, odd entries", []string{"TestAWorkbookThatIsTooFullIsRefused", "TestTooLargeIsRefused", "TestNoWorkbookIsRefused"}, ""},
	{"S11", "a folder of learners with links, pipes and 10,000 files", []string{"TestCopiesInAFullFolderAreBounded", "TestSpecialFiles"}, "there is no folder of many learners yet: what looks through a folder is the search for copies"},
	{"S12", "an export that meets a link, a file, no folder, a full disk", []string{"TestCreateNeverReplaces", "TestCreateBehindLink", "TestCreateInTheWay", "TestOutputThatCannotBeWritten"}, ""},
	{"S13", "umask 000", []string{"TestPrivate"}, ""},
	{
		"S14", "fuzzing of the cleaner, the check of TOML, its editor, tables and calendars",
		[]string{"FuzzClean", "FuzzParse", "FuzzSet", "FuzzDecode", "FuzzRead", "FuzzWorkbook", "FuzzSheet", "FuzzState"},
		"a calendar is only written, and merging has 100,000 random pairs in TestMergeProperties",
	},
}

// TestEveryFaultHasATest: the table names tests that are there.
func TestEveryFaultHasATest(t *testing.T) {
	there := map[string]bool{}
	named := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	err := fs.WalkDir(os.DirFS(".."), ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, "_test.go") {
			return err
		}
		src, err := os.ReadFile(filepath.Join("..", name))
		for _, m := range named.FindAllSubmatch(src, -1) {
			there[string(m[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
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
