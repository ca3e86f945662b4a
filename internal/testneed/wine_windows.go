package testneed

import "golang.org/x/sys/windows"

// UnderWine says whether this is wine and no Windows: it asks for a function that only the library of wine has.
func UnderWine() bool {
	return windows.NewLazySystemDLL("ntdll.dll").NewProc("wine_get_version").Find() == nil
}
