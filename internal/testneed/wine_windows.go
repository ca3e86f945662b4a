package testneed

import "golang.org/x/sys/windows"

// UnderWine says whether the program runs under wine instead of Windows: only wine's ntdll.dll has this function.
func UnderWine() bool {
	return windows.NewLazySystemDLL("ntdll.dll").NewProc("wine_get_version").Find() == nil
}
