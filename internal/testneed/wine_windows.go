package testneed

import "golang.org/x/sys/windows"

// underWine asks for a function that only wine's own library has.
func underWine() bool {
	return windows.NewLazySystemDLL("ntdll.dll").NewProc("wine_get_version").Find() == nil
}
